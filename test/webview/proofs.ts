import type { Outcome, Proof, Schedule, SourceRange, Trace, TraceStep, TraceStepKind, Verdict } from '../../src/model/index.js';
import type { ShowMessage } from '../../src/webview/protocol.js';

/** A step in short: `['alice', 1, 'read', 12, 'this.balance', { location: 'balance', after: '100' }]`; its range is the text on its line. */
export type ShortStep = readonly [task: string, turn: number, kind: TraceStepKind, line: number, marked: string, more?: Partial<TraceStep>];

export function traceOf(file: string, text: string, tasks: Readonly<Record<string, string>>, steps: readonly ShortStep[], outcome: Outcome, conflict?: readonly [number, number]): Trace {
  const lines = text.split('\n');
  return {
    tasks: Object.entries(tasks).map(([id, name]) => ({ id, name, agent: 'main' })),
    steps: steps.map(([task, turn, kind, line, marked, more], index) => ({ index, turn, task, kind, ...rangeIn(file, lines, line, marked), text: defaultText(kind, more), locks: [], ...more })),
    outcome,
    ...(conflict ? { conflict } : {}),
  };
}

function rangeIn(file: string, lines: readonly string[], line: number, marked: string): SourceRange {
  const column = (lines[line - 1] ?? '').indexOf(marked) + 1;
  if (column === 0) throw new Error(`Line ${line} has no ${marked}`);
  return { file, start: { line, column }, end: { line, column: column + marked.length } };
}

function defaultText(kind: TraceStepKind, more: Partial<TraceStep> = {}): string {
  return kind === 'resume' ? 'goes on' : `${kind}s ${more.location ?? ''}: ${more.before === undefined ? '' : `${more.before} → `}${more.after ?? ''}`;
}

export function scheduleOf(...events: readonly (readonly [task: string, label: string])[]): Schedule {
  return { version: 1, events: events.map(([task, label], index) => ({ id: `${task}.${index}`, task, label })) };
}

export function outcomeOf(state: Outcome['state'], results: Outcome['results'] = {}, effects: Outcome['effects'] = {}): Outcome {
  return { state, results, effects };
}

export const accountFile = 'src/bank/account.ts';
export const accountText = `import { audit } from './audit';

/** An account that must never be overdrawn. */
export class Account {
  constructor(private balance = 100) {}

  async withdraw(amount: number): Promise<boolean> {
    if (this.balance >= amount) {
      await audit('withdraw', amount);
      this.balance -= amount;
      return true;
    }
    return false;
  }
}
`;

const location = 'Account#balance';
const waits = { text: "waits for audit('withdraw', 80)" };

/** Bob withdraws between alice's check and her act. */
export const accountTrace = traceOf(
  accountFile,
  accountText,
  { alice: 'withdraw(80)', bob: 'withdraw(80)' },
  [
    ['alice', 0, 'start', 7, 'async withdraw(amount: number): Promise<boolean> {', { text: 'starts withdraw(80)' }],
    ['alice', 0, 'read', 8, 'this.balance', { location, after: '100' }],
    ['alice', 0, 'call', 9, "audit('withdraw', amount)", { text: "calls audit('withdraw', 80)" }],
    ['alice', 0, 'suspend', 9, "await audit('withdraw', amount)", waits],
    ['bob', 1, 'start', 7, 'async withdraw(amount: number): Promise<boolean> {', { text: 'starts withdraw(80)' }],
    ['bob', 1, 'read', 8, 'this.balance', { location, after: '100' }],
    ['bob', 1, 'call', 9, "audit('withdraw', amount)", { text: "calls audit('withdraw', 80)" }],
    ['bob', 1, 'suspend', 9, "await audit('withdraw', amount)", waits],
    ['bob', 2, 'resume', 9, "await audit('withdraw', amount)"],
    ['bob', 2, 'read', 10, 'this.balance', { location, after: '100' }],
    ['bob', 2, 'write', 10, 'this.balance', { location, before: '100', after: '20' }],
    ['bob', 2, 'return', 7, 'async withdraw(amount: number): Promise<boolean> {', { text: 'returned true' }],
    ['alice', 3, 'resume', 9, "await audit('withdraw', amount)"],
    ['alice', 3, 'read', 10, 'this.balance', { location, after: '20' }],
    ['alice', 3, 'write', 10, 'this.balance', { location, before: '20', after: '-60' }],
    ['alice', 3, 'return', 7, 'async withdraw(amount: number): Promise<boolean> {', { text: 'returned true' }],
  ],
  outcomeOf({ [location]: '-60' }, { alice: 'returned true', bob: 'returned true' }, { "audit('withdraw', 80)": 2 }),
  [14, 10],
);

