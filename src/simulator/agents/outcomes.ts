import type { Outcome } from '../../model/index.js';
import { entryDigest, OutcomeDigest, partDigest, type EntryDigest } from '../oracle/outcome-digest.js';
import { text } from './access-actions.js';
import { NOTHING_YET, type AgentReport } from './agent.js';
import type { Slot } from './memory.js';
import type { ElementValue } from './operations.js';

type Results = Readonly<Record<string, string>>;

type ResultParts = Pick<Outcome, 'results' | 'effects'>;

/** By the reports of one agent after the other: the same reports give the same object. */
interface ResultNode {
  readonly next: Map<AgentReport, ResultNode>;
  parts: ResultParts | undefined;
}

/**
 * The parts of outcomes, made once for all executions that share them. Agents share the reports of their tables' nodes.
 */
export class OutcomeParts {
  /** In the order of their names. */
  readonly #tasks: readonly string[];
  /** Of results that no task has finished with. */
  readonly #nothing: EntryDigest;
  readonly #digests = new WeakMap<AgentReport, OutcomeDigest>();
  readonly #root: ResultNode = { next: new Map(), parts: undefined };
  /** Elements that were ever written. */
  readonly #values = new Map<Slot, Map<ElementValue, EntryDigest>>();
  readonly #names = new Set<string>();
  readonly #texts = new Map<ElementValue, string>();
  #count = 0;

  constructor(tasks: readonly string[]) {
    this.#tasks = tasks.toSorted();
    this.#nothing = partDigest('results', Object.fromEntries(tasks.map((id) => [id, NEVER])));
  }

  results(reports: readonly AgentReport[]): ResultParts {
    let node = this.#root;
    for (let rank = 0; rank < reports.length; rank++) {
      const report = reports[rank]!;
      let next = node.next.get(report);
      if (next === undefined) {
        if (++this.#count > mostKept) this.#forget();
        node.next.set(report, (next = { next: new Map(), parts: undefined }));
      }
      node = next;
    }
    return (node.parts ??= this.#made(reports));
  }

  #made(reports: readonly AgentReport[]): ResultParts {
    const results: Record<string, string> = {};
    const effects: Record<string, number> = {};
    for (const id of this.#tasks) results[id] = NEVER;
    let isUnhandled = false;
    for (let rank = 0; rank < reports.length; rank++) {
      const report = reports[rank]!;
      for (const id in report.results) results[id] = report.results[id]!;
      for (const what in report.effects) effects[what] = report.effects[what]!;
      isUnhandled ||= report.unhandled.length > 0;
    }
    if (isUnhandled) results['unhandled'] = reports.flatMap((report) => report.unhandled.map((error) => error.text)).sort().join('; ');
    let count = 0;
    for (const _ in results) count++;
    return { results: count === this.#tasks.length ? results : sorted(results), effects };
  }

  /** Of what `results` would give; undefined if that is no sum of what each agent says. */
  resultsDigest(reports: readonly AgentReport[]): OutcomeDigest | undefined {
    const digest = new OutcomeDigest();
    digest.add(this.#nothing);
    for (let rank = 0; rank < reports.length; rank++) {
      const report = reports[rank]!;
      if (report.unhandled.length > 0 || hasEntries(report.effects)) return undefined;
      if (report !== NOTHING_YET) digest.add(this.#reportDigest(report));
    }
    return digest;
  }

  /** What the results of its tasks, of which no other agent says anything, add to a digest. */
  #reportDigest(report: AgentReport): EntryDigest {
    let digest = this.#digests.get(report);
    if (digest !== undefined) return digest;
    digest = partDigest('results', report.results);
    for (const id of Object.keys(report.results)) if (this.#tasks.includes(id)) digest.subtract(entryDigest('results', id, NEVER));
    this.#digests.set(report, digest);
    return digest;
  }

  #forget(): void {
    this.#count = 0;
    this.#root.next.clear();
  }

  /** Adds a state in which elements have values; false if elements share a name, so the state is no sum of what each holds. */
  addValues(digest: OutcomeDigest, slots: readonly Slot[], values: readonly ElementValue[]): boolean {
    for (let rank = 0; rank < slots.length; rank++) digest.add(this.#valueDigest(slots[rank]!, values[rank]!));
    return this.areNamesUnique;
  }

  /** No two elements that were ever written are called the same. */
  get areNamesUnique(): boolean {
    return this.#names.size === this.#values.size;
  }

  /** Whether it is the state in which these elements, and no others, have these values. */
  isState(state: Readonly<Record<string, string>>, slots: readonly Slot[], values: readonly ElementValue[]): boolean {
    let names = 0;
    for (const _ in state) names++;
    if (names !== slots.length) return false;
    for (let rank = 0; rank < slots.length; rank++) if (state[slots[rank]!.name] !== this.#textOf(values[rank]!)) return false;
    return true;
  }

  #textOf(value: ElementValue): string {
    // A map does not tell -0 from 0.
    if (Object.is(value, -0)) return text(value);
    let known = this.#texts.get(value);
    if (known === undefined) {
      if (this.#texts.size >= mostValues) this.#texts.clear();
      this.#texts.set(value, (known = text(value)));
    }
    return known;
  }

  #valueDigest(slot: Slot, value: ElementValue): EntryDigest {
    let known = this.#values.get(slot);
    if (known === undefined) {
      this.#values.set(slot, (known = new Map<ElementValue, EntryDigest>()));
      this.#names.add(slot.name);
    }
    // A map does not tell -0 from 0.
    if (Object.is(value, -0)) return entryDigest('state', slot.name, text(value));
    let digest = known.get(value);
    if (digest === undefined) {
      digest = entryDigest('state', slot.name, text(value));
      if (known.size >= mostValues) known.clear();
      known.set(value, digest);
    }
    return digest;
  }
}

/** Final values of elements, in the order of their names. */
export function memoryState(slots: readonly Slot[], values: readonly ElementValue[]): Record<string, string> {
  const state: Record<string, string> = {};
  const ranks = slots.map((_, rank) => rank).sort((a, b) => (slots[a]!.name < slots[b]!.name ? -1 : 1));
  for (const rank of ranks) state[slots[rank]!.name] = text(values[rank]);
  return state;
}

function hasEntries(record: object): boolean {
  for (const _ in record) return true;
  return false;
}

const NEVER = 'never finished';
/** Nodes kept. */
const mostKept = 50_000;
/** Values kept of one element. */
const mostValues = 4_096;

export function sorted(record: Results): Record<string, string> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
