import { describe, expect, it } from 'vitest';
import { linked, runLinked } from './differential.js';

const head = 'const flag = new Int32Array(2); const me = 0, other = 1;\nconst load = (i: number): number => Atomics.load(flag, i);\nfunction isSet(i: number) { return load(i) === 1; }\nasync function later() { return 1; }\n';
const waits = (loop: string): boolean => linked({ 'a.ts': `${head}export function f(this: any) { ${loop} }` }).program.code.includes('__rp.spin(');

describe('a loop that only looks becomes a wait', () => {
  it.each([
    'while (Atomics.load(flag, 0) === 0);',
    'while (Atomics.load(flag, other) === 1 && Atomics.load(flag, me) !== 0) {}',
    'while (Atomics.compareExchange(flag, 0, 0, 1) !== 0) { Atomics.pause(); }',
    'while (Atomics.exchange(flag, 0, 1) === 1);',
    'do {} while (!flag[other]);',
    'for (; flag[other]! > 0;);',
    'while (flag[0] === 1) continue;',
    'while (load(0) === 0);',
    'while (!isSet(other));',
    'while (this.flags[(me + 1) % 2]);',
    'for (;;) { if (Atomics.load(flag, 0)) break; }',
    'while (true) { const a = flag[0], b = flag[1]; if (a === b) break; Atomics.pause(); }',
    'for (;;) if (Atomics.compareExchange(flag, 0, 0, 1) === 0) return true;',
    'let seen; do { seen = Atomics.load(flag, 0); } while (seen === 0);',
  ])('%s', (loop) => expect(waits(loop)).toBe(true));

  it.each([
    'while (Atomics.add(flag, 0, 1) < 3);',
    'while (flag[0]++ < 3);',
    'while (flag[0] === 0) flag[1] = 1;',
    'while ((flag[1] = flag[0]!) === 0);',
    'while (Math.random() < 1) {}',
    'for (let i = 0; flag[0] === 0; i++);',
    'for (;;) { flag[1] = 1; if (flag[0]) break; }',
    'for (let tries = 0; ; ) { if (flag[0] || tries++ > 3) break; }',
    'let n = 0; do { n = n + flag[0]!; } while (n < 3);',
    'while (true) { let a = flag[0]; if (a) break; }',
    'out: for (;;) { if (flag[0]) break out; }',
    'while (true) { const a = flag[0]; if (a) return a; }',
    'for (;;) { if (flag[0]) break; else flag[1] = 1; }',
    'while (later()) {}',
    'while (Atomics.notify(flag, 0) > 0);',
  ])('%s does more', (loop) => expect(waits(loop)).toBe(false));

  it('computes what the loop computes', () => {
    expect(runLinked({ 'a.ts': `const flag = new Int32Array(1); let asked = 0; const view = { get left() { return 3 - asked++; } }; while (view.left > 0); while (Atomics.compareExchange(flag, 0, 0, 1) !== 1) {} log(asked, flag[0]);` })[0]).toBe('4 1');
    const rounds = `const view = { get next() { return ++count; } }; let count = 0; let last: unknown;
      const leave = (): string => { for (;;) { const now = view.next; if (now > 4) return 'left'; } };
      const stop = (): number => { while (true) { const now = view.next; if (now % 5 === 0) break; } return count; };
      do { last = view.next; } while (last !== 3);
      log(last, leave(), stop(), count);`;
    expect(runLinked({ 'a.ts': rounds })[0]).toBe('3 left 10 10');
  });
});

describe('shared objects are called after what they are made for', () => {
  const named = (text: string): string[] => [...linked({ 'a.ts': text }).program.code.matchAll(/__rp\.named\("(\w+|#\w+)"/g)].map((match) => match[1]!);

  it.each([
    ['const x = new Int32Array(new SharedArrayBuffer(8));', ['x']],
    ['const forks = Array.from({ length: 3 }, () => new Mutex()); class Mutex {}', ['forks']],
    ['const all = { a: new Int32Array(1), list: [new Int8Array(1)] };', ['all']],
    ['const y = shared(2) as Int32Array; declare function shared(n: number): unknown;', ['y']],
    ['class A { lock = new Int32Array(1); #own = new Map(); constructor() { this.made = new Map(); } made; }', ['lock', '#own', 'made']],
    ['let z; z = new Int32Array(1);', ['z']],
    ['const n = 1, s = "x", f = () => new Map(), alias = n, list = [1, 2], o = { n }, v = list.map((x) => x), r = require("plain");', []],
  ])('%s', (text, names) => expect(named(text)).toEqual(names));

  it('the value stays what it is', () => expect(runLinked({ 'a.ts': 'class A {} const a = new A(); log(a instanceof A, A.name);' })[0]).toBe('true A'));
});
