import { describe, expect, it } from 'vitest';
import { compileSubject } from '../../src/language/index.js';
import type { ReadModule } from '../../src/language/index.js';
import type { SourceRange } from '../../src/model/index.js';

const nothingIs = () => false;

/** The program of a file of which one line starts a task. */
function programFrom(text: string, line: string, root: string, read?: ReadModule) {
  const at = text.slice(0, text.indexOf(line)).split('\n').length;
  const place: SourceRange = { file: 'a.ts', start: { line: at, column: 3 }, end: { line: at, column: 4 } };
  return compileSubject({ file: 'a.ts', text }, { closures: new Set(), places: [place], hasModel: nothingIs, matters: nothingIs, ...(read && { read }), starts: { places: [place], paths: [{ root, steps: [{ kind: 'construct' }] }] } }).program;
}

const text = `
let opened = false;
export function openEverything(): void {
  opened = true;
  console.log('a call that nobody makes from the start');
}
export class Shop {
  stock = prepared();
  take(): void {
    if (opened) this.count('a call on the way of the task');
  }
  count(what: string): void { console.log('counted', what, this.stock); return; }
  close(): void {
    console.log('another call that nobody makes', this.stock);
  }
}
function prepared(): number {
  console.log('a call that making the object needs');
  return 1;
}`;

describe('bodies of functions that nothing leads to are left out', () => {
  const { code, sites } = programFrom(text, 'take(): void', 'Shop');

  it('what the task and its object come to stays', () => {
    for (const kept of ['a call on the way of the task', 'counted', 'a call that making the object needs']) expect(code).toContain(kept);
  });

  it('what nobody calls is gone, and says so', () => {
    for (const gone of ['a call that nobody makes from the start', 'another call that nobody makes']) expect(code).not.toContain(gone);
    expect(code.match(/__rp\.missing\(/g)).toHaveLength(2);
  });

  it('every place that is left has the range that it has in the text', () => {
    const lines = text.split('\n');
    const shown = sites.filter(({ text: own }) => own === 'prepared()').map(({ range: { start, end } }) => lines[start.line - 1]!.slice(start.column - 1, end.column - 1));
    expect(shown).toEqual(['prepared()']);
  });

  it('a variable that only such a function assigns still is one that changes', () => {
    expect(code).toMatch(/readVariable\(\d+, __rp\.moduleScope, "opened"/);
  });
});

describe('what was made of a file for one program serves the next', () => {
  const take = 'a call on the way of the task';
  const close = 'another call that nobody makes';

  it('what another program needs is added, and stays', () => {
    const read: ReadModule = () => undefined;
    const codeFrom = (line: string): string => programFrom(text, line, 'Shop', read).code;
    expect(codeFrom('take(): void')).not.toContain(close);
    const both = codeFrom('close(): void');
    for (const kept of [take, close]) expect(both).toContain(kept);
    expect(codeFrom('take(): void')).toBe(both);
  });

  it('but for what cannot be watched: of that a program that does without it says nothing', () => {
    const read: ReadModule = () => undefined;
    const evaluating = text.replace("console.log('another call", "eval('1');\n    console.log('another call");
    const gapsFrom = (line: string): readonly string[] => programFrom(evaluating, line, 'Shop', read).gaps;
    expect(gapsFrom('close(): void')).toEqual(['eval evaluates text']);
    expect(gapsFrom('take(): void')).toEqual([]);
    expect(gapsFrom('close(): void')).toEqual(['eval evaluates text']);
  });
});