const accountExpected = [
  outcomeOf({ [location]: '20' }, { alice: 'returned true', bob: 'returned false' }, { "audit('withdraw', 80)": 1 }),
  outcomeOf({ [location]: '20' }, { alice: 'returned false', bob: 'returned true' }, { "audit('withdraw', 80)": 1 }),
];

export const accountProof: Proof = {
  verdict: 'confirmed',
  reason: '4 of 6 interleavings act on a check that is out of date; shown with 1 switch',
  exhaustive: true,
  executions: 6,
  wrong: 4,
  transitions: 22,
  outcomes: [
    { outcome: accountTrace.outcome, count: 4, expected: false },
    ...accountExpected.map((outcome) => ({ outcome, count: 1, expected: true })),
  ],
  witness: {
    schedule: scheduleOf(['alice', 'alice starts'], ['bob', 'bob starts'], ['bob', "audit('withdraw', 80) completes"], ['alice', "audit('withdraw', 80) completes"]),
    switches: 1,
    assumptions: [{ text: '`audit()` does not throw', condition: 'audit()', value: true }],
    outcome: accountTrace.outcome,
    expectedOutcomes: accountExpected,
    trace: accountTrace,
  },
};

export const accountShow: ShowMessage = {
  type: 'show',
  id: 'account-1',
  subject: {
    name: 'Account.withdraw',
    range: { file: accountFile, start: { line: 10, column: 7 }, end: { line: 10, column: 19 } },
    rule: 'check-then-act',
    location,
    message: 'The check of `this.balance` on line 8 may be out of date when line 10 acts on it: another task can change it during the `await` on line 9.',
  },
  proof: accountProof,
  sources: [{ file: accountFile, text: accountText }],
};

export function showOf(proof: Partial<Proof> & { readonly verdict: Verdict }, id: string = proof.verdict): ShowMessage {
  const { witness: _, ...rest } = accountProof;
  return { ...accountShow, id, proof: { ...rest, wrong: 0, outcomes: [], ...proof } };
}

/** `tasks` workers that add to one counter, each `rounds` times, in turn. */
export function counterShow(tasks: number, rounds: number): ShowMessage {
  const file = 'counter.ts';
  const text = 'let total = 0;\nexport async function add(n: number): Promise<void> {\n  const seen = total;\n  await save(seen + n);\n  total = seen + n;\n}\n';
  const ids = Array.from({ length: tasks }, (_, index) => `worker${index + 1}`);
  const steps: ShortStep[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const [lane, id] of ids.entries()) {
      const turn = round * tasks + lane;
      if (round > 0) steps.push([id, turn, 'resume', 4, 'await save(seen + n)'], [id, turn, 'write', 5, 'total', { location: 'total', before: String(turn - 1), after: String(turn) }]);
      else steps.push([id, turn, 'start', 2, 'export async function add', { text: 'starts add(1)' }]);
      if (round < rounds - 1) steps.push([id, turn, 'read', 3, 'total', { location: 'total', after: String(turn) }], [id, turn, 'suspend', 4, 'await save(seen + n)', { text: `waits for save(${turn})` }]);
      else steps.push([id, turn, 'return', 2, 'export async function add', { text: 'returned undefined' }]);
    }
  }
  const outcome = outcomeOf({ total: String(rounds * tasks) });
  const firstWrite = steps.findIndex(([id, , kind]) => id === 'worker1' && kind === 'write');
  const secondWrite = steps.findIndex(([id, , kind]) => id === 'worker2' && kind === 'write');
  const trace = traceOf(file, text, Object.fromEntries(ids.map((id) => [id, 'add(1)'])), steps, outcome, [secondWrite, firstWrite]);
  const witness = { ...accountProof.witness!, schedule: scheduleOf(), switches: rounds * tasks, assumptions: [], outcome, expectedOutcomes: [outcomeOf({ total: '0' })], trace };
  return {
    type: 'show',
    id: `counter-${tasks}-${rounds}`,
    subject: { name: 'add', range: { file, start: { line: 5, column: 3 }, end: { line: 5, column: 8 } }, rule: 'lost-update', location: 'total' },
    proof: { ...accountProof, exhaustive: false, executions: 12_345, wrong: 1, reason: 'at least 1 of the first 12345 interleavings lose an update; shown with many switches', witness },
    sources: [{ file, text }],
  };
}
