import { describe, expect, it } from 'vitest';
import { asksBehind, checkModule } from '../../src/language/index.js';

/** The calls behind the place of `act` in a text, as they are written. */
function asked(text: string, act: string): string[] {
  const offset = text.indexOf(act);
  const before = text.slice(0, offset).split('\n');
  const start = { line: before.length, column: before.at(-1)!.length + 1 };
  const module = checkModule({ file: 'subject.ts', text });
  const lines = text.split('\n');
  return asksBehind(module, { file: 'subject.ts', start, end: start }).map((range) => (range.start.line === range.end.line ? lines[range.start.line - 1]!.slice(range.start.column - 1, range.end.column - 1) : '…'));
}

describe('the calls whose answers get into what is done at a place', () => {
  it('through variables and patterns', () => {
    expect(asked('async function f() { const { items } = await load(1); await other(); const rows = items.map(String); show(rows); }', 'show(rows)')).toEqual(['load(1)']);
  });

  it('at the place itself', () => {
    expect(asked('let shown: unknown; async function f() { await other(); shown = await load(2); }', 'shown = await')).toEqual(['load(2)']);
  });

  it('through a chain of callbacks', () => {
    expect(asked('function f() { load(3).catch(() => []).then((found) => { show(found); }); }', 'show(found)')).toEqual(['load(3)']);
  });

  it('none where nothing was waited for', () => {
    expect(asked('async function f(given: string) { await other(); const made = make(given); show(made); }', 'show(made)')).toEqual([]);
  });
});
