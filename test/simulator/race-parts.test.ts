import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { closeRace } from '../../src/proof/index.js';
import type { RaceExploration, RaceFile, RaceOptions } from '../../src/model/index.js';
import { exploreRaceInParallel } from '../../src/simulator/node-parallel.js';
import type { Answer, Exchange, Question, SimulatorThread } from '../../src/simulator/node-thread.js';
import type { Subject } from '../../src/simulator/runtime/runner.js';
import { createAnswerer } from '../../src/simulator/worker/answer.js';
import type { PartSignal, SimulatorRequest, SimulatorResponse } from '../../src/simulator/worker/protocol.js';

const options: RaceOptions = { strategy: 'optimal', maxExecutions: 1_000_000, maxMilliseconds: 60_000, stopAtFirst: false };

function raceOf(text: string): RaceFile {
  return closeRace({ file: 'subject.race.ts', text: `import { agent, Mutex, scenario } from 'raceproof';\n${text}` }, () => undefined).race;
}

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

/** A worker in this very process: the same answerer, the same messages, copied as messages are. It tells what it was asked; `slice`: milliseconds between two looks at what has come in. */
function workerHere(asked: string[], slice: number): SimulatorThread {
  let listener: (response: SimulatorResponse) => void = () => undefined;
  let count = 0;
  const answerer = createAnswerer((code) => (0, eval)(code) as Subject, (response) => { const sent = structuredClone(response); setImmediate(() => listener(sent)); }, { later: setImmediate, slice });
  const thread = {
    ask: (question: Question, { onProgress }: Exchange) => new Promise<Answer>((resolve) => {
      const id = ++count;
      asked.push(question.type);
      listener = (response) => {
        if (response.type === 'ready') return;
        if (response.type === 'progress') onProgress?.(response.progress);
        else resolve(response);
      };
      answerer(structuredClone({ ...question, id } as SimulatorRequest));
    }),
    ready: () => Promise.resolve(),
    signal: (signal: PartSignal) => answerer(signal),
  };
  return thread as unknown as SimulatorThread;
}

async function explored(race: RaceFile, workers: number, more: Partial<RaceOptions> = {}, { slice = 15, headStart = 0 } = {}) {
  const asked: string[] = [];
  const [first, ...others] = Array.from({ length: workers }, () => workerHere(asked, slice));
  const exploration = await exploreRaceInParallel([first!, ...others], race, { ...options, ...more }, { grace: 0, headStart, onProgress: () => undefined });
  return { exploration, asked };
}

/** What has to be the same however the work was divided. */
function facts({ exhaustive, executions, wrong, outcomes, problems }: RaceExploration): unknown {
  return { exhaustive, executions, wrong, outcomes: outcomes.map((one) => JSON.stringify(one)).sort(), problems: problems.map(({ kind, executions: count }) => [kind, count]) };
}

