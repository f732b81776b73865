import { parse } from '@typescript-eslint/typescript-estree';
import { expect, test } from 'vitest';
import { analyzeScopes, parseModule, rangeOf, walk } from '../../src/language/index.js';
import type { Node } from '../../src/language/index.js';

test('every node knows its parent, and ranges count from one', () => {
  const parsed = parseModule({ file: 'a.ts', text: 'export const a = 1;\n  a;' });
  if (parsed.kind !== 'module') throw new Error(parsed.message);
  const names: Node[] = [];
  walk(parsed.program, (node) => {
    if (node.type !== 'Program') expect(node.parent).toBeDefined();
    if (node.type === 'Identifier') names.push(node);
  });
  expect(rangeOf(names[1]!, 'a.ts')).toEqual({ file: 'a.ts', start: { line: 2, column: 3 }, end: { line: 2, column: 4 } });
  const scopes = analyzeScopes(parsed);
  expect(scopes.variableOf(names[1]!)).toBe(scopes.moduleVariables.find(({ name }) => name === 'a'));
});

test('a syntax error says what and where', () => {
  expect(parseModule({ file: 'a.ts', text: 'const = 1;' })).toMatchObject({ kind: 'failure', range: { file: 'a.ts', start: { line: 1 } } });
});

test('code nested deeper than the stack is a failure, not a crash', () => {
  expect(parseModule({ file: 'a.ts', text: '('.repeat(50_000) })).toMatchObject({ kind: 'failure' });
});

test('positions that are found when asked are those of the parser', () => {
  const text = '@sealed class A<T> {\r\n  #x = `a${1}\r\nb`;\r  m({ y }: { y?: number } = {}) { return <b title="z">{y}\u2028</b>; }\n}\n\n// end\nexport default <></>;';
  const parsed = parseModule({ file: 'a.tsx', text });
  if (parsed.kind !== 'module') throw new Error(parsed.message);
  const expected: unknown[] = [];
  const found: unknown[] = [];
  walk(parse(text, { loc: true, range: true, jsx: true, filePath: 'a.tsx' }), ({ type, range, loc }) => expected.push([type, range, loc.start, loc.end]));
  walk(parsed.program, ({ type, range, loc }) => found.push([type, range, loc.start, loc.end]));
  expect(found.length).toBeGreaterThan(40);
  expect(found).toEqual(expected);
});

test('the nodes of a type come in the order of a walk', () => {
  const parsed = parseModule({ file: 'a.ts', text: '@dec(() => 1) class A { m = function () { return () => class B { n() {} }; }; }\nfunction f(a = () => 2) { const g = async () => f(g()); }' });
  if (parsed.kind !== 'module') throw new Error(parsed.message);
  const walked: Node[] = [];
  walk(parsed.program, (node) => walked.push(node));
  for (const type of new Set(walked.map((node) => node.type))) expect(parsed.nodes.of(type)).toEqual(walked.filter((node) => node.type === type));
  const functions = parsed.nodes.ofAny('ArrowFunctionExpression', 'FunctionDeclaration', 'FunctionExpression');
  expect(functions).toHaveLength(7);
  expect(functions).toEqual(walked.filter(({ type }) => /Function/.test(type)));
});
