import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/model/index.js';
import { explore, exploreSerially, type Path } from '../../src/simulator/explore/index.js';
import { minimise, outcomeKey, RegionJudge, RegionMonitor, tornRegions, type LoggedAccess, type WatchedRegion } from '../../src/simulator/oracle/index.js';
import { simulatedWorld } from './simulated-run.js';

/** Sites of the hand-instrumented subjects below. */
const READ = 1;
const ACT = 2;
const OTHER = 3;
const CALL = 4;
const region: WatchedRegion = { reads: new Set([READ]), acts: new Set([ACT]) };

let steps = 0;
const access = (task: string, kind: LoggedAccess['kind'], site: number, more: Partial<LoggedAccess> = {}): LoggedAccess => ({ turn: 0, step: steps++, task, kind, site, location: 'x', ...more });

describe('torn regions', () => {
  const torn = (...log: LoggedAccess[]) => tornRegions(log, [region]).map(({ read, write, act }) => [read, write, act].map((entry) => log.indexOf(entry)));

  it("another task's write between read and act tears the region", () => {
    expect(torn(access('a', 'read', READ), access('b', 'write', OTHER), access('a', 'write', ACT))).toEqual([[0, 1, 2]]);
    expect(torn(access('a', 'read', READ), access('b', 'update', OTHER), access('a', 'call', ACT))).toEqual([[0, 1, 2]]);
  });

  it('a write before, after, by the task itself, to another place, or a mere read does not', () => {
    expect(torn(access('b', 'write', OTHER), access('a', 'read', READ), access('a', 'write', ACT), access('b', 'write', OTHER))).toEqual([]);
    expect(torn(access('a', 'read', READ), access('a', 'write', OTHER), access('a', 'write', ACT))).toEqual([]);
    expect(torn(access('a', 'read', READ), access('b', 'write', OTHER, { location: 'y' }), access('a', 'write', ACT))).toEqual([]);
    expect(torn(access('a', 'read', READ), access('b', 'read', OTHER), access('a', 'write', ACT))).toEqual([]);
  });

  it("the task's own later write does not hide another's", () => {
    expect(torn(access('a', 'read', READ), access('b', 'write', OTHER), access('a', 'write', OTHER), access('a', 'write', ACT))).toEqual([[0, 1, 3]]);
  });

  it('a later read renews the region', () => {
    expect(torn(access('a', 'read', READ), access('b', 'write', OTHER), access('a', 'read', READ), access('a', 'write', ACT))).toEqual([]);
  });

  it('a pair is opened by a write, and torn by whoever looks meanwhile', () => {
    const log = [access('a', 'write', READ), access('b', 'read', OTHER), access('a', 'write', ACT)];
    expect(tornRegions(log, [{ ...region, kind: 'pair' }])).toHaveLength(1);
    expect(tornRegions(log, [region])).toEqual([]);
    expect(tornRegions([log[1]!, log[0]!, log[2]!], [{ ...region, kind: 'pair' }])).toEqual([]);
  });

  it('a response is torn by a write of the place that the answer is put into', () => {
    const log = [access('a', 'call', READ, { location: 'fetch(1)' }), access('b', 'write', OTHER), access('a', 'write', ACT)];
    expect(tornRegions(log, [{ ...region, kind: 'response' }])).toHaveLength(1);
    expect(tornRegions(log, [region])).toEqual([]);
    expect(tornRegions([log[1]!, log[0]!, log[2]!], [{ ...region, kind: 'response' }])).toEqual([]);
  });

  it('an expression that reads a variable and then what it holds has two places that can be written', () => {
    expect(torn(access('a', 'read', READ), access('a', 'read', READ, { location: 'contents' }), access('b', 'write', OTHER), access('a', 'write', ACT))).toHaveLength(1);
  });

  it('an act without a read closes nothing', () => {
    expect(torn(access('b', 'write', OTHER), access('a', 'write', ACT))).toEqual([]);
  });

  it('calls of a function are told apart by their activation', () => {
    const log = [access('a', 'read', READ, { activation: 1 }), access('b', 'write', OTHER), access('a', 'read', READ, { activation: 2 }), access('a', 'write', ACT, { activation: 1 })];
    expect(torn(...log)).toEqual([[0, 1, 3]]);
  });

  it('a compound assignment reads and acts at one site', () => {
    const both: WatchedRegion = { reads: new Set([READ]), acts: new Set([READ]) };
    const log = [access('a', 'read', READ), access('b', 'write', OTHER), access('a', 'write', READ)];
    expect(tornRegions(log, [both])).toHaveLength(1);
    expect(tornRegions([log[0]!, log[1]!], [both])).toHaveLength(0);
  });

  it('the reads that an act closes are given back, to be touched', () => {
    const monitor = new RegionMonitor([region, { reads: new Set([OTHER]), acts: new Set([ACT]) }]);
    const [first, second] = [access('a', 'read', READ), access('a', 'read', OTHER, { location: 'y' })];
    expect([monitor.note(first), monitor.note(second), monitor.note(access('a', 'call', ACT))]).toEqual([[], [], [first, second]]);
    monitor.reset();
    expect(monitor.note(access('a', 'call', ACT))).toEqual([]);
  });
});

