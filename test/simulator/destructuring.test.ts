import { describe, expect, it } from 'vitest';
import { explored, scenario } from './host/scenario-logs.js';

/** One task changes `list` and `record`, the other one takes them apart: both orders have to be there, though nothing else connects the two. */
const orders = (reads: string, writes = 'list.push(1); record.x = 1; record.inner.y = 1;'): readonly string[] =>
  explored({ 'main.race.ts': scenario(`a: () => { ${writes} }, b: () => { ${reads} }`, 'const list: any[] = [], record: any = { x: 0, inner: { y: 0 } }; const boxed = { list, record };') }).logs;

describe('a pattern that takes a value apart reads it', () => {
  it.each([
    ['an array, in a declaration', 'const [first] = list; log.push(first ?? 0);'],
    ['an index', 'const { 0: first } = list; log.push(first ?? 0);'],
    ['a field', 'const { x } = record; log.push(x);'],
    ['a rest', 'const { ...all } = record; log.push(all.x);'],
    ['a computed name', "const name = 'x', { [name]: x } = record; log.push(x);"],
    ['a field of a field', 'const { inner: { y } } = record; log.push(y);'],
    ['a pattern in a pattern', 'const [[first]] = [list]; log.push(first ?? 0);'],
    ['an assignment', 'let first: any; [first] = list; log.push(first ?? 0);'],
    ['an assignment of fields', 'let x: any; ({ record: { x } } = boxed); log.push(x);'],
    ['a parameter', 'log.push((([first]: any[]) => first ?? 0)(list));'],
    ['a parameter of a method', 'log.push({ f({ inner: { y } }: any) { return y; } }.f(record));'],
    ['a parameter of an async function', 'void (async ({ x }: any) => { log.push(x); })(record);'],
    ['an element of a loop', 'for (const { x } of [record]) log.push(x);'],
    ['an element of an asynchronous loop', 'void (async () => { for await (const [first] of [list]) log.push(first ?? 0); })();'],
  ])('%s', (_what, reads) => expect(orders(reads)).toEqual(['[0]', '[1]']));

  it('and one that is assigned to elements writes them', () => {
    expect(orders('log.push(list[0] ?? 0);', 'const at = 0; [list[at]] = [1];')).toEqual(['[0]', '[1]']);
    expect(orders('log.push(record.x);', '[record.x] = [1];')).toEqual(['[0]', '[1]']);
  });

  it('what it has no part in stays independent', () => {
    const { executions } = explored({ 'main.race.ts': scenario('a: () => { record.x = 1; }, b: () => { const { y } = record; log.push(y); }', 'const record: any = { x: 0, y: 0 };') });
    expect(executions).toBe(1);
  });
});
