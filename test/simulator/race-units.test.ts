import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { closeRace } from '../../src/proof/index.js';
import type { RaceExploration, RaceFile, RaceOptions } from '../../src/model/index.js';
import { exploreRaceInParallel } from '../../src/simulator/node-parallel.js';
import type { Answer, Exchange, Question, SimulatorThread } from '../../src/simulator/node-thread.js';
import type { Subject } from '../../src/simulator/runtime/runner.js';
import { createAnswerer } from '../../src/simulator/worker/answer.js';
import type { SimulatorRequest, SimulatorResponse, UnitSignal } from '../../src/simulator/worker/protocol.js';

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
    ask: (question: Question, { onProgress, onShared }: Exchange) => new Promise<Answer>((resolve) => {
      const id = ++count;
      asked.push(question.type);
      listener = (response) => {
        if (response.type === 'ready') return;
        if (response.type === 'progress') onProgress?.(response.progress);
        else if (response.type === 'unit-shared') { asked.push('shared'); onShared?.(response); }
        else resolve(response);
      };
      answerer(structuredClone({ ...question, id } as SimulatorRequest));
    }),
    signal: (signal: UnitSignal) => answerer(signal),
  };
  return thread as unknown as SimulatorThread;
}

async function explored(race: RaceFile, workers: number, more: Partial<RaceOptions> = {}, slice = 15) {
  const asked: string[] = [];
  const [first, ...others] = Array.from({ length: workers }, () => workerHere(asked, slice));
  const exploration = await exploreRaceInParallel([first!, ...others], race, { ...options, ...more }, { grace: 0, headStart: 0, onProgress: () => undefined });
  return { exploration, asked };
}

/** What has to be the same however the work was divided. */
function facts({ exhaustive, executions, wrong, outcomes, problems }: RaceExploration): unknown {
  return { exhaustive, executions, wrong, outcomes: outcomes.map((one) => JSON.stringify(one)).sort(), problems: problems.map(({ kind, executions: count }) => [kind, count]) };
}

describe('units of a scenario file', () => {
  it.each(['fib-3', 'reorder-2', 'indexer-13', 'lastzero-5', 'casrot-5', 'filesystem-18', 'circular-buffer-5', 'lockinc-4', 'dining-naive-5', 'bluetooth-driver', 'peterson'])('%s: three workers find what one finds, and the same minimal witness', async (name) => {
    const race = benchmark(name);
    const [alone, shared] = [await explored(race, 1), await explored(race, 3)];
    expect(facts(shared.exploration)).toEqual(facts(alone.exploration));
    expect(shared.exploration.witness?.switches).toBe(alone.exploration.witness?.switches);
    expect(shared.exploration.witness?.schedule.events.length).toBe(alone.exploration.witness?.schedule.events.length);
    expect(shared.asked).toContain('explore-unit');
    expect(shared.asked).not.toContain('split-race');
  });

  it.each(['circular-buffer-5', 'reorder-2', 'fib-2', 'lastzero-5', 'bluetooth-driver'])('%s, looking for what comes in after every execution', async (name) => {
    const race = benchmark(name);
    const alone = await explored(race, 1);
    for (const workers of [2, 5]) {
      const shared = await explored(race, workers, {}, 0);
      expect(facts(shared.exploration)).toEqual(facts(alone.exploration));
      expect(shared.asked.filter((type) => type === 'explore-unit').length).toBeGreaterThan(1);
    }
  });

  it('what is given away is explored by another one, and little is done twice', async () => {
    const race = benchmark('fib-4');
    const [alone, { exploration, asked }] = [await explored(race, 1), await explored(race, 2)];
    expect(asked.filter((type) => type === 'explore-unit').length).toBeGreaterThan(2);
    expect(asked).toContain('shared');
    expect(exploration.transitions).toBeLessThan(alone.exploration.transitions * 1.1);
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
    const { exploration, asked } = await explored(raceOf("let n = 0;\nconst add = async () => { const seen = n; await null; n = seen + 1; };\nexport default scenario(() => ({ tasks: { a: add, b: add } }));"), 2);
    expect(exploration.exhaustive).toBe(true);
    expect(asked).not.toContain('split-race');
  });

  it('events that do not say beforehand what they touch are divided by their orders', async () => {
    const tasks = Array.from({ length: 6 }, (_, rank) => `t${rank}: add`).join(', ');
    const race = raceOf(`let n = 0;\nconst add = async () => { const seen = n; await null; n = seen + 1; };\nexport default scenario(() => ({ tasks: { ${tasks} } }));`);
    const [alone, shared] = [await explored(race, 1), await explored(race, 2)];
    expect(alone.exploration.executions).toBe(720);
    expect(facts(shared.exploration)).toEqual(facts(alone.exploration));
    expect(shared.asked).toContain('split-race');
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
