import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allOf } from '../../src/systems/index.js';
import { readCatalogue } from '../../src/systems/node.js';
import { run } from './command.js';

interface Row {
  readonly name: string;
  readonly variant: string;
  readonly title: string;
  readonly topic: string;
  readonly expected: string;
  readonly verdict: string;
  readonly executions: number;
  readonly ms: number;
}

const repository = fileURLToPath(new URL('../../', import.meta.url));
const { catalogue } = readCatalogue(join(repository, 'systems'));
const rows = (...args: string[]): Row[] => JSON.parse(run(['systems', ...args, '--format', 'json'], { cwd: tmpdir() }).stdout) as Row[];
const named = (...args: string[]): string[] => (JSON.parse(run(['systems', '--list', '--format', 'json', ...args]).stdout) as Row[]).map(({ name, variant }) => `${name}:${variant}`);

describe('raceproof systems', () => {
  it('prints what the contract says, in the order of the catalogue, in any folder', () => {
    const found = rows('dining-philosophers/naive:broken*', 'peterson:sound');
    expect(Object.keys(found[0]!)).toEqual(['name', 'variant', 'title', 'topic', 'expected', 'verdict', 'executions', 'ms']);
    expect(found.map(({ name, variant, verdict, executions }) => [name, variant, verdict, executions])).toEqual([
      ['exclusion/peterson', 'sound', 'refuted', 4],
      ['dining-philosophers/naive', 'broken', 'confirmed', 7],
      ['dining-philosophers/naive', 'broken-2', 'confirmed', 3],
      ['dining-philosophers/naive', 'broken-4', 'confirmed', 15],
      ['dining-philosophers/naive', 'broken-5', 'confirmed', 31],
    ]);
    expect(found.every(({ expected, verdict, title, topic, ms }) => expected === verdict && title !== '' && topic !== '' && Number.isInteger(ms))).toBe(true);
  });

  it('tells a person each variant, and the sum', () => {
    const { status, stdout, stderr } = run(['systems', 'lost-increment', '--jobs', '1'], { cwd: tmpdir() });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^✓ race\/lost-increment:broken {2}confirmed {2}as expected {8}4 executions +[\d,]+ ms\n✓ race\/lost-increment:sound {3}refuted {4}as expected {8}2 executions +[\d,]+ ms\n2 variants of 1 system in [\d.]+ s: as expected\n$/);
  });

  it.each<[string[], string[]]>([
    [['peterson:sound'], ['exclusion/peterson:sound']],
    [['exclusion/peterson:sound', 'exclusion/peterson:sound'], ['exclusion/peterson:sound']],
    [['*/peterson:*order'], ['exclusion/peterson:broken-in-order']],
    [['systems/race/lost-increment/', 'exclusion/peterson:{sound,broken}'], ['race/lost-increment:broken', 'race/lost-increment:sound', 'exclusion/peterson:broken', 'exclusion/peterson:sound']],
    [['dining-philosophers:sound-5'], ['resource-hierarchy', 'chandy-misra', 'try-and-release'].map((name) => `dining-philosophers/${name}:sound-5`)],
  ])('takes %j', (names, labels) => {
    expect(named(...names)).toEqual(labels);
  });

  it('without a name means all of them, with a family the whole of it', () => {
    expect(named()).toEqual(allOf(catalogue).map(({ system, variant }) => `${system.name}:${variant.name}`));
    expect(named('exclusion').length).toBe(allOf(catalogue).filter(({ system }) => system.name.startsWith('exclusion/')).length);
  });

  it('lists them with titles, running nothing', () => {
    const { status, stdout } = run(['systems', '--list', 'peterson']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Mutual exclusion\n[\s\S]*\n {2}exclusion\/peterson {2}Peterson's algorithm\n[\s\S]*\n {4}sound +refuted +Atomics\n/);
  });

  it.each<[string, RegExp]>([
    ['petersen', /there is no system 'petersen'. Did you mean exclusion\/peterson\? Families and systems are:\n {2}race: .*lost-increment/],
    ['peterson:sund', /there is no system 'peterson:sund'. Did you mean .*exclusion\/peterson:sound/],
    ['philosophers', /Did you mean dining-philosophers/],
    ['zzz*', /there is no system 'zzz\*'. Families and systems are:/],
  ])('does not know %s, and says what there is', (name, message) => {
    const { status, stdout, stderr } = run(['systems', name]);
    expect(stderr).toMatch(message);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });
});

