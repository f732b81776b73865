import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, run } from './command.js';

interface RaceJson {
  readonly verdict: string;
  readonly exhaustive: boolean;
  readonly limit?: string;
  readonly executions: number;
  readonly outcomes: readonly { readonly outcome: { readonly state: Record<string, string>; readonly results: Record<string, string> }; readonly count: number; readonly expected: boolean }[];
  readonly problems: readonly { readonly kind: string; readonly message: string; readonly executions: number }[];
  readonly witness?: { readonly problem: { readonly kind: string }; readonly switches: number; readonly isMinimal: boolean; readonly schedule: { readonly events: readonly { readonly id: string }[] } };
  readonly trace?: { readonly tasks: readonly { readonly id: string }[]; readonly steps: readonly { readonly file: string; readonly text: string }[] };
}

function simulate(files: Readonly<Record<string, string>>, ...options: string[]): RaceJson & { readonly status: number | null } {
  const { status, stdout, stderr } = run(['simulate', Object.keys(files)[0]!, '--format', 'json', ...options], { cwd: folder(files) });
  expect(stderr).toBe('');
  return { status, ...(JSON.parse(stdout) as RaceJson) };
}

const account = (guard: string): string => `export class Account {
  constructor(public balance: number) {}
  async withdraw(amount: number) {
    ${guard}
  }
}
`;
const racy = account('if (this.balance < amount) return; await audit(); this.balance -= amount;');
const cured = account('if (this.balance < amount) return; this.balance -= amount; await audit();');
const audit = 'declare function audit(): Promise<void>;\n';
const bank = `import { scenario } from 'raceproof';
import { Account } from './account';
export default scenario(() => {
  const account = new Account(100);
  return { tasks: { alice: () => account.withdraw(80), bob: () => account.withdraw(80) }, invariant: () => account.balance >= 0, observe: () => account.balance };
});
`;

const forks = `import { agent, Mutex, scenario } from 'raceproof';
export default scenario(() => {
  const forks = [new Mutex(), new Mutex()];
  const eat = (first: number, second: number) => agent(() => forks[first]!.run(() => forks[second]!.run(() => undefined)));
  return { tasks: { anna: eat(0, 1), bert: eat(1, 0) } };
});
`;

const storeBuffering = `import { agent, scenario } from 'raceproof';
export default scenario(() => {
  const x = new Int32Array(new SharedArrayBuffer(4));
  const y = new Int32Array(new SharedArrayBuffer(4));
  return { tasks: { a: agent(() => { x[0] = 1; return y[0]; }), b: agent(() => { y[0] = 1; return x[0]; }) } };
});
`;

describe('a scenario of tasks on one thread', () => {
  it('confirms a race in a linked file, and shows its lines', () => {
    const { status, verdict, exhaustive, outcomes, problems, trace } = simulate({ 'bank.race.ts': bank, 'account.ts': audit + racy });
    expect({ status, verdict, exhaustive }).toEqual({ status: 1, verdict: 'confirmed', exhaustive: true });
    expect(problems.map(({ kind }) => kind)).toContain('invariant');
    expect(outcomes.find(({ expected }) => !expected)?.outcome.state).toEqual({ observed: '-60' });
    expect(trace!.steps.some(({ file }) => file === 'account.ts')).toBe(true);
  });

  it('refutes the cure', () => {
    expect(simulate({ 'bank.race.ts': bank, 'account.ts': audit + cured })).toMatchObject({ status: 0, verdict: 'refuted', problems: [] });
  });

  it('any file whose default export is a scenario will do', () => {
    expect(simulate({ 'bank.ts': bank, 'account.ts': audit + cured }).verdict).toBe('refuted');
  });
});