interface Result {
  readonly outcome: Outcome;
  readonly torn: boolean;
}

/** What a subject may do: access places, call outside, wait. */
interface Subject {
  read(task: string, site: number, place: string): number;
  write(task: string, site: number, place: string, value: number): void;
  /** An external call that completes at any later turn. */
  call(task: string, label: string): Promise<unknown>;
  /** Something without effect that completes at any later turn. */
  wait(): Promise<unknown>;
  readonly memory: Map<string, unknown>;
}

type Task = (subject: Subject, task: string) => Generator<unknown, unknown, never>;

/** Executions of tasks written as lowered async functions, each reporting its own accesses. */
function subjectOf(tasks: Readonly<Record<string, Task>>, initial: Readonly<Record<string, number>> = {}, regions: readonly WatchedRegion[] = [region]) {
  const { loop, core, names } = simulatedWorld();
  const monitor = new RegionMonitor(regions);
  return () => {
    loop.reset();
    monitor.reset();
    const values = new Map(Object.entries(initial));
    const results: Record<string, string> = {};
    const effects: Record<string, number> = {};
    const note = (task: string, kind: LoggedAccess['kind'], site: number, location: string): void => {
      for (const read of monitor.note({ turn: loop.turn, step: 0, task, kind, location, site })) loop.touch('memory', read.location, 'read');
    };
    const subject: Subject = {
      memory: new Map(),
      read: (task, site, place) => { loop.touch('memory', place, 'read'); note(task, 'read', site, place); return values.get(place) ?? 0; },
      write: (task, site, place, value) => { loop.touch('memory', place, 'write'); note(task, 'write', site, place); values.set(place, value); },
      call: (task, label) => {
        effects[label] = (effects[label] ?? 0) + 1;
        note(task, 'call', CALL, `call ${label}`);
        return subject.wait();
      },
      wait: () => {
        const promise = core.create();
        loop.addEvent({ label: 'external call completes', fire: () => core.resolve(promise, undefined) });
        return promise;
      },
    };
    for (const [task, body] of Object.entries(tasks)) {
      const finish = (result: string): void => { results[task] = result; loop.finish(task); };
      const fire = (): void => void names.__awaiter(undefined, [], undefined, () => body(subject, task)).then((value) => finish(`returned ${String(value)}`), (error: unknown) => finish(`threw ${String(error)}`));
      loop.addTask({ task, label: `${task} starts`, fire });
    }
    return {
      enabled: () => loop.enabled(),
      fire: (event: object) => loop.fire(event as never),
      isFinished: (task: string) => loop.isFinished(task),
      result: (): Result => ({ outcome: { state: Object.fromEntries([...values].map(([place, value]) => [place, String(value)])), results: { ...results }, effects }, torn: monitor.torn.length > 0 }),
    };
  };
}

