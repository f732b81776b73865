import { printable, type Terminal } from '../report/index.js';

/** The terminal that a command talks to: results on standard output, all else on standard error. */
export interface Shell {
  readonly cwd: string;
  /** What standard output can show. */
  readonly terminal: Terminal;
  /** A result, to standard output. */
  print(text: string): void;
  /** What is wrong, where, and what to do, to standard error. */
  complain(text: string): void;
  /** One line that is overwritten by the next; shown only where somebody watches. */
  showProgress(text: string): void;
}

/** Exit status of a command (design, section 6). */
export type Status = 0 | 1 | 2;

const interrupted = 130;

/** Ends the process as a terminal expects: in silence when the reader of a pipe has seen enough (`| head`), and with 130 on Ctrl+C; workers end with it. */
export function endQuietly(process: NodeJS.Process): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));
  process.stderr.on('error', () => {});
  process.on('SIGINT', () => {
    if (process.stderr.isTTY) process.stderr.write('\n');
    process.exit(interrupted);
  });
}

const clearLine = '\r\x1b[2K';
const progressInterval = 80;

export function createShell(process: NodeJS.Process): Shell {
  const { stdout, stderr, env } = process;
  const watched = stderr.isTTY && env.TERM !== 'dumb';
  let shownAt = 0;
  let isShown = false;
  const clear = () => {
    if (isShown) stderr.write(clearLine);
    isShown = false;
  };
  return {
    cwd: process.cwd(),
    terminal: terminalOf(process),
    print(text) {
      clear();
      stdout.write(`${text}\n`);
    },
    complain(text) {
      clear();
      stderr.write(`raceproof: ${text}\n`);
    },
    showProgress(text) {
      if (!watched || Date.now() - shownAt < progressInterval) return;
      shownAt = Date.now();
      isShown = true;
      stderr.write(clearLine + printable(text).slice(0, (stderr.columns ?? 80) - 1));
    },
  };
}

const widthInPipe = 100;

function terminalOf({ stdout, env }: NodeJS.Process): Terminal {
  const isTerminal = stdout.isTTY === true;
  return {
    width: Math.max(40, isTerminal && stdout.columns > 0 ? stdout.columns : widthInPipe),
    hasColor: isTerminal && !env.NO_COLOR && env.TERM !== 'dumb',
    hasUnicode: speaksUnicode(env),
  };
}

/** A locale that is set is believed; where none is, only the Linux console and dumb terminals are taken for ASCII. */
function speaksUnicode({ LC_ALL, LC_CTYPE, LANG, TERM }: NodeJS.ProcessEnv): boolean {
  if (TERM === 'linux' || TERM === 'dumb') return false;
  const locale = LC_ALL || LC_CTYPE || LANG;
  return !locale || /utf-?8/i.test(locale);
}
