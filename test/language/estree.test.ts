import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@typescript-eslint/typescript-estree';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { treeOf } from '../../src/language/estree/index.js';

/** What both trees have to agree on: all but positions in lines, parents, and what typescript-estree keeps for old users only. */
function plain(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(plain);
  if (typeof node !== 'object' || node === null || node instanceof RegExp) return node;
  return Object.fromEntries(Object.entries(node).flatMap(([key, value]) => (key === 'loc' || key === 'parent' || key === 'sourceType' ? [] : [[key, plain(value)]])));
}

function expectSame(text: string, file: string): void {
  const tree = treeOf(text, file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  expect(tree, file).toBeDefined();
  expect(plain(tree), file).toEqual(plain(parse(text, { loc: true, range: true, jsx: file.endsWith('x'), filePath: file, suppressDeprecatedPropertyWarnings: true, jsDocParsingMode: 'none', allowInvalidAST: true })));
}

const texts: Record<string, string> = {
  'declared modules': `declare module 'x' { export const a: typeof import('./y'); }\ndeclare module 'z';\ndeclare global { interface Window { a: 1 } }`,
  namespaces: 'export namespace A.B.C { export const q = 1; namespace D {} }\nexport declare namespace F { function f(): void; }',
  'import types': `namespace E { let z: import('q').R<string>; type T = typeof import /* c */ ('z').a; }`,
  classes: `export default class<T> extends (class {})<T> implements I<T>, J { static { 'x'; } @d() accessor z = 1; declare y?: string; constructor(@Inject() private readonly a: B = 1, @I() c?: D, ...rest: E[]) { super(); } async *#m<K>(this: X) { yield* 1; } get [x]() { return 1; } }`,
  'abstract classes': `abstract class K { abstract m(): void; abstract x: 1; private constructor(); protected static override async y?() {} "a"() {} 1() {}; }`,
  patterns: '({ a, b: c = 1, ...d } = [x, ...y] = z); [a.b, c[d]] = e; for (const { x } of y) ; for await (let z of q) { } for (x.y in z) ;',
  parameters: 'function as(this: typeof this.x, [a, , b = 1, ...c]: T, { d, e: { f } = {}, ...g }: U = {}): asserts a is string {}',
  chains: 'a?.b.c!.d?.[e](f)?.g; (a?.b).c; a?.b!; delete a?.b; new (a?.b)(); new.target; import.meta.url; import("x", { with: { a: "b" } }); a<B>?.(c);',
  literals: 'tag`a${1}\\u{z}`; `\\n${a}b${c}d`; 1_000n; 0x1f; /a\\/b/gi; a, b, (c, d), e; x = (y++, --z, !w, typeof v, void 0);',
  functions: '"use strict"; const f = <T,>(y: T) => y, g = async <A, B /* c */ ,>(a: A) => {}; (function* n() { "use x"; yield; })(); async () => await 1;',
  types: 'let v: [a?: string, ...b: number[]], w: readonly string[], u: { readonly [K in keyof T as `x${K}`]-?: T[K] }, t: abstract new () => void, s: (a: string) => a is string, r: unique symbol, q: A extends infer B extends C ? D : never, o: null | undefined | this | -1, n: { get a(): 1; set a(b); (): void; new (): x; m?<T>(): void; [k: string]: y }, m: (A | B)[], l: [...A], k: [a?];',
  modules: `export * from 'a'; export * as b from 'b'; export { c as 'd', type e } from 'f' with { type: 'json' }; import g, * as h from 'i'; import type j from 'k'; import { type l, m as n } from 'o'; export default /* x */ async function () {}`,
  enums: `enum H { a, 'b' = 1, c = a } declare enum I { } export const enum J { x }`,
  statements: 'label: for (;;) { continue label; } switch (a) { case 1: b; break; default: } try { } catch { } finally { } try {} catch ({ m }: unknown) {} do ; while (x); with (a) b; debugger; ;throw a satisfies B as C; var $ = <X>y; if (a) b; else c; using r = x;',
  'a first line for the shell': '#!/usr/bin/env node\nconst a = 1 // end',
};

describe('the tree is that of typescript-estree', () => {
  test.each(Object.entries(texts))('%s', (name, text) => {
    expectSame(text, `${name}.ts`);
  });

  test('JSX', () => {
    expectSame('const a = <div a="b" {...d} e={<></>} f-g>{/* c */}text {x}<A.B.C<T>/><this.z/>{...q}\n</div>;', 'a.tsx');
  });

  test.each(['src/language', 'src/webview', 'src/simulator/runtime'])('the files of %s', (folder) => {
    for (const name of readdirSync(folder)) if (/\.tsx?$/.test(name)) expectSame(readFileSync(join(folder, name), 'utf8'), name);
  });
});

test('a text with errors, and syntax that is too rare, are left to the parser that knows all', () => {
  expect(treeOf('const = 1;', ts.ScriptKind.TS)).toBeUndefined();
  expect(treeOf(`class A { 'constructor'() {} }`, ts.ScriptKind.TS)).toBeUndefined();
});
