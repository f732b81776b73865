import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { run } from './command.js';

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };

describe('help', () => {
  it.each([[['--help']], [['-h']], [['help']]])('%j is the overview, on standard output', (args) => {
    const { status, stdout, stderr } = run(args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const name of ['check', 'simulate', 'test', 'systems', 'explain', '--version', 'Exit status']) expect(stdout).toContain(name);
  });

  it.each(['check', 'simulate', 'test', 'systems', 'explain'])('%s --help is its own', (name) => {
    const { status, stdout } = run([name, '--help']);
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Usage: raceproof ${name} `));
    expect(run(['help', name]).stdout).toBe(stdout);
  });

  it('every option of a command is told, and the width of a terminal is kept', () => {
    const check = run(['check', '--help']).stdout;
    for (const option of ['--format', '--no-prove', '--rule', '--jobs', '--budget', '--fail-on', '--changed', '--since']) expect(check).toContain(option);
    const simulate = run(['simulate', '--help']).stdout;
    for (const option of ['--format', '--strategy', '--max-executions', '--stop-at-first', '--schedule', '--export', '--faults', '--memory-model', '--preemption-bound', '--seed', '--late-timers', '--max-seconds', '--jobs']) expect(simulate).toContain(option);
    const test = run(['test', '--help']).stdout;
    for (const option of ['--format', '--memory-model', '--preemption-bound', '--late-timers', '--faults', '--max-executions', '--max-seconds', '--jobs']) expect(test).toContain(option);
    const systems = run(['systems', '--help']).stdout;
    for (const option of ['--list', '--format', '--jobs']) expect(systems).toContain(option);
    for (const text of [check, simulate, test, systems]) expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(145);
  });

  it('--version is the version of the package', () => {
    expect(run(['--version']).stdout).toBe(`${manifest.version}\n`);
  });
});

describe('bad usage is status 2, a message on standard error, nothing on standard output', () => {
  it.each<[string[], RegExp]>([
    [[], /no command given/],
    [['src'], /unknown command 'src'. To check a path: raceproof check src/],
    [['--nope'], /unknown option '--nope'/],
    [['check', '--nope'], /Unknown option '--nope'. See: raceproof check --help/],
    [['check', '--format', 'xml'], /--format xml: no such choice; use stylish, json, sarif, github or markdown/],
    [['check', '--jobs', '0'], /--jobs 0: a whole number from 1 to 64/],
    [['check', '--jobs', 'many'], /--jobs many: a whole number/],
    [['check', '--budget', '-5'], /--budget/],
    [['check', '--fail-on', 'never'], /use error, warning or information/],
    [['check', '--rule', 'no-such-rule'], /--rule no-such-rule: there is no such rule. The rules are: .*lost-update/],
    [['simulate'], /simulate what\?/],
    [['simulate', 'a.ts:1', 'b.ts:2'], /takes one file, and got 2/],
    [['simulate', 'a.race.ts', '--memory-model', 'pso'], /--memory-model pso: no such choice; use sc or tso/],
    [['simulate', 'a.race.ts', '--preemption-bound', '-1'], /--preemption-bound/],
    [['simulate', 'a.race.ts', '--preemption-bound', 'x'], /--preemption-bound x: a whole number from 0 to 1000/],
    [['simulate', 'a.race.ts', '--seed', '1.5'], /--seed 1.5: a whole number/],
    [['simulate', 'a.race.ts', '--jobs', '0'], /--jobs 0: a whole number from 1 to 64/],
    [['test', '--max-seconds', '0'], /--max-seconds 0: a whole number/],
    [['test', '--strategy', 'pct'], /Unknown option '--strategy'. See: raceproof test --help/],
    [['simulate', 'a.ts:0'], /count from 1/],
    [['simulate', 'a.ts:1', '--strategy', 'lucky'], /use optimal, naive, pct or random/],
    [['simulate', 'a.ts:1', '--export', 'json', '--schedule', 'x'], /exclude each other/],
    [['systems', '--all'], /Unknown option '--all'. See: raceproof systems --help/],
    [['systems', '--format', 'xml'], /--format xml: no such choice; use text or json/],
    [['systems', '--jobs', '0'], /--jobs 0: a whole number from 1 to 64/],
    [['explain', 'no-such-rule'], /there is no rule 'no-such-rule'. The rules are: .*lost-update/],
    [['explain', '../../README'], /there is no rule/],
  ])('%j', (args, message) => {
    const { status, stdout, stderr } = run(args);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^raceproof: /);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });

  it.each<[string[], string]>([
    [['mcp'], 'mcp'],
  ])('%j is said to be to come, not taken in silence', (args, what) => {
    const { status, stdout, stderr } = run(args);
    expect(stderr).toContain(what);
    expect(stderr).toMatch(/(is|are) not supported yet/);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });
});

describe('explain', () => {
  it('lists the rules, one a line, with what each finds', () => {
    const { status, stdout } = run(['explain']);
    expect(status).toBe(0);
    for (const rule of ['lost-update', 'check-then-act', 'double-initialization']) expect(stdout).toMatch(new RegExp(`^${rule} +\\S.*[.]$`, 'm'));
  });

  it('prints the page of a rule', () => {
    expect(run(['explain', 'lost-update']).stdout).toContain('lost-update');
    expect(run(['explain', 'lost-update']).status).toBe(0);
  });
});
