import type { Outcome, RaceExploration, RaceWitness, Trace, TraceStep, TraceStepKind } from '../../src/model/index.js';

/** Philosophers that take the left fork first, and the execution in which they starve, as the simulator tells it. */
export const raceFile = 'dining.race.ts';
export const raceText = `import { agent, Mutex, scenario } from 'raceproof';
export default scenario(() => {
  const forks = Array.from({ length: 3 }, () => new Mutex());
  const eat = (left: Mutex, right: Mutex) => () => {
    left.lock();
    right.lock();
    right.unlock();
    left.unlock();
  };
`;

export const raceLine = (file: string, line: number): string | undefined => (file === raceFile ? raceText.split('\n')[line - 1] : undefined);

type Row = readonly [task: string, kind: TraceStepKind, line: number, text: string, locks: readonly string[], more?: Partial<TraceStep>];

function stepsOf(rows: readonly Row[]): TraceStep[] {
  return rows.map(([task, kind, line, text, locks, more], index) => ({ index, turn: index, task, kind, text, file: raceFile, start: { line, column: 5 }, end: { line, column: 16 }, locks, ...more }));
}

const philosophers = (count: number): Trace['tasks'] => Array.from({ length: count }, (_, rank) => ({ id: `p${rank}`, name: `p${rank}`, agent: `p${rank}` }));
const stuck = (count: number): Outcome => ({ state: {}, results: Object.fromEntries(philosophers(count).map(({ id }) => [id, 'never finished'])), effects: {} });

/** All take their left fork, then all wait for the right one. */
export function starving(count: number): Trace {
  const ranks = [...Array(count).keys()];
  return {
    tasks: philosophers(count),
    steps: stepsOf([
      ...ranks.map((rank): Row => [`p${rank}`, 'acquire', 5, `locks forks[${rank}]`, [`forks[${rank}]`]]),
      ...ranks.map((rank): Row => [`p${rank}`, 'wait', 6, `waits for forks[${(rank + 1) % count}]`, [`forks[${rank}]`]]),
    ]),
    outcome: stuck(count),
  };
}

const trace = starving(3);
const fed: Outcome = { state: {}, results: { p0: 'returned undefined', p1: 'returned undefined', p2: 'returned undefined' }, effects: {} };

const message = `p0 holds forks[0] and waits for forks[1]
p1 holds forks[1] and waits for forks[2]
p2 holds forks[2] and waits for forks[0]`;

const witness: RaceWitness = {
  problem: { kind: 'deadlock', message, steps: [0, 1, 2, 3, 4, 5] },
  schedule: { version: 1, events: ['p0', 'p1', 'p2'].map((id) => ({ id, task: id, label: `${id} locks` })) },
  switches: 2,
  isMinimal: true,
  outcome: trace.outcome,
  expectedOutcomes: [fed],
  assumptions: [],
  trace,
};

export const deadlocked: RaceExploration = {
  exhaustive: true,
  executions: 7,
  wrong: 1,
  transitions: 44,
  outcomes: [{ outcome: fed, count: 6, expected: true }, { outcome: trace.outcome, count: 1, expected: false }],
  problems: [{ kind: 'deadlock', message, executions: 1 }],
  asked: [],
  unmodelled: [],
  witness,
};

export const correct: RaceExploration = { exhaustive: true, executions: 6, wrong: 0, transitions: 40, outcomes: [{ outcome: fed, count: 6, expected: true }], problems: [], asked: [], unmodelled: [] };

/** Two stores that wait in their buffers while each reads the other's place. */
export const buffered: Trace = {
  tasks: [{ id: 'a', name: 'a', agent: 'a' }, { id: 'b', name: 'b', agent: 'b' }],
  steps: stepsOf([
    ['a', 'start', 2, 'starts', []],
    ['b', 'start', 2, 'starts', []],
    ['a', 'write', 3, 'stores x[0] = 1 in its buffer', [], { location: 'x[0]', before: '0', after: '1' }],
    ['a', 'read', 4, 'reads y[0]: 0', [], { location: 'y[0]', after: '0' }],
    ['a', 'return', 4, 'returned 0', []],
    ['b', 'write', 5, 'stores y[0] = 1 in its buffer', [], { location: 'y[0]', before: '0', after: '1' }],
    ['b', 'read', 6, 'reads x[0]: 0', [], { location: 'x[0]', after: '0' }],
    ['b', 'return', 6, 'returned 0', []],
    ['a', 'flush', 3, 'x[0] = 1 leaves the buffer', [], { cause: 2 }],
    ['b', 'notify', 5, 'wakes 1', []],
    ['b', 'flush', 5, 'y[0] = 1 leaves the buffer', [], { cause: 5 }],
  ]),
  outcome: { state: { 'x[0]': '1', 'y[0]': '1' }, results: { a: 'returned 0', b: 'returned 0' }, effects: {} },
};
