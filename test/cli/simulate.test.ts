import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { curedAccount, folder, racyAccount, run } from './command.js';

interface ProofJson {
  readonly verdict: string;
  readonly exhaustive: boolean;
  readonly executions: number;
  readonly transitions: number;
  readonly outcomes: readonly { readonly outcome: { readonly state: Record<string, string> }; readonly count: number; readonly expected: boolean }[];
  readonly witness?: { readonly schedule: { readonly events: readonly { readonly id: string }[] }; readonly switches: number };
  readonly trace?: { readonly tasks: readonly { readonly id: string }[]; readonly steps: readonly { readonly task: string; readonly kind: string }[]; readonly conflict?: readonly [number, number] };
}

const json = (text: string) => JSON.parse(text) as ProofJson;

describe('simulate', () => {
  it('shows verdict, outcomes and the witness as swim lanes', () => {
    const { status, stdout, stderr } = run(['simulate', 'account.ts:7'], { cwd: folder({ 'account.ts': racyAccount }) });
    expect(stderr).toBe('');
    expect(stdout).toContain('Account.withdraw  account.ts:7');
    expect(stdout).toMatch(/^confirmed: /m);
    expect(stdout).toContain('that is every interleaving that matters');
    expect(stdout).toMatch(/ ✗ .*balance = -60/);
    expect(stdout).toMatch(/ ✓ .*balance = 20/);
    expect(stdout).toContain('this.balance -= amount;');
    expect(stdout).toMatch(/20 → -60/);
    expect(stdout.match(/◆/g)).toHaveLength(2);
    expect(stdout.match(/collides with step \d+/g)).toHaveLength(2);
    expect(status).toBe(1);
  });

  it('links what the file imports, also from another folder', () => {
    const gate = 'export class Gate { #last: Promise<unknown> = Promise.resolve(); enter<T>(work: () => Promise<T>) { const next = this.#last.then(work); this.#last = next; return next; } }\n';
    const add = "import { Gate } from '../lib/gate';\nlet n = 0;\nconst gate = new Gate();\nexport async function add(g: () => Promise<void>) {\n  await gate.enter(async () => { const before = n; await g(); n = before + 1; });\n}\n";
    const verdictOf = (text: string) => json(run(['simulate', 'src/add.ts:4', '--format', 'json'], { cwd: folder({ 'src/add.ts': add, 'lib/gate.ts': text }) }).stdout).verdict;
    expect(verdictOf(gate)).toBe('refuted');
    expect(verdictOf(gate.replace('this.#last.then(work)', 'work()'))).toBe('confirmed');
  });

  it('prints one JSON object as the contract says', () => {
    const { status, stdout } = run(['simulate', 'account.ts:7', '--format', 'json'], { cwd: folder({ 'account.ts': racyAccount }) });
    const proof = json(stdout);
    expect(Object.keys(proof)).toEqual(['verdict', 'exhaustive', 'executions', 'transitions', 'outcomes', 'witness', 'trace']);
    expect(proof).toMatchObject({ verdict: 'confirmed', exhaustive: true });
    expect(proof.outcomes.reduce((sum, { count }) => sum + count, 0)).toBe(proof.executions);
    const [act, other] = proof.trace!.conflict!;
    expect(proof.trace!.steps[act]!.task).not.toBe(proof.trace!.steps[other]!.task);
    expect(status).toBe(1);
  });

  it('refutes the cure, and exits 0', () => {
    const { status, stdout } = run(['simulate', 'account.ts:6', '--format', 'json'], { cwd: folder({ 'account.ts': curedAccount }) });
    const proof = json(stdout);
    expect(proof.verdict).toBe('refuted');
    expect(Object.keys(proof)).toEqual(['verdict', 'exhaustive', 'executions', 'transitions', 'outcomes']);
    expect(status).toBe(0);
  });

  it('takes the function that a line stands in', () => {
    const cwd = folder({ 'account.ts': racyAccount });
    for (const place of ['account.ts:4', 'account.ts:7:12']) expect(run(['simulate', place], { cwd }).stdout).toContain('Account.withdraw  account.ts');
  });

  it('stops where it is told', () => {
    const cwd = folder({ 'account.ts': racyAccount });
    const all = json(run(['simulate', 'account.ts:7', '--format', 'json'], { cwd }).stdout);
    const first = json(run(['simulate', 'account.ts:7', '--format', 'json', '--stop-at-first'], { cwd }).stdout);
    expect(first.verdict).toBe('confirmed');
    expect(first.executions).toBeLessThanOrEqual(all.executions);
    const one = json(run(['simulate', 'account.ts:7', '--format', 'json', '--max-executions', '1'], { cwd }).stdout);
    expect(one.exhaustive).toBe(false);
  });

  it('explores naively no less than optimally, to the same outcomes', () => {
    const cwd = folder({ 'account.ts': racyAccount });
    const [optimal, naive] = ['optimal', 'naive'].map((strategy) => json(run(['simulate', 'account.ts:7', '--format', 'json', '--strategy', strategy], { cwd }).stdout));
    const ends = (proof: ProofJson) => proof.outcomes.map(({ outcome, expected }) => JSON.stringify([outcome, expected])).sort();
    expect(ends(naive!)).toEqual(ends(optimal!));
    expect(naive!.executions).toBeGreaterThanOrEqual(optimal!.executions);
  });
});