describe('a scenario of agents', () => {
  it('prints one object as the contract says', () => {
    const race = simulate({ 'forks.race.ts': forks });
    expect(Object.keys(race).slice(1)).toEqual(['verdict', 'exhaustive', 'executions', 'transitions', 'outcomes', 'problems', 'witness', 'trace']);
    expect(race).toMatchObject({ status: 1, verdict: 'confirmed', exhaustive: true, executions: 3, witness: { problem: { kind: 'deadlock' }, switches: 1, isMinimal: true } });
    expect(race.problems).toMatchObject([{ kind: 'deadlock', executions: 1 }]);
    expect(race.problems[0]!.message).toContain('forks[1]');
    expect(race.outcomes.reduce((sum, { count }) => sum + count, 0)).toBe(3);
  });

  it('shows the witness as swim lanes', () => {
    const { status, stdout } = run(['simulate', 'forks.race.ts'], { cwd: folder({ 'forks.race.ts': forks }) });
    expect(stdout).toMatch(/^confirmed: 1 of 3 executions goes wrong: deadlock$/m);
    expect(stdout).toContain('that is every interleaving that matters');
    expect(stdout).toContain('Witness of deadlock: 1 switch, and no schedule with fewer goes wrong like this');
    expect(stdout).toMatch(/anna.*bert/);
    expect(status).toBe(1);
  });

  it('explores the memory model that is asked for', () => {
    const both0 = ({ outcomes }: RaceJson): boolean => outcomes.some(({ outcome: { results } }) => results['a'] === 'returned 0' && results['b'] === 'returned 0');
    expect(both0(simulate({ 'sb.race.ts': storeBuffering }))).toBe(false);
    expect(both0(simulate({ 'sb.race.ts': storeBuffering }, '--memory-model', 'tso'))).toBe(true);
  });

  it('gives the same outcomes whatever the strategy, the memory of a bound, or the number of threads', () => {
    const ends = ({ outcomes }: RaceJson): string[] => outcomes.map(({ outcome }) => JSON.stringify(outcome)).sort();
    const optimal = ends(simulate({ 'forks.race.ts': forks }));
    for (const options of [['--strategy', 'naive'], ['--strategy', 'random', '--seed', '7', '--max-executions', '200'], ['--strategy', 'pct', '--max-executions', '200'], ['--preemption-bound', '2'], ['--jobs', '2']]) {
      expect(ends(simulate({ 'forks.race.ts': forks }, ...options))).toEqual(optimal);
    }
  });

  it('finds no deadlock without a preemption, and says what bounded it', () => {
    const bounded = simulate({ 'forks.race.ts': forks }, '--preemption-bound', '0');
    expect(bounded).toMatchObject({ status: 0, verdict: 'bounded', exhaustive: false, limit: 'preemptions', executions: 2 });
    expect(simulate({ 'forks.race.ts': forks }, '--max-executions', '1')).toMatchObject({ exhaustive: false, limit: 'executions' });
    expect(simulate({ 'forks.race.ts': forks }, '--strategy', 'random', '--max-executions', '1', '--seed', '1').limit).toBe('sampling');
    expect(simulate({ 'forks.race.ts': forks }, '--stop-at-first')).toMatchObject({ verdict: 'confirmed' });
  });
});

describe('the witness of a scenario file', () => {
  it('replays to the same trace, from the JSON of a simulation and from an export', () => {
    const cwd = folder({ 'forks.race.ts': forks });
    const simulated = run(['simulate', 'forks.race.ts', '--format', 'json'], { cwd }).stdout;
    writeFileSync(join(cwd, 'simulated.json'), simulated);
    writeFileSync(join(cwd, 'exported.json'), run(['simulate', 'forks.race.ts', '--export', 'json'], { cwd }).stdout);
    for (const name of ['simulated.json', 'exported.json']) {
      const { stdout, stderr } = run(['simulate', 'forks.race.ts', '--schedule', name, '--format', 'json'], { cwd });
      expect(stderr).toBe('');
      expect((JSON.parse(stdout) as RaceJson).trace).toEqual((JSON.parse(simulated) as RaceJson).trace);
    }
    expect(run(['simulate', 'forks.race.ts', '--schedule', 'exported.json'], { cwd }).stdout).toMatch(/It ends in\n(.*\n)* *anna never finished/);
  });

  it('of other code is told', () => {
    const cwd = folder({ 'forks.race.ts': forks, 's.json': '{"version":1,"events":[{"id":"carol.7","task":"carol","label":"carol starts"}]}' });
    const { status, stderr } = run(['simulate', 'forks.race.ts', '--schedule', 's.json'], { cwd });
    expect(stderr).toMatch(/the schedule does not fit this file/);
    expect(status).toBe(2);
  });
});