describe('parts of a scenario file', () => {
  it.each(['fib-3', 'reorder-2', 'indexer-13', 'lastzero-5', 'casrot-5', 'filesystem-18', 'circular-buffer-5', 'lockinc-4', 'dining-naive-5', 'bluetooth-driver', 'peterson'])('%s: three workers find what one finds, and the same minimal witness', async (name) => {
    const race = benchmark(name);
    const [alone, shared] = [await explored(race, 1), await explored(race, 3)];
    expect(facts(shared.exploration)).toEqual(facts(alone.exploration));
    expect(shared.exploration.witness?.switches).toBe(alone.exploration.witness?.switches);
    expect(shared.exploration.witness?.schedule.events.length).toBe(alone.exploration.witness?.schedule.events.length);
    expect(shared.asked.filter((type) => type === 'explore-part').length).toBeGreaterThan(1);
  });

  it.each(['circular-buffer-5', 'reorder-2', 'fib-2', 'lastzero-5', 'bluetooth-driver'])('%s, looking for what comes in after every execution', async (name) => {
    const race = benchmark(name);
    const alone = await explored(race, 1);
    for (const workers of [2, 5]) {
      const shared = await explored(race, workers, {}, { slice: 0 });
      expect(facts(shared.exploration)).toEqual(facts(alone.exploration));
      expect(shared.asked.filter((type) => type === 'explore-part').length).toBeGreaterThan(1);
    }
  });

  it.each([['fib-4', 1.25], ['lastzero-10', 1.05]])('%s: everybody has a part in it, and little is done twice', async (name, most) => {
    const race = benchmark(name);
    const [alone, { exploration, asked }] = [await explored(race, 1), await explored(race, 2)];
    expect(asked.filter((type) => type === 'explore-part')).toHaveLength(8);
    expect(asked.filter((type) => type === 'collect-parts')).toHaveLength(1);
    expect(exploration.transitions).toBeLessThan(alone.exploration.transitions * most);
  });

  it('each secret is a search of its own', async () => {
    const race = raceOf(`export default scenario((secret: number) => {
      const memory = new Int32Array(new SharedArrayBuffer(8));
      return { tasks: { high: agent(() => { memory[0] = secret; }), low: agent(() => { memory[1] = memory[0]!; }) }, observer: () => memory[1] };
    }, { secrets: [1, 2] });`);
    const [alone, shared] = [await explored(race, 1), await explored(race, 2)];
    expect(facts(shared.exploration)).toEqual(facts(alone.exploration));
    expect(shared.exploration.executions).toBe(4);
  });

  it('one that ends soon is explored by one worker, whatever its events declare', async () => {
    const { exploration, asked } = await explored(raceOf("let n = 0;\nconst add = async () => { const seen = n; await null; n = seen + 1; };\nexport default scenario(() => ({ tasks: { a: add, b: add } }));"), 2, {}, { headStart: 60_000 });
    expect(exploration.exhaustive).toBe(true);
    expect(asked.filter((type) => type === 'split-race')).toHaveLength(1);
    expect(asked).not.toContain('collect-parts');
  });

  it('events that do not say beforehand what they touch are divided, too', async () => {
    const tasks = Array.from({ length: 6 }, (_, rank) => `t${rank}: add`).join(', ');
    const race = raceOf(`let n = 0;\nconst add = async () => { const seen = n; await null; n = seen + 1; };\nexport default scenario(() => ({ tasks: { ${tasks} } }));`);
    for (const [strategy, executions] of [['optimal', 720], ['naive', 720]] as const) {
      const [alone, shared] = [await explored(race, 1, { strategy }), await explored(race, 2, { strategy })];
      expect(alone.exploration.executions).toBe(executions);
      expect(facts(shared.exploration)).toEqual(facts(alone.exploration));
      expect(shared.asked).toContain('collect-parts');
    }
  });

  it('the limit of executions holds for all together', async () => {
    const { exploration } = await explored(benchmark('fib-4'), 2, { maxExecutions: 2_000 });
    expect(exploration).toMatchObject({ exhaustive: false, limit: 'executions' });
    expect(exploration.executions).toBeGreaterThanOrEqual(2_000);
    expect(exploration.executions).toBeLessThan(4_001);
  });

  it('the limit of time too', async () => {
    expect((await explored(benchmark('lastzero-15'), 2, { maxMilliseconds: 300 })).exploration).toMatchObject({ exhaustive: false, limit: 'time' });
  });

  it('what keeps the file from being run is told', async () => {
    expect((await explored(raceOf("export default scenario(() => { throw new Error('no disk'); });"), 2)).exploration.failure?.reason).toMatch(/set-up threw Error: no disk/);
    const endless = await explored(raceOf('export default scenario(() => ({ tasks: { a: agent(() => { for (;;); }), b: agent(() => 1) } }));'), 2);
    expect(endless.exploration).toMatchObject({ exhaustive: false, limit: 'steps' });
  });
});