function judged(start: ReturnType<typeof subjectOf>) {
  const judge = new RegionJudge();
  const paths: { result: Result; path: Path }[] = [];
  exploreSerially(start, { maxExecutions: 1000 }, ({ outcome }) => { judge.addExpected(outcome); return 'continue'; });
  const summary = explore(start, { strategy: 'optimal', maxExecutions: 10_000 }, (result, path) => { judge.add(result); paths.push({ result, path }); return 'continue'; });
  expect(summary.exhaustive).toBe(true);
  const wrong = new Set(judge.wrongOutcomes().map(outcomeKey));
  const witness = minimise(start, ({ outcome, torn }) => torn && wrong.has(outcomeKey(outcome)), { maxExecutions: 10_000 });
  return { judge, summary, witness };
}

describe('the region oracle', () => {
  const withdraw: Task = function* (subject, task) {
    if (subject.read(task, READ, 'balance') < 80) return 'refused';
    yield subject.call(task, 'audit');
    subject.write(task, ACT, 'balance', subject.read(task, OTHER, 'balance') - 80);
    return 'paid';
  };

  it('an account that checks, waits, then pays twice is accused, with one switch as witness', () => {
    const { judge, witness } = judged(subjectOf({ alice: withdraw, bob: withdraw }, { balance: 100 }));
    expect(judge.wrongOutcomes().map((outcome) => outcome.state.balance)).toEqual(['-60']);
    expect(judge.wrongExecutions).toBe(judge.tallies().find((tally) => !tally.expected)!.count);
    expect(judge.expectedOutcomes().map((outcome) => outcome.results).sort()).toEqual([{ alice: 'returned paid', bob: 'returned refused' }, { alice: 'returned refused', bob: 'returned paid' }]);
    expect(witness).toMatchObject({ switches: 1, isMinimal: true });
    expect(witness!.schedule.events).toHaveLength(4);
    expect(witness!.result.outcome.state.balance).toBe('-60');
  });

  it('a lost update is accused', () => {
    const increment: Task = function* (subject, task) {
      const seen = subject.read(task, READ, 'count');
      yield subject.call(task, 'save');
      subject.write(task, ACT, 'count', seen + 1);
      return seen;
    };
    const { judge, witness } = judged(subjectOf({ a: increment, b: increment }));
    expect(judge.wrongOutcomes().every((outcome) => outcome.state.count === '1')).toBe(true);
    expect(judge.wrongOutcomes().length).toBeGreaterThan(0);
    expect(witness).toMatchObject({ switches: 1, isMinimal: true });
  });

  it('the same check with a re-check before it pays is not', () => {
    const careful: Task = function* (subject, task) {
      if (subject.read(task, OTHER, 'balance') < 80) return 'refused';
      yield subject.call(task, 'audit');
      if (subject.read(task, READ, 'balance') < 80) return 'refused late';
      subject.write(task, ACT, 'balance', subject.read(task, OTHER, 'balance') - 80);
      return 'paid';
    };
    const { judge, witness } = judged(subjectOf({ alice: careful, bob: careful }, { balance: 100 }));
    expect(judge.wrongOutcomes()).toEqual([]);
    expect(judge.expectedOutcomes().length).toBeGreaterThan(2);
    expect(witness).toBeUndefined();
  });

  it('a busy flag that answers false to an overlapping call is not accused, though no serial run answers so', () => {
    const guarded: Task = function* (subject, task) {
      if (subject.read(task, READ, 'busy') === 1) return false;
      subject.write(task, ACT, 'busy', 1);
      yield subject.call(task, 'work');
      subject.write(task, OTHER, 'busy', 0);
      return true;
    };
    const { judge } = judged(subjectOf({ a: guarded, b: guarded }));
    expect(judge.wrongOutcomes()).toEqual([]);
    expect(judge.expectedOutcomes().map((outcome) => outcome.results)).toContainEqual({ a: 'returned true', b: 'returned false' });
  });

  it('calls that share a memoised promise have fewer effects than any serial run, and are not accused', () => {
    const load: Task = function* (subject, task) {
      if (subject.read(task, READ, 'loading') === 0) {
        subject.write(task, ACT, 'loading', 1);
        subject.memory.set('promise', subject.call(task, 'fetch'));
      }
      yield subject.memory.get('promise');
      subject.write(task, OTHER, 'loading', 0);
      return 'loaded';
    };
    const { judge } = judged(subjectOf({ a: load, b: load }));
    expect(judge.wrongOutcomes()).toEqual([]);
    expect(judge.tallies().map((tally) => tally.outcome.effects.fetch).sort()).toEqual([1, 2]);
  });

  it('a torn region whose outcome is harmless is not accused', () => {
    const remember: Task = function* (subject, task) {
      if (subject.read(task, READ, 'cached') === 1) return 'ready';
      yield subject.wait();
      subject.write(task, ACT, 'cached', 1);
      return 'ready';
    };
    const start = subjectOf({ a: remember, b: remember });
    const { judge } = judged(start);
    expect(judge.wrongOutcomes()).toEqual([]);
    expect(judge.expectedOutcomes()).toEqual([{ state: { cached: '1' }, results: { a: 'returned ready', b: 'returned ready' }, effects: {} }]);
  });

  it('a double initialisation is accused by its effects alone', () => {
    const initialise: Task = function* (subject, task) {
      if (subject.read(task, READ, 'ready') === 1) return;
      yield subject.call(task, 'connect');
      subject.write(task, ACT, 'ready', 1);
    };
    const { judge } = judged(subjectOf({ a: initialise, b: initialise }));
    expect(judge.wrongOutcomes().map((outcome) => outcome.effects)).toEqual([{ connect: 2 }]);
  });
});

