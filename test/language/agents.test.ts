import { describe, expect, it } from 'vitest';
import { CompileError } from '../../src/language/index.js';
import { linked } from './differential.js';

const head = `import { agent, agent as thread, scenario, Mutex } from 'raceproof';\nimport * as rp from 'raceproof';\n`;

/** Where the refusal points, and the name that it gives; or that there is none. */
function refusal(text: string): string {
  try {
    linked({ 'a.race.ts': head + text });
    return 'none';
  } catch (error) {
    if (!(error instanceof CompileError)) throw error;
    const name = /^an agent assigns (.+?), which lies outside of it: .* keep it in a SharedArrayBuffer, or declare it inside the agent$/.exec(error.message)?.[1];
    return `${(error.range?.start.line ?? 0) - 2}:${error.range?.start.column} ${name}`;
  }
}

describe('an assignment that nobody else would see is refused', () => {
  it.each([
    ['let n = 0; agent(() => { n = 1; });', '1:26 n'],
    ['let n = 0; agent(async () => { n++; });', '1:32 n'],
    ['let n = 0; agent(function () { [n] = [2]; });', '1:33 n'],
    ['let n = 0; thread(() => { n += 2; }); export {};', '1:27 n'],
    ['let n = 0; rp.agent(() => { n--; });', '1:29 n'],
    ['scenario(() => { let n = 0; return { tasks: { a: agent(() => { n = 1; }) } }; });', '1:64 n'],
    ['let n = 0;\nfunction add() { n++; }\nagent(() => { add(); });', '2:18 n'],
    ['let n = 0;\nconst add = () => { n++; };\nconst task = () => add();\nagent(task);', '2:21 n'],
    ['let n = 0; agent(() => { [1].forEach(() => { n++; }); });', '1:46 n'],
    ['const state = { count: 0 }; agent(() => { state.count++; });', '1:43 state.count'],
  ])('%s', (text, place) => expect(refusal(text)).toBe(place));
});

describe('what an agent may assign', () => {
  it.each([
    'agent(() => { let n = 0; n++; });',
    'agent(() => { let n = 0; [1].forEach(() => { n++; }); });',
    'function count(from: number) { from++; let n = from; n++; return n; } agent(() => { count(1); });',
    'const a = new Int32Array(new SharedArrayBuffer(8)); agent(() => { a[0] = 1; a[1]++; });',
    'const all = { flags: new Int32Array(new SharedArrayBuffer(8)) }; agent(() => { all.flags[0] = 1; });',
    'let n = 0; const task = () => { n++; }; export { task };',
    'const outer = { agent: (run: () => void) => run() }; let n = 0; outer.agent(() => { n++; });',
    'let n = 0; agent(() => n); n = 2;',
    'class C { n = 0; add() { this.n++; } } agent(() => { new C().add(); });',
    'agent(() => { for (let i = 0; i < 2; i++) { const k = i; } });',
  ])('%s', (text) => expect(refusal(text)).toBe('none'));
});
