import type { Node } from 'jsonc-parser';
import type { ConfigurationProblem, Position } from '../model/index.js';

/** One configuration file while it is read: its text, and what was found wrong in it. */
export class Reading {
  readonly text: string;
  readonly problems: ConfigurationProblem[] = [];
  readonly #file: string;

  constructor(file: string, text: string) {
    this.#file = file;
    this.text = text.replace(/^\uFEFF/, '');
  }

  tell({ offset, length }: Node, message: string): void {
    this.tellAt(offset, offset + length, message);
  }

  /** Between two offsets in the text. */
  tellAt(start: number, end: number, message: string): void {
    this.problems.push({ message, range: { file: this.#file, start: this.#position(start), end: this.#position(end) } });
  }

  #position(offset: number): Position {
    const before = this.text.slice(0, offset).split(/\r\n|[\r\n]/);
    return { line: before.length, column: before.at(-1)!.length + 1 };
  }
}

type Read = (node: Node) => void;

/** Hands each field of an object to who reads it; what has no reader, comes twice or is no object is told. */
export function fieldsOf(reading: Reading, node: Node, what: string, readers: Readonly<Record<string, Read>>, unknown = 'There is no setting'): void {
  if (node.type !== 'object') return reading.tell(node, `${what} must be an object: { … }.`);
  const seen = new Set<string>();
  for (const { children: [key, value] = [] } of node.children ?? []) {
    if (!key || !value) continue; // A syntax error, told already.
    const name = String(key.value);
    if (seen.has(name)) reading.tell(key, `\`${name}\` is here a second time; keep one of the two.`);
    else if (Object.hasOwn(readers, name)) readers[name]!(value);
    else reading.tell(key, `${unknown} \`${name}\`; ${adviceFor(name, Object.keys(readers))}`);
    seen.add(name);
  }
}

/** The strings of a list; what is none is told. */
export function stringsIn(reading: Reading, node: Node, what: string): { readonly text: string; readonly node: Node }[] {
  if (node.type !== 'array') {
    reading.tell(node, `\`${what}\` must be a list of strings: ["…"].`);
    return [];
  }
  return (node.children ?? []).flatMap((child) => {
    if (child.type === 'string' && child.value !== '') return [{ text: String(child.value), node: child }];
    reading.tell(child, `\`${what}\` takes strings that are not empty.`);
    return [];
  });
}

export function oneOf<const T extends string>(reading: Reading, node: Node, what: string, choices: readonly T[]): T | undefined {
  const choice = choices.find((each) => each === node.value);
  if (choice === undefined) reading.tell(node, `\`${what}\` must be ${listed(choices.map((each) => `"${each}"`))}.`);
  return choice;
}

function adviceFor(name: string, names: readonly string[]): string {
  const [nearest] = names.map((each) => ({ each, distance: distance(name.toLowerCase(), each.toLowerCase()) })).sort((a, b) => a.distance - b.distance);
  if (nearest && nearest.distance <= Math.max(1, name.length / 3)) return `did you mean \`${nearest.each}\`?`;
  return `there ${names.length === 1 ? 'is' : 'are'} ${names.filter((each) => each !== '$schema').map((each) => `\`${each}\``).join(', ')}.`;
}

function listed(choices: readonly string[]): string {
  return choices.length === 1 ? choices[0]! : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
}

/** Insertions, deletions and replacements of a letter that lead from one word to the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}
