import type { Witness } from '../../model/index.js';
import { clip, wrap } from '../columns.js';
import { printable } from '../printable.js';
import { isEnd, type SourceLines } from '../timeline-rows.js';
import { element, escaped, line, text } from './elements.js';
import { endsOf, storyOf, type PictureRow, type PictureSubject } from './story.js';
import { style } from './style.js';

const margin = 20;
const gutter = 38;
/** Room for the bracket of a collision. */
const rightMargin = 34;
/** Width of one character of 12 px in a typewriter face. */
const character = 7.25;
const lineHeight = 16;
const textIndent = 14;
const mostLines = 3;
const mostFacts = 6;

/**
 * A witness as a picture (SVG): a lane a task, time runs downward, the switches with their reasons, the colliding steps marked, the problem
 * on top and the end below. The same witness gives the same text; no fonts, scripts or links are asked for.
 */
export function formatPicture(subject: PictureSubject, witness: Witness, sourceLine: SourceLines): string {
  return new Picture(subject, witness, sourceLine).text();
}

class Picture {
  readonly #subject: PictureSubject;
  readonly #witness: Witness;
  readonly #rows: readonly PictureRow[];
  readonly #lane: number;
  readonly #width: number;
  /** Tints lie under lanes, lanes under marks. */
  readonly #layers: readonly [string[], string[], string[]] = [[], [], []];
  /** Height at which each step's mark stands, by index. */
  readonly #heights = new Map<number, number>();
  #y = margin;

  constructor(subject: PictureSubject, witness: Witness, sourceLine: SourceLines) {
    this.#subject = subject;
    this.#witness = witness;
    this.#rows = storyOf(witness.trace, subject, sourceLine);
    this.#lane = laneWidth(witness.trace.tasks.length);
    this.#width = margin + gutter + this.#lane * witness.trace.tasks.length + rightMargin;
  }

