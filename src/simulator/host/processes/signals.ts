import { nodeError } from '../events/errors.js';

/** Numbers of signals on Linux. */
export const signals: Readonly<Record<string, number>> = {
  SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGILL: 4, SIGTRAP: 5, SIGABRT: 6, SIGIOT: 6, SIGBUS: 7, SIGFPE: 8, SIGKILL: 9, SIGUSR1: 10, SIGSEGV: 11, SIGUSR2: 12, SIGPIPE: 13, SIGALRM: 14, SIGTERM: 15,
  SIGCHLD: 17, SIGSTKFLT: 16, SIGCONT: 18, SIGSTOP: 19, SIGTSTP: 20, SIGTTIN: 21, SIGTTOU: 22, SIGURG: 23, SIGXCPU: 24, SIGXFSZ: 25, SIGVTALRM: 26, SIGPROF: 27, SIGWINCH: 28, SIGIO: 29, SIGPOLL: 29, SIGPWR: 30, SIGSYS: 31,
};

/** What a process does on a signal that it has no handler for (signal(7)); Node ignores SIGPIPE. */
const ignored = new Set(['SIGCHLD', 'SIGCONT', 'SIGURG', 'SIGWINCH', 'SIGPIPE']);
const stopping = new Set(['SIGSTOP', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU']);
const uncatchable = new Set(['SIGKILL', 'SIGSTOP']);

export type DefaultAction = 'ignore' | 'stop' | 'end';

export function defaultAction(signal: string): DefaultAction {
  return ignored.has(signal) ? 'ignore' : stopping.has(signal) ? 'stop' : 'end';
}

export function isSignal(type: unknown): type is string {
  return typeof type === 'string' && Object.hasOwn(signals, type);
}

export function isCatchable(signal: string): boolean {
  return !uncatchable.has(signal);
}

/** The first name of a signal's number. */
export function signalName(number: number): string | undefined {
  return Object.keys(signals).find((name) => signals[name] === number);
}

export function unknownSignal(signal: unknown): Error {
  return nodeError(TypeError, 'ERR_UNKNOWN_SIGNAL', `Unknown signal: ${String(signal)}`);
}