describe('minimising', () => {
  const outcome = (n: number): Outcome => ({ state: { n: String(n) }, results: {}, effects: {} });

  it('falls back on a known witness if the search may not run', () => {
    const start = subjectOf({ a: function* (subject, task) { subject.write(task, OTHER, 'x', 1); yield undefined; return 1; } });
    const fallback = { version: 1 as const, events: [{ id: 'a', task: 'a', label: 'a starts' }] };
    expect(minimise(start, () => true, { maxExecutions: 0, fallback })).toMatchObject({ schedule: { events: [{ id: 'a' }] }, isMinimal: false });
    expect(minimise(start, () => true, { maxExecutions: 0 })).toBeUndefined();
  });

  it('outcomes are equal whatever the order of their fields', () => {
    const first: Outcome = { state: { a: '1', b: '2' }, results: {}, effects: { x: 1, y: 2 } };
    const second: Outcome = { effects: { y: 2, x: 1 }, results: {}, state: { b: '2', a: '1' } };
    expect(outcomeKey(first)).toBe(outcomeKey(second));
    expect(outcomeKey(first)).not.toBe(outcomeKey(outcome(1)));
  });

  it('an outcome is expected as soon as one untorn run has it, and stays so', () => {
    const judge = new RegionJudge();
    judge.add({ outcome: outcome(1), torn: true });
    expect(judge.wrongOutcomes()).toEqual([outcome(1)]);
    judge.add({ outcome: outcome(1), torn: false });
    judge.add({ outcome: outcome(1), torn: true });
    judge.add({ outcome: outcome(2), torn: true });
    expect(judge.tallies()).toEqual([{ outcome: outcome(1), count: 3, expected: true }, { outcome: outcome(2), count: 1, expected: false }]);
    expect(judge.wrongExecutions).toBe(1);
  });
});