describe('the package as it is installed', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'raceproof-package-'));
  const installed = join(scratch, 'package');
  const command = (...args: string[]) => spawnSync(process.execPath, [join(installed, 'dist/cli.js'), 'systems', ...args], { cwd: scratch, encoding: 'utf8' });
  const change = (name: string, from: string, to: string): void => {
    const text = readFileSync(join(installed, name), 'utf8');
    expect(text).toContain(from);
    writeFileSync(join(installed, name), text.replace(from, to));
  };

  beforeAll(() => {
    const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', scratch], { cwd: repository, encoding: 'utf8' }).trim().split('\n').at(-1)!;
    execFileSync('tar', ['-xzf', join(scratch, packed), '-C', scratch]);
  });
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  it('brings the systems along', () => {
    const { status, stdout } = command('lost-increment', '--format', 'json');
    expect(status).toBe(0);
    expect((JSON.parse(stdout) as Row[]).map(({ verdict }) => verdict)).toEqual(['confirmed', 'refuted']);
  });

  it('ends with 1 when something is not as expected, says what, and the command that shows it', () => {
    change('systems/race/lost-increment/sound.race.ts', 'Atomics.add(visitors, 0, 1)', 'visitors[0]++');
    change('systems/exclusion/peterson/system.json', '"executions": 12', '"executions": 13');
    change('systems/race/bank-account/system.json', '"problem": "invariant"', '"problem": "deadlock"');
    const { status, stdout } = command('lost-increment', 'peterson:broken-in-order', 'bank-account:broken', '--jobs', '2');
    expect(status).toBe(1);
    expect(stdout).toMatch(/✗ race\/lost-increment:sound +confirmed +unexpected.*\n {4}refuted was expected, and it is confirmed: invariant: the invariant does not hold.*\n(?: {4}.*\n)* {4}see it: raceproof simulate package\/systems\/race\/lost-increment\/sound\.race\.ts\n/);
    expect(stdout).toMatch(/ {4}13 executions were expected, and there are 12\n {4}see it: raceproof simulate .*\n/);
    expect(stdout).toMatch(/ {4}the problem deadlock was expected, and there is invariant/);
    expect(stdout).toMatch(/4 variants of 3 systems in .* s: 3 not as expected: race\/lost-increment:sound, race\/bank-account:broken, exclusion\/peterson:broken-in-order\n$/);
    const json = command('peterson:broken-in-order', '--format', 'json');
    expect(json.status).toBe(1);
    expect(json.stderr).toMatch(/^raceproof: exclusion\/peterson:broken-in-order: 13 executions were expected, and there are 12\. See it: raceproof simulate package\/systems\/exclusion\/peterson\/broken\.race\.ts\n$/);
  });

  it('tells what cannot be run, and what is wrong in a manifest', () => {
    change('systems/exclusion/peterson/sound.race.ts', 'export default', 'const nothing =');
    change('systems/dining-philosophers/naive/system.json', '"expected": "refuted"', '"expected": "fine"');
    const { status, stdout, stderr } = command('peterson:sound', 'resource-hierarchy:sound');
    expect(status).toBe(2);
    expect(stdout).toMatch(/✗ exclusion\/peterson:sound +unproven +unexpected[\s\S]*it has no\s+default export/);
    expect(stderr).toContain('systems/dining-philosophers/naive/system.json: variants.sound.expected: "fine" is none of its values; use confirmed or refuted.');
  });
});
