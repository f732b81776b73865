import { describe, expect, it } from 'vitest';
import { approachTo, checkModule } from '../../src/language/index.js';
import type { SourceRange } from '../../src/model/index.js';

const text = `
export class Upload {
  constructor(options) {
    if (!options.target) throw new Error('no target');
  }
  async start(request) {
    if (request.isEmpty) return;
    if (request.verbose) log();
    for (const file of request.files) await this.send(file);
  }
  async send(file) {
    const session = this.sessions.get(file.id);
    if (!session) throw new Error('unknown');
    if (isLarge(file)) {
      session.state = 'sending';
    }
  }
  other(file) {
    if (file.hidden) return;
  }
}
function isLarge({ size }) { return size > 100; }
`;
const file = 'upload.ts';
const module = checkModule({ file, text });

function rangeOf(part: string): SourceRange {
  const at = (offset: number): SourceRange['start'] => {
    const before = text.slice(0, offset).split('\n');
    return { line: before.length, column: before.at(-1)!.length + 1 };
  };
  const start = text.indexOf(part);
  return { file, start: at(start), end: at(start + part.length) };
}

function textOf({ start, end }: SourceRange): string {
  const lines = text.split('\n');
  return start.line === end.line ? lines[start.line - 1]!.slice(start.column - 1, end.column - 1) : lines[start.line - 1]!.slice(start.column - 1);
}

describe('the way to a place', () => {
  const start = text.slice(text.indexOf('async start'), text.indexOf('  async send')).trimEnd();
  const approach = approachTo([module], [rangeOf(start)], [rangeOf('session.state')], 'Upload')!;

  it('leads through the functions that call each other', () => {
    expect(approach.functions.map(textOf)).toEqual(['async start(request) {', 'async send(file) {']);
  });

  it('hangs on what is around it, on early exits before it, on what these rest on, and on what the constructor asks', () => {
    expect(approach.conditions.map(textOf).sort()).toEqual(['!options.target', '!session', 'isLarge(file)', 'request.files', 'request.isEmpty', 'size > 100', 'this.sessions.get(file.id)']);
  });
});