  text(): string {
    this.#headline();
    this.#lanes();
    for (const row of this.#rows) this.#row(row);
    this.#bracket();
    this.#end();
    const height = this.#y + margin - 6;
    const size = { width: this.#width, height };
    const paper = element('rect', { class: 'paper', x: 0.5, y: 0.5, width: this.#width - 1, height: height - 1, rx: 6 });
    const title = element('title', {}, escaped(printable(`${this.#subject.kind}: ${this.#subject.sentence}`)));
    const content = [title, `<style>${style}</style>`, paper, ...this.#layers.flat()].join('\n');
    return element('svg', { xmlns: 'http://www.w3.org/2000/svg', ...size, viewBox: `0 0 ${size.width} ${size.height}`, role: 'img' }, `\n${content}\n`);
  }

  #headline(): void {
    const { about, kind, sentence } = this.#subject;
    const room = Math.floor((this.#width - 2 * margin) / (character * 13 / 12));
    this.#say(margin, 'about', printable(about), 8);
    this.#say(margin, 'kind', kind, 20);
    for (const each of sentence.split('\n').flatMap((part) => wrap(printable(part), room))) this.#say(margin, 'sentence', each, 18);
    this.#y += 14;
  }

  #lanes(): void {
    const { tasks } = this.#witness.trace;
    this.#y += 14;
    tasks.forEach(({ id, name, agent }, at) => {
      const title = name !== id ? `${id}: ${name}` : id;
      const where = agent !== id && new Set(tasks.map((task) => task.agent)).size > 1 ? ` (${agent})` : '';
      this.#add(text(this.#x(at) - 5, this.#y, 'lane', clip(printable(title + where), Math.floor((this.#lane - 8) / (character * 13 / 12)))));
    });
    this.#y += 7;
    this.#add(line(margin, this.#y, this.#width - margin, this.#y, 'head'));
    this.#y += 7;
  }

  #row(row: PictureRow): void {
    const top = this.#y;
    switch (row.kind) {
      case 'starts':
        this.#number(row.label, top + 14);
        for (const task of row.tasks) this.#mark('start', this.#xOf(task), top + 10);
        this.#y += 18;
        return;
      case 'step':
        return this.#step(row);
      case 'switch':
        this.#y += this.#switch(row);
        return this.#pass(row.open, top);
      case 'gap':
        this.#y += 6;
        return this.#pass(row.open, top);
      case 'fold':
        this.#y += 26;
        this.#pass(row.open, top);
        return this.#add(text(margin + gutter + (this.#width - margin - gutter - rightMargin) / 2, top + 17, 'fold', `· · ·  ${row.count} ${row.count === 1 ? 'step' : 'steps'} more  · · ·`));
    }
  }

  #step({ step, text: what, source, isMarked, collidesWith, open }: PictureRow & { kind: 'step' }): void {
    const top = this.#y;
    const x = this.#xOf(step.task);
    const room = Math.floor((this.#lane - textIndent - 10) / character);
    const isBad = isMarked || collidesWith !== undefined;
    if (source) {
      this.#y += lineHeight;
      this.#add(text(x + textIndent, this.#y - 4, 'source', clip(`${source.place}  ${source.text}`, Math.floor(room * 12 / 11))));
    }
    const lines = wrap(what, room);
    const shown = lines.length > mostLines ? [...lines.slice(0, mostLines - 1), `${clip(lines[mostLines - 1]!, room - 1, '')}…`] : lines;
    const markAt = this.#y + lineHeight / 2;
    this.#number(String(step.index + 1), markAt + 4);
    for (const each of shown) {
      this.#y += lineHeight;
      this.#add(text(x + textIndent, this.#y - 4, isBad ? 'bad' : step.kind === 'write' || step.kind === 'update' || step.kind === 'flush' ? 'write' : 'plain', each));
    }
    this.#heights.set(step.index, markAt);
    this.#y += 3;
    if (isBad) this.#add(element('rect', { class: 'tint', x: x - 12, y: top, width: this.#lane - 8, height: this.#y - top - 1, rx: 3 }), 0);
    this.#pass(new Set([...open].filter((task) => task !== step.task)), top);
    const from = step.kind === 'start' ? markAt : top;
    this.#add(line(x, from, x, isEnd(step) ? markAt : this.#y, 'running'), 1);
    this.#mark(isBad ? 'clash' : step.kind === 'start' ? 'start' : isEnd(step) ? 'end' : 'step', x, markAt);
  }

  /** The reason, and below it a line from the lane that is left to the one that goes on. */
  #switch({ text: reason, from, to }: PictureRow & { kind: 'switch' }): number {
    const room = Math.floor((this.#width - margin - gutter - rightMargin) / (character * 11 / 12));
    const lines = wrap(reason, room);
    const top = this.#y + 4;
    lines.forEach((each, at) => this.#add(text(margin + gutter - 2, top + 12 + at * 14, 'switch', each)));
    const y = top + lines.length * 14 + 6;
    const [start, end] = [this.#xOf(from), this.#xOf(to)];
    const forward = end >= start ? 1 : -1;
    if (from !== to) {
      this.#add(line(start, y, end - forward * 6, y, 'move'));
      this.#add(element('path', { class: 'arrow', d: `M${end} ${y} l${-forward * 8} -4 v8 z` }));
    }
    return lines.length * 14 + 16;
  }

  /** Lanes of tasks that hang in a suspension while the row passes. */
  #pass(open: ReadonlySet<string>, top: number): void {
    for (const task of open) this.#add(line(this.#xOf(task), top + 2, this.#xOf(task), this.#y, 'waiting'), 1);
  }

  #bracket(): void {
    const [one, other] = (this.#witness.trace.conflict ?? []).map((index) => this.#heights.get(index)).filter((height) => height !== undefined).sort((a, b) => a - b);
    if (one === undefined || other === undefined) return;
    const x = this.#width - rightMargin + 4;
    this.#add(element('path', { class: 'bracket', d: `M${x - 8} ${one} H${x} V${other} H${x - 8}` }));
    this.#add(element('path', { class: 'clash', d: `M${x} ${(one + other) / 2 - 5} l5 5 l-5 5 l-5 -5 z` }));
  }

  #end(): void {
    const { end, expected } = endsOf(this.#witness);
    this.#y += 6;
    this.#add(line(margin, this.#y, this.#width - margin, this.#y, 'head'));
    this.#y += 6;
    this.#list('ends in', [end], 'bad');
    this.#list('expected', expected, 'good');
  }

  #list(title: string, ends: readonly string[], how: string): void {
    const room = Math.floor((this.#width - 2 * margin) / character) - 11;
    const lines = ends.flatMap((end) => wrap(end, room));
    const shown = lines.length > mostFacts ? [...lines.slice(0, mostFacts - 1), `and ${lines.length - mostFacts + 1} lines more`] : lines;
    shown.forEach((each, at) => {
      if (at === 0) this.#add(text(margin, this.#y + lineHeight - 4, 'about', title));
      this.#say(margin + 76, how, each, lineHeight);
    });
  }

  #say(x: number, how: string, content: string, height: number): void {
    this.#y += height;
    this.#add(text(x, this.#y - 4, how, content));
  }

  #number(label: string, y: number): void {
    this.#add(text(margin + gutter - 18, y, 'number', label));
  }

  #mark(kind: 'start' | 'step' | 'end' | 'clash', x: number, y: number): void {
    if (kind === 'clash') this.#add(element('path', { class: 'clash', d: `M${x} ${y - 6} l6 6 l-6 6 l-6 -6 z` }), 2);
    else if (kind === 'end') this.#add(element('rect', { class: 'mark', x: x - 4, y: y - 4, width: 8, height: 8 }), 2);
    else this.#add(element('circle', { class: kind === 'start' ? 'hollow' : 'mark', cx: x, cy: y, r: kind === 'start' ? 4.5 : 3.5 }), 2);
  }

  #add(drawn: string, layer: 0 | 1 | 2 = 2): void {
    this.#layers[layer].push(drawn);
  }

  #xOf(task: string): number {
    return this.#x(Math.max(0, this.#witness.trace.tasks.findIndex(({ id }) => id === task)));
  }

  #x(at: number): number {
    return margin + gutter + at * this.#lane;
  }
}

/** Few lanes have room for their text; many share what a page has, down to what can still be read. */
function laneWidth(count: number): number {
  return Math.round(Math.min(400, Math.max(168, 860 / Math.max(1, count))));
}

