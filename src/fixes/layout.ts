import type { SourceText } from '../language/index.js';
import type { Draft, Piece } from './draft.js';

/** How a file is written, so that what is added looks like the rest. Offsets are those of its text. */
export class Layout {
  readonly #text: string;
  /** Line break of the file. */
  readonly newline: string;
  /** One level of indentation. */
  readonly unit: string;
  /** `;`, or nothing in a file that does without. */
  readonly semicolon: string;
  readonly quote: string;
  /** True if types may be written. */
  readonly isTyped: boolean;

  constructor({ file, text }: SourceText) {
    this.#text = text;
    this.newline = /\r\n/.test(text) ? '\r\n' : '\n';
    this.unit = unitOf(text);
    this.semicolon = endsStatements(text) ? ';' : '';
    this.quote = count(text, /'/g) >= count(text, /"/g) ? "'" : '"';
    this.isTyped = /\.[cm]?tsx?$/i.test(file);
  }

  /** The white space that begins the line of a place. */
  indentAt(offset: number): string {
    return /^[ \t]*/.exec(this.#text.slice(this.lineStart(offset)))![0];
  }

  lineStart(offset: number): number {
    return this.#text.lastIndexOf('\n', offset - 1) + 1;
  }

  /** Where the line's break stands, or the text ends. */
  lineEnd(offset: number): number {
    const at = this.#text.indexOf('\n', offset);
    const end = at < 0 ? this.#text.length : at;
    return this.#text[end - 1] === '\r' && end > offset ? end - 1 : end;
  }

  /** True if nothing but white space stands before the place on its line. */
  isFirst(offset: number): boolean {
    return this.#text.slice(this.lineStart(offset), offset).trim() === '';
  }

  /** True if nothing but a comment follows on the line. */
  isLast(offset: number): boolean {
    return /^[ \t]*(?:\/\/.*|\/\*[^\n]*\*\/[ \t]*)?$/.test(this.#text.slice(offset, this.lineEnd(offset)));
  }

  /** A line of its own above the one that begins with the place, or before it in the line. */
  before(offset: number, line: string): [number, string] {
    return this.isFirst(offset) ? [this.lineStart(offset), `${this.indentAt(offset)}${line}${this.newline}`] : [offset, `${line} `];
  }

  /** Puts a line above the statement at the place. */
  insertBefore(draft: Draft, offset: number, line: string): void {
    draft.insert(...this.before(offset, line));
  }

  /** The stretch as it reads one level deeper or higher; the first line stays, and lines that begin inside `fixed` do. */
  shifted(from: number, to: number, change: string | { readonly less: number }, fixed: readonly (readonly [number, number])[] = []): Piece[] {
    const pieces: Piece[] = [];
    let at = from;
    for (let start = this.nextLine(from); start < to && start > 0; start = this.nextLine(start)) {
      const isEmpty = this.lineEnd(start) === start;
      if (isEmpty || fixed.some(([a, b]) => a < start && start < b)) continue;
      pieces.push({ from: at, to: start });
      at = start;
      if (typeof change === 'string') pieces.push(change);
      else at = Math.min(start + change.less, start + this.indentAt(start).length);
    }
    return [...pieces, { from: at, to }];
  }

  /** The start of the line after the one of a place; 0 if it is the last. */
  nextLine(offset: number): number {
    return this.#text.indexOf('\n', offset) + 1;
  }
}

/** True unless more statements end without a semicolon than with one, as far as their lines tell; what stands on one line has to have them. */
function endsStatements(text: string): boolean {
  const lines = text.replace(/\/\*[^]*?\*\//g, '').split(/\r?\n/).map((line) => line.replace(/(?:^|\s)\/\/.*$/, '').trim()).filter((line) => line !== '');
  const ended = lines.filter((line) => line.endsWith(';')).length;
  const open = lines.filter((line) => /^(?:import|export \{|const|let|var|return|throw|await|this\.)\b.*[\w)\]}'"`]$/.test(line)).length;
  return ended > 0 ? ended >= open : lines.length <= 1;
}

/** The least indentation that a line adds to the one before it. */
function unitOf(text: string): string {
  const tally = new Map<string, number>();
  let last = '';
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '' || /^\s*\*/.test(line)) continue;
    const indent = /^[ \t]*/.exec(line)![0];
    if (indent.length > last.length && indent.startsWith(last)) tally.set(indent.slice(last.length), (tally.get(indent.slice(last.length)) ?? 0) + 1);
    last = indent;
  }
  const known = [...tally].filter(([unit]) => unit === '\t' || /^ {1,8}$/.test(unit)).sort(([, a], [, b]) => b - a);
  return known[0]?.[0] ?? '  ';
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
