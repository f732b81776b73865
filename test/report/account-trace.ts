import type { JudgedFinding, Outcome, Proof, SourceRange, Trace, TraceStep, TraceStepKind, Witness } from '../../src/model/index.js';

/** A racy account, and its witness as the simulator tells it: plain data, so that the drawings can be read beside what they draw. */
export const accountFile = 'src/account.ts';
export const accountText = `export class Account {
  #balance = 100;
  async withdraw(amount: number) {
    if (this.#balance >= amount) {
      await audit(amount);
      this.#balance = this.#balance - amount;
    }
  }
}
`;

export const sourceLine = (_file: string, line: number) => accountText.split('\n')[line - 1];

export function range(line: number, column: number, end: number): SourceRange {
  return { file: accountFile, start: { line, column }, end: { line, column: end } };
}

const outcome = (balance: number): Outcome => ({
  state: { 'Account.#balance': String(balance) },
  results: { alice: 'returned undefined', bob: 'returned undefined' },
  effects: { 'audit(80)': balance < 0 ? 2 : 1 },
});

function steps(rows: readonly (readonly [task: string, turn: number, kind: TraceStepKind, line: number, text: string, more?: Partial<TraceStep>])[]): TraceStep[] {
  return rows.map(([task, turn, kind, line, text, more], index) => ({ index, turn, task, kind, text, ...range(line, 5, 30), locks: [], ...more }));
}

const balance = 'Account.#balance';

export const trace: Trace = {
  tasks: [
    { id: 'alice', name: 'Account.withdraw(80)', agent: 'main' },
    { id: 'bob', name: 'Account.withdraw(80)', agent: 'main' },
  ],
  steps: steps([
    ['alice', 0, 'start', 3, 'starts Account.withdraw(80)'],
    ['alice', 0, 'read', 4, 'reads Account.#balance: 100', { location: balance, after: '100' }],
    ['alice', 0, 'suspend', 5, 'waits for audit(80)'],
    ['bob', 1, 'start', 3, 'starts Account.withdraw(80)'],
    ['bob', 1, 'read', 4, 'reads Account.#balance: 100', { location: balance, after: '100' }],
    ['bob', 1, 'suspend', 5, 'waits for audit(80)'],
    ['bob', 2, 'resume', 5, 'goes on', { cause: 5 }],
    ['bob', 2, 'read', 6, 'reads Account.#balance: 100', { location: balance, after: '100' }],
    ['bob', 2, 'write', 6, 'writes Account.#balance: 100 → 20', { location: balance, before: '100', after: '20' }],
    ['bob', 2, 'return', 7, 'returned undefined'],
    ['alice', 3, 'resume', 5, 'goes on', { cause: 2 }],
    ['alice', 3, 'read', 6, 'reads Account.#balance: 20', { location: balance, after: '20' }],
    ['alice', 3, 'write', 6, 'writes Account.#balance: 20 → -60', { location: balance, before: '20', after: '-60' }],
    ['alice', 3, 'return', 7, 'returned undefined'],
  ]),
  conflict: [12, 8],
  outcome: outcome(-60),
};

export const witness: Witness = {
  schedule: {
    version: 1,
    events: [
      { id: 'alice', task: 'alice', label: 'alice starts' },
      { id: 'bob', task: 'bob', label: 'bob starts' },
      { id: 'bob.1', task: 'bob', label: 'audit(80) completes' },
      { id: 'alice.1', task: 'alice', label: 'audit(80) completes' },
    ],
  },
  switches: 2,
  assumptions: [{ text: '`config.live` is falsy', condition: 'c1', value: false }],
  outcome: outcome(-60),
  expectedOutcomes: [outcome(20)],
  trace,
};

export const confirmed: Proof = {
  verdict: 'confirmed',
  reason: '4 of 6 interleavings act on a check that is out of date; shown with 2 switches',
  exhaustive: true,
  executions: 6,
  wrong: 4,
  transitions: 24,
  outcomes: [
    { outcome: outcome(20), count: 2, expected: true },
    { outcome: outcome(-60), count: 4, expected: false },
  ],
  witness,
};

const entry = { name: 'Account.withdraw', range: { ...range(3, 3, 4), end: { line: 8, column: 4 } }, isPublic: true, path: { root: 'Account', steps: [] } } as const;

export const finding: JudgedFinding = {
  rule: 'check-then-act',
  category: 'atomicity', oracle: 'region',
  message: '`Account.#balance` is checked, then changed after an await: another call may have changed it meanwhile.',
  range: range(6, 7, 20),
  location: balance,
  accesses: [
    { kind: 'read', range: range(4, 9, 22), function: 'Account.withdraw', locks: [] },
    { kind: 'write', range: range(6, 7, 20), function: 'Account.withdraw', locks: ['mutex'] },
  ],
  region: { location: balance, dependence: 'guard', reads: [range(4, 9, 22)], suspensions: [range(5, 7, 26)], acts: [range(6, 7, 20)] },
  overlaps: [[entry, entry]],
  proof: confirmed,
  fixes: [], severity: 'warning',
};

export const unproven: JudgedFinding = {
  ...finding,
  rule: 'lost-update',
  message: '`hits` is read before the await and written after it.',
  range: { ...range(12, 3, 7), file: 'src/zähler\u001b[2J.ts' },
  accesses: [],
  severity: 'information',
  proof: { verdict: 'unproven', reason: 'no run of 4 scenarios reached the flagged accesses', exhaustive: false, executions: 0, wrong: 0, transitions: 0, outcomes: [] },
};
