import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { checkModule, compile } from '../../src/language/index.js';
import type { Program } from '../../src/model/index.js';

const compiled = (text: string, file = 'subject.ts'): Program => compile(checkModule({ file, text }));
const parses = ({ code }: Program): boolean => Boolean(new Script(code));

describe('names from outside', () => {
  const free = (text: string): string[] => {
    const own = new Set(compiled('').names);
    return compiled(text).names.filter((name) => !own.has(name));
  };
  it('are parameters of the program', () => {
    expect(free('log(config.debug, other ?? 1);')).toEqual(['log', 'config', 'other']);
  });
  it('are also what is only declared', () => {
    expect(free('declare function save(x: number): void; declare const flag: boolean, level: number; declare global { var shared: number } save(flag ? level : shared);')).toEqual(['save', 'flag', 'level', 'shared']);
  });
  it('are no names of exports, properties, labels or types', () => {
    const text = 'export { default as Video, play } from "av"; export * as all from "av"; import type { T } from "t"; const o = { key: 1 }; lab: for (;;) break lab; type Z = Q; interface I extends Base { m: Unknown } o.key; const { a: b } = o as any; class C { field = 1; method() {} }';
    expect(free(text)).toEqual([]);
    expect(parses(compiled(text))).toBe(true);
  });
  it('are no names of the language', () => {
    expect(free('[Map, undefined, NaN, arguments].forEach(String);')).toEqual([]);
  });
});

describe('what cannot be compiled', () => {
  it('is a syntax error', () => expect(() => compiled('const = 5;')).toThrow('syntax error: Variable declaration expected.'));
  it("is the runtime's own name", () => {
    expect(() => compiled('const __rp = 5;')).toThrow("the name __rp is the runtime's own");
    expect(() => compiled('export const f = () => __rp.call();')).toThrow("the name __rp is the runtime's own");
  });
});

describe('what cannot be reported is a gap', () => {
  it('for a loop that assigns to what others see', () => {
    expect(compiled('let seen = 0; export const last = () => seen; export function f(xs: number[]) { for (seen of xs); }').gaps).toEqual(['loop assigns to seen']);
    expect(compiled('let seen = 0; export function f(xs: number[]) { let own = 0; for (own of xs); return own + seen; }').gaps).toEqual([]);
  });
  it('for destructuring into a property', () => {
    expect(compiled('export function f(o: any) { [o().x] = [1]; }').gaps).toEqual(['destructuring assignment to o().x']);
    expect(compiled('export class C { x = 1; f() { [this.x] = [2]; } }').gaps).toEqual([]);
  });
});

describe('ranges', () => {
  it('are those of the source, one site for each', () => {
    const { sites } = compiled('let total = 0;\nexport async function add(n: number) {\n  total += await price(n);\n}\ndeclare function price(n: number): Promise<number>;');
    const place = (text: string): unknown => sites.find((site) => site.text === text)?.range;
    expect(place('total')).toEqual({ file: 'subject.ts', start: { line: 3, column: 3 }, end: { line: 3, column: 8 } });
    expect(place('await price(n)')).toEqual({ file: 'subject.ts', start: { line: 3, column: 12 }, end: { line: 3, column: 26 } });
    expect(new Set(sites.map(({ range }) => JSON.stringify(range))).size).toBe(sites.length);
  });
});

// Real TypeScript that was not written for this.
for (const name of ['gotrue-old', 'stompjs-old', 'expo-in-app-purchases']) {
  it(`every source of ${name} compiles to a program that parses`, () => {
    const root = packageRoot(name);
    const files = readdirSync(join(root, 'src'), { recursive: true }).map(String).filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(parses(compiled(readFileSync(join(root, 'src', file), 'utf8'), file)), file).toBe(true);
  });
}

function packageRoot(name: string): string {
  const paths = createRequire(import.meta.url).resolve.paths(name) ?? [];
  const root = paths.map((path) => join(path, name)).find((path) => existsSync(path));
  if (!root) throw new Error(`${name} is not installed`);
  return root;
}
