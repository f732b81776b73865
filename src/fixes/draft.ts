import type { SourceText } from '../language/index.js';
import type { Position, SourceRange, TextEdit } from '../model/index.js';
import { Lines } from './lines.js';

/** What comes in place of a stretch of the text: new text, or a stretch of the old one that moves here. */
export type Piece = string | { readonly from: number; readonly to: number };

interface Change {
  readonly start: number;
  readonly end: number;
  readonly pieces: readonly Piece[];
}

/** A text being changed, which remembers where each of its old places goes. Offsets are those of the old text. */
export class Draft {
  readonly #source: SourceText;
  readonly #lines: Lines;
  #changes: Change[] = [];

  constructor(source: SourceText) {
    this.#source = source;
    this.#lines = new Lines(source.text);
  }

  insert(at: number, ...pieces: readonly Piece[]): void {
    this.replace(at, at, ...pieces);
  }

  /** Of two insertions at one place the earlier call comes first. */
  replace(start: number, end: number, ...pieces: readonly Piece[]): void {
    this.#changes.push({ start, end, pieces });
    this.#changes = this.#changes.map((change, at) => ({ change, at })).sort((a, b) => a.change.start - b.change.start || a.change.end - b.change.end || a.at - b.at).map(({ change }) => change);
  }

  /** True if what stands there is replaced, as far as is known yet. */
  isReplaced(offset: number): boolean {
    return this.#changes.some(({ start, end }) => start <= offset && offset < end);
  }

  /** False if two changes want the same stretch. */
  get isSound(): boolean {
    return this.#changes.length > 0 && this.#changes.every(({ start }, at) => at === 0 || this.#changes[at - 1]!.end <= start);
  }

  get text(): string {
    let text = '';
    let at = 0;
    for (const { start, end, pieces } of this.#changes) {
      text += this.#source.text.slice(at, start) + this.#textOf(pieces);
      at = end;
    }
    return text + this.#source.text.slice(at);
  }

  get edits(): TextEdit[] {
    const joined: { start: number; end: number; text: string }[] = [];
    for (const { start, end, pieces } of this.#changes) {
      const last = joined.at(-1);
      const text = this.#textOf(pieces);
      if (last?.end === start) {
        last.end = end;
        last.text += text;
      } else joined.push({ start, end, text });
    }
    return joined.map(({ start, end, text }) => ({ range: { file: this.#source.file, start: this.#lines.positionOf(start), end: this.#lines.positionOf(end) }, text }));
  }

  /** Where a place of the old text stands in the new one, in that one's lines and columns: more than once if it was copied, nowhere if it is gone. */
  moved({ file, start, end }: SourceRange): SourceRange[] {
    if (file !== this.#source.file) return [{ file, start, end }];
    const [from, to] = [this.#lines.offsetOf(start), this.#lines.offsetOf(end)];
    const lines = new Lines(this.text);
    return this.#images(from, to).map(([newFrom, newTo]) => ({ file, start: lines.positionOf(newFrom), end: lines.positionOf(newTo) }));
  }

  /** The stretch where it is left standing, and wherever it is carried along as a whole. */
  #images(from: number, to: number): [number, number][] {
    const images: [number, number][] = [];
    let [shift, before, inside, isGone] = [0, 0, 0, false];
    for (const { start, end, pieces } of this.#changes) {
      images.push(...carried(pieces, start + shift, from, to));
      const growth = this.#textOf(pieces).length - (end - start);
      shift += growth;
      // A start sticks to what is after it, an end to what is before it.
      if (end <= from) before += growth;
      else if (start < to && (start < from || end > to || (start === from && end === to))) isGone = true;
      else if (start < to) inside += growth;
    }
    return isGone ? images : [[from + before, to + before + inside], ...images];
  }

  #textOf(pieces: readonly Piece[]): string {
    return pieces.map((piece) => (typeof piece === 'string' ? piece : this.#source.text.slice(piece.from, piece.to))).join('');
  }
}

/** Where pieces that are put at a place hold all of a stretch. */
function carried(pieces: readonly Piece[], put: number, from: number, to: number): [number, number][] {
  const found: [number, number][] = [];
  let at = put;
  for (const piece of pieces) {
    if (typeof piece !== 'string' && piece.from <= from && to <= piece.to) found.push([at + from - piece.from, at + to - piece.from]);
    at += typeof piece === 'string' ? piece.length : piece.to - piece.from;
  }
  return found;
}

/** The text after the edits. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const lines = new Lines(text);
  const offset = (position: Position): number => lines.offsetOf(position);
  return edits.reduceRight((now, { range, text: put }) => now.slice(0, offset(range.start)) + put + now.slice(offset(range.end)), text);
}
