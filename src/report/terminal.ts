/** What the place that the text goes to can show. */
export interface Terminal {
  /** Columns. */
  readonly width: number;
  readonly hasColor: boolean;
  readonly hasUnicode: boolean;
}

export type Paint = 'bad' | 'good' | 'notice' | 'calm' | 'strong' | 'faint';

const codes: Readonly<Record<Paint, number>> = { bad: 31, good: 32, notice: 33, calm: 36, strong: 1, faint: 2 };

export function paint(terminal: Terminal, how: Paint, text: string): string {
  return terminal.hasColor && text.trim() !== '' ? `\x1b[${codes[how]}m${text}\x1b[0m` : text;
}

/** The drawing characters, with a stand-in for terminals that have ASCII only. */
export interface Signs {
  readonly start: string;
  readonly step: string;
  readonly conflict: string;
  readonly end: string;
  readonly line: string;
  readonly gap: string;
  readonly rule: string;
  readonly arrow: string;
  readonly ellipsis: string;
  readonly good: string;
  readonly bad: string;
  readonly doubt: string;
}

const unicode: Signs = { start: '○', step: '●', conflict: '◆', end: '■', line: '│', gap: '┊', rule: '╌', arrow: '→', ellipsis: '…', good: '✓', bad: '✗', doubt: '!' };
const ascii: Signs = { start: 'o', step: '*', conflict: 'X', end: '#', line: '|', gap: ':', rule: '-', arrow: '->', ellipsis: '...', good: '+', bad: 'x', doubt: '!' };

export function signsOf(terminal: Terminal): Signs {
  return terminal.hasUnicode ? unicode : ascii;
}