describe('replay', () => {
  const files = { 'account.ts': racyAccount };

  it('gives the same execution every time, from the JSON of a simulation and from an export', () => {
    const cwd = folder(files);
    const simulated = run(['simulate', 'account.ts:7', '--format', 'json'], { cwd }).stdout;
    const exported = run(['simulate', 'account.ts:7', '--export', 'json'], { cwd }).stdout;
    writeFileSync(join(cwd, 'simulated.json'), simulated);
    writeFileSync(join(cwd, 'exported.json'), exported);
    const replays = ['simulated.json', 'exported.json', 'simulated.json'].map((name) => run(['simulate', 'account.ts:7', '--schedule', name, '--format', 'json'], { cwd }));
    for (const { status, stdout, stderr } of replays) {
      expect(stderr).toBe('');
      expect(json(stdout).trace).toEqual(json(simulated).trace);
      expect(status).toBe(1);
    }
    expect(run(['simulate', 'account.ts:7', '--schedule', 'exported.json'], { cwd }).stdout).toMatch(/It ends in\n(.*\n)* *.*balance = -60/);
  });

  it.each<[string, string | undefined, RegExp]>([
    ['a missing file', undefined, /--schedule s\.json: there is no such file/],
    ['no JSON', 'hello', /--schedule s\.json: it is no JSON/],
    ['no schedule', '{"events": 3}', /--schedule s\.json: it holds no schedule/],
    ['a schedule of other code', '{"version":1,"events":[{"id":"carol.7","task":"carol","label":"carol starts"}]}', /the schedule does not fit this code/],
  ])('%s is told', (_what, text, message) => {
    const cwd = folder(text === undefined ? files : { ...files, 's.json': text });
    const { status, stdout, stderr } = run(['simulate', 'account.ts:7', '--schedule', 's.json'], { cwd });
    expect(stderr).toMatch(message);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });
});

describe('bad input is status 2, and says what to do', () => {
  const files = { 'account.ts': racyAccount, 'bad.ts': 'export async function f() {\n  await 1;\n', 'notes.md': '# x', 'sync.ts': 'export function f() {\n  return 1;\n}\n\nf();\n' };

  it.each<[string, RegExp]>([
    ['nowhere.ts:3', /nowhere\.ts: there is no such file/],
    ['account.ts', /name a line of account\.ts, such as account\.ts:12\. These can be simulated: 4 Account\.withdraw/],
    ['account.ts:99', /account\.ts has \d+ lines, and no line 99/],
    ['account.ts:2', /account\.ts:2: no function stands there\. These can be simulated: 4 Account\.withdraw/],
    ['bad.ts:1', /bad\.ts:\d+:\d+: syntax error/],
    ['notes.md:1', /notes\.md: this is neither TypeScript nor JavaScript/],
    ['.:1', /\. is a folder; name a file and a line/],
    ['sync.ts', /There is no function in it that can be suspended/],
  ])('%s', (target, message) => {
    const { status, stdout, stderr } = run(['simulate', target], { cwd: folder(files) });
    expect(stderr).toMatch(message);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });
});

describe('samples', () => {
  it('each is confirmed, and no cure is accused', () => {
    const { stdout } = run(['check', 'samples', '--format', 'json'], { cwd: new URL('../../', import.meta.url).pathname });
    const { findings } = JSON.parse(stdout) as { findings: { file: string; verdict: string }[] };
    const confirmed = new Set(findings.filter(({ verdict }) => verdict === 'confirmed').map(({ file }) => file));
    expect([...confirmed].sort()).toEqual(['account', 'database', 'page-views', 'session'].map((name) => `samples/${name}.ts`));
    expect(findings.filter(({ file }) => file.includes('.cured.'))).toEqual([]);
  });
});