describe('what is no scenario is told, and status 2', () => {
  it.each<[string, string, RegExp]>([
    ['a default export of another kind', 'export default { tasks: {} };', /a\.race\.ts: .*exports no scenario; write: export default scenario/],
    ['a set-up that throws', `import { scenario } from 'raceproof';\nexport default scenario(() => {\n  throw new Error('no luck');\n});`, /a\.race\.ts:?\d*: .*no luck/],
    ['a task that is no function', `import { scenario } from 'raceproof';\nexport default scenario(() => ({ tasks: { a: 5 as never } }));`, /a\.race\.ts.*: .*\ba\b.*function/],
    ['no tasks', `import { scenario } from 'raceproof';\nexport default scenario(() => ({ tasks: {} }));`, /a\.race\.ts.*: .*task/],
  ])('%s', (_what, text, message) => {
    const { status, stderr } = run(['simulate', 'a.race.ts'], { cwd: folder({ 'a.race.ts': text }) });
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
  });
});

describe('raceproof test', () => {
  const files = { 'a/forks.race.ts': forks, 'b/bank.race.ts': bank, 'b/account.ts': audit + cured, 'c/bad.race.ts': 'export default 1 +;', 'plain.ts': 'export const x = 1;' };

  it('explores every scenario file below the folder; 1 if one has a witness', () => {
    const cwd = folder({ 'a/forks.race.ts': forks, 'b/bank.race.ts': bank, 'b/account.ts': audit + cured });
    const { status, stdout, stderr } = run(['test'], { cwd });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^✗ confirmed {2}a\/forks\.race\.ts/m);
    expect(stdout).toMatch(/^✓ refuted {4}b\/bank\.race\.ts/m);
    expect(stdout).toMatch(/^2 scenario files: 1 confirmed, 1 refuted$/m);
    expect(status).toBe(1);
    expect(run(['test', 'b'], { cwd }).status).toBe(0);
  });

  it('takes files, folders and patterns, and JSON', () => {
    const judged = (...args: string[]): string[] => (JSON.parse(run(['test', ...args, '--format', 'json'], { cwd: folder(files) }).stdout) as { file: string; verdict: string }[]).map(({ file, verdict }) => `${verdict} ${file}`);
    expect(judged('b/bank.race.ts')).toEqual(['refuted b/bank.race.ts']);
    expect(judged('{a,b}/*.race.ts')).toEqual(['confirmed a/forks.race.ts', 'refuted b/bank.race.ts']);
  });

  it('says what could not be run; 2', () => {
    const { status, stderr, stdout } = run(['test'], { cwd: folder(files) });
    expect(stderr).toMatch(/c\/bad\.race\.ts:1:\d+: syntax error/);
    expect(stdout).toContain('1 file could not be run');
    expect(status).toBe(2);
  });
});

describe('docs/scenario-files.md', () => {
  const page = readFileSync(new URL('../../docs/scenario-files.md', import.meta.url), 'utf8');
  const [onOneThread, onTwo] = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, text]) => text!);

  it('its scenario on one thread runs', () => {
    expect(simulate({ 'account.race.ts': onOneThread!, 'account.ts': audit + racy }).problems.map(({ kind }) => kind)).toContain('invariant');
    expect(simulate({ 'account.race.ts': onOneThread!, 'account.ts': audit + cured }).verdict).toBe('refuted');
  });

  it('its scenario on two threads loses an update', () => {
    const { verdict, problems, outcomes } = simulate({ 'count.race.ts': onTwo! });
    expect({ verdict, kinds: problems.map(({ kind }) => kind) }).toEqual({ verdict: 'confirmed', kinds: ['invariant'] });
    expect(outcomes.map(({ outcome: { state } }) => state)).toContainEqual({ 'count[0]': '1' });
  });

  it('names every property of a plan and every option of a scenario file', () => {
    for (const name of ['tasks', 'invariant', 'serializable', 'observe', 'linearizable', 'bypassBound', 'observer', 'secrets']) expect(page).toContain(`\`${name}`.replace('`secrets', 'secrets'));
    for (const option of ['--memory-model', '--strategy', '--preemption-bound', '--seed', '--export', '--schedule']) expect(page).toContain(option);
  });
});
