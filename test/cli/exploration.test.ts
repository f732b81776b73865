import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { run } from './command.js';

/** Published numbers of classes, and what fails in them. */
interface Expected {
  readonly executions: number;
  readonly wrong?: number;
  readonly switches?: number;
  /** Classes within 0, 1, 2 ... preemptions. */
  readonly withinPreemptions?: readonly number[];
}

interface Explored {
  readonly file: string;
  readonly verdict: string;
  readonly exhaustive: boolean;
  readonly executions: number;
  readonly problems: readonly { readonly executions: number }[];
  readonly switches?: number;
  readonly isMinimal?: boolean;
}

const root = fileURLToPath(new URL('../../bench/exploration/', import.meta.url));
const table = JSON.parse(readFileSync(join(root, 'expected.json'), 'utf8')) as Record<string, Expected>;
/** The larger ones are explored by `npm run bench`. */
const most = 2_000;

function explore(names: readonly string[], ...options: string[]): Map<string, Explored> {
  const { stdout, stderr } = run(['test', ...names.map((name) => `${name}.race.ts`), '--format', 'json', ...options], { cwd: root });
  expect(stderr).toBe('');
  return new Map((JSON.parse(stdout) as Explored[]).map((explored) => [explored.file.replace('.race.ts', ''), explored]));
}

describe('bench/exploration', () => {
  it('has the published numbers of classes, of failing ones, and of switches that these need', () => {
    const names = Object.keys(table).filter((name) => table[name]!.executions <= most);
    const found = explore(names);
    const facts = (name: string): unknown => {
      const { exhaustive, executions, problems, switches, isMinimal } = found.get(name)!;
      return table[name]!.wrong === undefined ? { exhaustive, executions } : { exhaustive, executions, wrong: problems.map((problem) => problem.executions), switches, isMinimal };
    };
    const expected = (name: string): unknown => {
      const { executions, wrong, switches } = table[name]!;
      return wrong === undefined ? { exhaustive: true, executions } : { exhaustive: true, executions, wrong: [wrong], switches, isMinimal: true };
    };
    expect(Object.fromEntries(names.map((name) => [name, facts(name)]))).toEqual(Object.fromEntries(names.map((name) => [name, expected(name)])));
  });

  it('has the published numbers of classes within bounds on preemptions', () => {
    const names = Object.keys(table).filter((name) => table[name]!.withinPreemptions !== undefined);
    const deepest = Math.max(...names.map((name) => table[name]!.withinPreemptions!.length));
    const series = Array.from({ length: deepest }, (_, bound) => explore(names, '--preemption-bound', String(bound)));
    const counts = (name: string): unknown => series.slice(0, table[name]!.withinPreemptions!.length).map((found) => found.get(name)!.executions);
    expect(names.map((name) => [name, counts(name)])).toEqual(names.map((name) => [name, table[name]!.withinPreemptions]));
  });

  it('has a file for every row of the table', () => {
    expect(Object.keys(table).filter((name) => !existsSync(join(root, `${name}.race.ts`)))).toEqual([]);
  });

  it.each<[string, string, boolean]>([
    ['peterson-plain', 'sc', false],
    ['peterson-plain', 'tso', true],
    ['peterson-spin', 'sc', false],
    ['peterson-spin', 'tso', false],
  ])('mutual exclusion by %s under %s is broken: %s', (name, model, isBroken) => {
    const { problems } = explore([name], '--memory-model', model).get(name)!;
    expect(problems.some((problem) => 'kind' in problem && ['invariant', 'unhandled'].includes(String(problem.kind)))).toBe(isBroken);
  });
});
