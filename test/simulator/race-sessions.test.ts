import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { closeRace, verdictOf } from '../../src/proof/index.js';
import type { Outcome, RaceExploration, RaceFile, RaceOptions } from '../../src/model/index.js';
import type { Simulator } from '../../src/simulator/index.js';
import { SeenOutcomes } from '../../src/simulator/seen-outcomes.js';
import { bundledSimulator } from '../proof/hostile.js';

const options: RaceOptions = { strategy: 'optimal', maxExecutions: 1_000_000, maxMilliseconds: 60_000, stopAtFirst: false };

function raceOf(text: string): RaceFile {
  return closeRace({ file: 'subject.race.ts', text: `import { agent, blockUntil, Mutex, scenario } from 'raceproof';\n${text}` }, () => undefined).race;
}

/** A scenario file of the benchmarks, its imports read from where it lies. */
function benchmark(name: string): RaceFile {
  const read = (file: string): string => readFileSync(new URL(`../../bench/exploration/${file}`, import.meta.url), 'utf8');
  return closeRace({ file: `${name}.race.ts`, text: read(`${name}.race.ts`) }, (file) => {
    try {
      return { kind: 'file', text: read(file) };
    } catch {
      return undefined;
    }
  }).race;
}

describe('scenario files in worker threads', () => {
  let one: Simulator;
  let two: Simulator;
  beforeAll(async () => {
    one = await bundledSimulator();
    // Nobody explores alone, so that the small ones are divided too.
    two = await bundledSimulator({ jobs: 2, headStart: 0 });
  });
  afterAll(() => Promise.all([one.dispose(), two.dispose()]));

  it('counts an execution that goes wrong once, be it that it leaks too, and tells what the observer learns', async () => {
    const race = raceOf(`export default scenario((secret: number) => {
      const memory = new Int32Array(new SharedArrayBuffer(8));
      return { tasks: { high: agent(() => { memory[0] = secret; }), low: agent(() => { memory[1] = memory[0]!; }) }, observer: () => memory[1] };
    }, { secrets: [1, 2] });`);
    for (const simulator of [one, two]) {
      const { executions, wrong, problems, capacity } = await simulator.exploreRace(race, options);
      expect(problems.map(({ kind, executions: count }) => [kind, count])).toEqual([['noninterference', 1], ['data-race', 4]]);
      expect([executions, wrong, capacity!.bits.toFixed(2)]).toEqual([4, 4, '0.50']);
    }
  });

  it('expects no outcome that breaks the invariant, be it that of one task after the other', async () => {
    const race = raceOf(`let stock = 1;
    const rest = () => new Promise<void>((resolve) => setTimeout(resolve, 1));
    const take = async () => {
      const left = stock;
      await rest();
      stock = left - 1;
    };
    export default scenario(() => {
      stock = 1;
      return { tasks: { alice: take, bob: take }, observe: () => stock, invariant: () => stock >= 0 };
    });`);
    expect(race.regions).not.toEqual([]);
    const { outcomes } = await one.exploreRace(race, options);
    expect(outcomes.map(({ outcome, expected }) => [outcome.state['observed'], expected])).toEqual(expect.arrayContaining([['-1', false]]));
  });

  it.each(['fib-3', 'reorder-2', 'dining-naive-4', 'indexer-13', 'lastzero-5'])('finds the same in %s on two threads as on one', async (name) => {
    const race = benchmark(name);
    const [alone, divided] = [await one.exploreRace(race, options), await two.exploreRace(race, options)];
    expect(facts(divided)).toEqual(facts(alone));
    expect(divided.witness?.switches).toBe(alone.witness?.switches);
  });

  it('replays a witness to the same end, and says again what is wrong', async () => {
    const race = benchmark('dining-naive-3');
    const { witness } = await one.exploreRace(race, options);
    const replay = await one.replayRace(race, witness!.schedule);
    expect(replay).toEqual({ trace: witness!.trace, problems: [witness!.problem] });
  });

  it('shows the two accesses of a data race as the collision', async () => {
    const { witness } = await one.exploreRace(raceOf("export default scenario(() => { const x = new Int32Array(new SharedArrayBuffer(4)); return { tasks: { a: agent(() => { x[0] = 1; }), b: agent(() => x[0]) } }; });"), options);
    expect(witness!.problem.kind).toBe('data-race');
    expect(witness!.trace.conflict!.map((at) => witness!.trace.steps[at]!.text)).toEqual(['reads x[0]: 1', 'writes x[0]: 0 → 1']);
  });

  it('sees two that step aside for each other for ever, where they take turns', async () => {
    const { problems } = await one.exploreRace(raceOf(`export default scenario(() => {
      const wants = new Int32Array(new SharedArrayBuffer(8));
      const polite = (own: number, other: number) => agent(() => {
        for (;;) {
          Atomics.store(wants, own, 1);
          if (Atomics.load(wants, other) === 0) return;
          Atomics.store(wants, own, 0);
        }
      });
      return { tasks: { a: polite(0, 1), b: polite(1, 0) } };
    });`), { ...options, maxExecutions: 20 });
    expect(problems.map(({ kind }) => kind)).toContain('livelock');
  });

  it('has no verdict where a package that is not linked was given what the tasks wait for', async () => {
    const exploration = await one.exploreRace(raceOf("import Jobs from 'jobs';\nexport default scenario(() => { const jobs = new Jobs(); return { tasks: { a: () => new Promise((resolve) => jobs.put({ resolve })), b: () => 1 } }; });"), options);
    expect({ verdict: verdictOf(exploration), problems: exploration.problems, unmodelled: exploration.unmodelled }).toEqual({ verdict: 'unproven', problems: [], unmodelled: [expect.stringMatching(/put` keeps functions that it is given$/)] });
  });

  it('goes on with a task whose turn comes in a timer of one that is done', async () => {
    const exploration = await one.exploreRace(raceOf(`
      const waiting: (() => void)[] = [];
      let isBusy = false;
      const next = () => { const run = waiting.shift(); if (run) run(); else isBusy = false; };
      const inTurn = () => new Promise<void>((resolve) => {
        const run = () => setTimeout(() => { resolve(); next(); }, 1);
        if (isBusy) waiting.push(run);
        else { isBusy = true; run(); }
      });
      export default scenario(() => ({ tasks: { a: inTurn, b: inTurn } }));`), options);
    expect({ verdict: verdictOf(exploration), outcomes: exploration.outcomes.map(({ outcome }) => outcome.results) }).toEqual({ verdict: 'refuted', outcomes: [{ a: 'returned undefined', b: 'returned undefined' }] });
  });

  describe('names the limit that was met, and goes on', () => {
    const ends = async (race: RaceFile, more: Partial<RaceOptions> = {}): Promise<unknown> => {
      const exploration = await one.exploreRace(race, { ...options, ...more });
      return { verdict: verdictOf(exploration), limit: exploration.limit, exhaustive: exploration.exhaustive };
    };

    it('steps, in a task', async () => {
      expect(await ends(raceOf("export default scenario(() => ({ tasks: { a: agent(() => { for (;;); }), b: agent(() => 1) } }));"))).toEqual({ verdict: 'bounded', limit: 'steps', exhaustive: false });
    });

    it('steps, in set-up', async () => {
      expect(await ends(raceOf("export default scenario(() => { for (;;); });"))).toEqual({ verdict: 'bounded', limit: 'steps', exhaustive: false });
    });

    it('executions', async () => {
      expect(await ends(benchmark('fib-2'), { maxExecutions: 7 })).toEqual({ verdict: 'bounded', limit: 'executions', exhaustive: false });
    });

    it('preemptions, and samples', async () => {
      expect(await ends(benchmark('fib-2'), { preemptionBound: 1 })).toEqual({ verdict: 'bounded', limit: 'preemptions', exhaustive: false });
      expect(await ends(benchmark('fib-2'), { strategy: 'pct', maxExecutions: 20 })).toEqual({ verdict: 'bounded', limit: 'sampling', exhaustive: false });
    });

    it('memory', async () => {
      expect(await ends(raceOf("export default scenario(() => ({ tasks: { a: agent(() => { const all: unknown[] = []; for (let i = 0; i < 150_000; i++) all.push(new Array(2_000).fill(i)); return all.length; }) } }));"))).toEqual({ verdict: 'bounded', limit: 'heap', exhaustive: false });
      expect((await one.exploreRace(benchmark('inc-2'), options)).executions).toBe(4);
    });
  });

  it.each([
    ['export default 1;', /exports no scenario; write: export default scenario/],
    ['export default scenario(() => {});', /returns nothing; it has to return/],
    ['export default scenario(() => ({ tasks: {} }));', /has no tasks/],
    ['export default scenario(() => ({ tasks: { a: 1 } }));', /the task a is neither a function nor agent\(function\)/],
    ['export default scenario(() => ({ task: {} }));', /has no field task; there are tasks, /],
    ["export default scenario(() => { throw new Error('no disk'); });", /set-up threw Error: no disk/],
  ])('says what is wrong with %s', async (text, message) => {
    const { failure } = await one.exploreRace(raceOf(text), options);
    expect(failure?.reason).toMatch(message);
  });
});

describe('outcomes, if there are too many to be kept', () => {
  const outcome = (n: number): Outcome => ({ state: { n: String(n) }, results: {}, effects: {} });
  const seen = (order: readonly number[]): SeenOutcomes => {
    const outcomes = new SeenOutcomes(10);
    for (const n of order) {
      const entry = outcomes.of({ outcome: outcome(n % 50) });
      if (entry) entry.count++;
    }
    return outcomes;
  };
  const all = Array.from({ length: 100 }, (_, n) => n);
  const kept = (outcomes: SeenOutcomes): unknown => outcomes.kept().map(({ outcome: { state }, count }) => [state['n'], count]).sort();

  it('are the same whatever order they come in, with their true counts', () => {
    const forth = seen(all);
    expect(kept(forth)).toEqual(kept(seen([...all].reverse())));
    expect(forth.kept().map(({ count }) => count)).toEqual(Array.from({ length: 10 }, () => 2));
    expect(forth.others).toBe(80);
  });

  it('are the same in parts as in the whole', () => {
    const merged = new SeenOutcomes(10);
    const parts = [seen(all.slice(0, 33)), seen(all.slice(33))];
    for (const part of parts) merged.add(part.kept());
    expect(kept(merged)).toEqual(kept(seen(all)));
  });
});

/** What has to be the same however the work was divided. */
function facts({ exhaustive, executions, wrong, outcomes, problems }: RaceExploration): unknown {
  return { exhaustive, executions, wrong, outcomes: outcomes.map((one) => JSON.stringify(one)).sort(), problems: problems.map(({ kind, executions: count }) => [kind, count]) };
}
