import type { Execution, OnExecution, SearchOptions, SearchSummary } from './execution.js';
import type { Keys } from './footprint.js';
import { eventsOf, GlossaryWriter, type KnownEvent } from './glossary.js';
import { OptimalSearch, type GivenAway } from './optimal.js';
import type { Narrowed, Report, ToldBranch, Unit, UnitBranch } from './unit.js';
import type { Branch } from './wakeup-tree.js';

/** Explores a unit of an optimal search, and can give a part of it away at any time. */
export class UnitSearch<R> {
  readonly #search: OptimalSearch<R>;
  #isTellable = true;
  /** By their codes, the ranks that events have in the report that is being written. */
  readonly #ranks: number[] = [];

  constructor(start: () => Execution<R>, unit: Unit, options: SearchOptions, onExecution: OnExecution<R>) {
    this.#search = new OptimalSearch(start, options, onExecution);
    const keys = this.#keys;
    if (keys === undefined) return;
    const events = eventsOf(unit.glossary, keys);
    this.#search.confineTo(unit.branches.map((branch) => this.#way(branch, events)));
  }

  /** Until the unit is explored, a limit is met, or `isEnough`, which is asked between executions; false if there is nothing to go on with. */
  goOn(isEnough: () => boolean): boolean {
    return this.#search.goOn(isEnough);
  }

  get summary(): SearchSummary {
    return this.#search.summary;
  }

  /** If not, what is reported cannot be used: some events do not say beforehand what they touch, or can be pushed aside. */
  get isDivisible(): boolean {
    return this.#search.isDeclared && this.#isTellable;
  }

  /** What is to be told since the last report; `isGiving`: with a part of what is left to do, if there is enough. Between two `goOn`s. */
  report(isGiving: boolean): Report {
    const writer = new GlossaryWriter();
    this.#ranks.length = 0;
    const given = isGiving ? this.#search.giveAway() : undefined;
    const narrowed = given && given.choices.length > 0 ? this.#narrowed(given, writer) : undefined;
    const returned = given && given.choices.length === 0 ? given.branches.flatMap(leavesOf) : [];
    const reversals = this.#search.foreign.splice(0).map(({ leaf, first, codes }) => ({ leaf, first, events: codes.map((code) => this.#rankOf(code, writer)) }));
    return { glossary: writer.written, reversals, returned, ...(narrowed && { narrowed }), terms: this.#search.execution.terms?.() ?? {} };
  }

  #narrowed({ leaf, choices, branches }: GivenAway, writer: GlossaryWriter): Narrowed {
    const rankOf = (event: KnownEvent): number => writer.rankOf(event);
    return { leaf, choices: choices.map(({ event, done }) => ({ event: rankOf(event), done: done.map(rankOf) })), given: branches.map((branch) => this.#told(branch, writer)) };
  }

  #told(branch: Branch, writer: GlossaryWriter): ToldBranch {
    const events: number[] = [];
    for (let place = branch.from; place < branch.to; place++) events.push(this.#rankOf(branch.codeAt(place), writer));
    return { events, ...(branch.children && { children: branch.children.map((child) => this.#told(child, writer)) }) };
  }

  #rankOf(code: number, writer: GlossaryWriter): number {
    const known = this.#ranks[code];
    if (known !== undefined) return known;
    const { trace, reversal: { events } } = this.#search;
    const footprint = events.footprints[code];
    if (footprint === undefined) this.#isTellable = false;
    return (this.#ranks[code] = footprint === undefined ? -1 : writer.rankOf({ id: trace.idOf(events.numbers[code]!), footprint }));
  }

  #way({ events: ranks, left, leaf, children }: UnitBranch, events: readonly KnownEvent[]): Branch {
    const { trace, reversal } = this.#search;
    const codes = ranks.map((rank) => reversal.events.codeOf(trace.numberOf(events[rank]!.id), events[rank]!.footprint));
    const sleepers = left.map((rank) => ({ number: trace.numberOf(events[rank]!.id), footprint: events[rank]!.footprint }));
    return reversal.branchOf(codes, children?.map((child) => this.#way(child, events)), { left: sleepers, leaf });
  }

  /** The table that the keys of footprints are from, if the first events declare any. */
  get #keys(): Keys | undefined {
    return this.#search.execution.enabled().find(({ footprint }) => footprint !== undefined)?.footprint?.keys;
  }
}

function leavesOf({ way, children }: Branch): number[] {
  if (children !== undefined) return children.flatMap(leavesOf);
  return way?.leaf === undefined ? [] : [way.leaf];
}
