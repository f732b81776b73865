import { describe, expect, it } from 'vitest';
import { blocksOf } from '../../src/webview/timeline/blocks.js';
import { collisionOf, collisionStop, partnerOf, roleAt } from '../../src/webview/timeline/collision.js';
import { stretchesOf } from '../../src/webview/timeline/inline-code.js';
import { layoutFor } from '../../src/webview/timeline/layout.js';
import { bandPath, linkPath } from '../../src/webview/timeline/link-path.js';
import { lineReader, markLine } from '../../src/webview/timeline/source-line.js';
import { statusesAt } from '../../src/webview/timeline/status.js';
import { valuesAt } from '../../src/webview/timeline/values.js';
import { describeStep, headlineOf, labelStep } from '../../src/webview/timeline/words.js';
import { accountProof, accountTrace, outcomeOf, showOf, traceOf } from './proofs.js';

const schedule = accountProof.witness?.schedule;

describe('blocks', () => {
  it("are one task's steps in one turn, each with the event that began it", () => {
    expect(blocksOf(accountTrace, schedule).map(({ lane, turn, steps, event }) => [lane, turn, steps.length, event])).toEqual([
      [0, 0, 4, 'alice starts'],
      [1, 1, 4, 'bob starts'],
      [1, 2, 4, "audit('withdraw', 80) completes"],
      [0, 3, 4, "audit('withdraw', 80) completes"],
    ]);
  });

  it('say why the run went over to another lane, and what it left behind', () => {
    expect(blocksOf(accountTrace).flatMap(({ handover }) => (handover ? [handover] : []))).toEqual([
      { from: 0, to: 1, leavesUnfinished: true, reason: "waits for audit('withdraw', 80)", approach: ['waiting', 'none'] },
      { from: 1, to: 0, leavesUnfinished: false, reason: 'has finished', approach: ['waiting', 'none'] },
    ]);
  });

  it("draw the other lanes' rails: dashed while suspended, none before the start and after the end", () => {
    expect(blocksOf(accountTrace).map(({ rails }) => rails)).toEqual([
      ['running', 'none'],
      ['waiting', 'running'],
      ['waiting', 'running'],
      ['running', 'none'],
    ]);
  });

  it('know a turn that promise jobs hand on to another task from a choice of the scheduler', () => {
    const trace = traceOf('a.ts', 'x', { a: 'a', b: 'b' }, [['a', 4, 'start', 1, 'x'], ['b', 4, 'resume', 1, 'x'], ['b', 5, 'resume', 1, 'x']], outcomeOf({}));
    expect(blocksOf(trace).map(({ continuesTurn }) => continuesTurn)).toEqual([false, true, false]);
  });

  it('name no event where it cannot be told which turn it began', () => {
    const events = schedule?.events ?? [];
    expect(blocksOf(accountTrace, { version: 1, events: events.slice(1) }).filter(({ event }) => event !== undefined)).toEqual([]);
    expect(blocksOf(accountTrace, { version: 1, events: [...events].reverse() }).map(({ event }) => event)).toEqual(["audit('withdraw', 80) completes", "audit('withdraw', 80) completes", 'bob starts', 'alice starts']);
    expect(blocksOf(accountTrace, { version: 1, events: [...events.slice(1), ...events.slice(0, 1)] }).map(({ event }) => event)).toEqual([undefined, "audit('withdraw', 80) completes", undefined, 'alice starts']);
  });
});

describe('the state at a step', () => {
  it('has every task with what it does', () => {
    expect(statusesAt(accountTrace, 1)).toEqual([{ kind: 'running', line: 8, locks: [] }, { kind: 'not-started' }]);
    expect(statusesAt(accountTrace, 10)).toEqual([
      { kind: 'waiting', line: 9, text: "waits for audit('withdraw', 80)", locks: [] },
      { kind: 'running', line: 10, locks: [] },
    ]);
    expect(statusesAt(accountTrace, 15)).toEqual([
      { kind: 'finished', text: 'returned true', failed: false },
      { kind: 'finished', text: 'returned true', failed: false },
    ]);
  });

  it('has every location with what it holds, from the first step on', () => {
    expect(valuesAt(accountTrace, 0)).toEqual([{ location: 'Account#balance', value: '100' }]);
    expect(valuesAt(accountTrace, 10)).toEqual([{ location: 'Account#balance', value: '20', previous: '100' }]);
    expect(valuesAt(accountTrace, 11)).toEqual([{ location: 'Account#balance', value: '20' }]);
    expect(valuesAt(accountTrace, 15)).toEqual([{ location: 'Account#balance', value: '-60' }]);
  });

  it('does not know what a location held before its first write, if the trace does not', () => {
    const trace = traceOf('a.ts', 'x', { a: 'a' }, [['a', 0, 'start', 1, 'x'], ['a', 0, 'write', 1, 'x', { location: 'x', after: '1' }]], outcomeOf({}));
    expect(valuesAt(trace, 0)).toEqual([{ location: 'x' }]);
    expect(valuesAt(trace, 1)).toEqual([{ location: 'x', value: '1' }]);
  });
});

describe('the collision', () => {
  const collision = collisionOf(accountTrace);

  it('is the act, the write in between, and the read that went stale', () => {
    expect(collision).toEqual({ act: 14, intrusion: 10, staleRead: 1 });
    expect([1, 10, 14, 13].map((index) => roleAt(collision, index))).toEqual(['stale-read', 'intrusion', 'act', undefined]);
    expect([1, 10, 14].map((index) => partnerOf(collision, index))).toEqual([undefined, 14, 10]);
  });

  it('is reached at its first step, and then from either to the other', () => {
    expect(collision && [0, 10, 14, 15].map((from) => collisionStop(collision, from))).toEqual([10, 14, 10, 10]);
  });

  it('is not there where the trace names none', () => {
    const { conflict: _, ...trace } = accountTrace;
    expect(collisionOf(trace)).toBeUndefined();
  });
});

describe('a source line', () => {
  const range = (line: number, from: number, to: number, endLine = line) => ({ file: 'a.ts', start: { line, column: from }, end: { line: endLine, column: to } });

  it('is cut at the range, without its indentation', () => {
    expect(markLine('    this.n = m + 1;', range(1, 5, 11))).toEqual({ before: '', marked: 'this.n', after: ' = m + 1;' });
    expect(markLine('\tx = this.n;', range(1, 6, 12))).toEqual({ before: 'x = ', marked: 'this.n', after: ';' });
  });

  it('is marked to its end where the range goes on below, and not at all beyond it', () => {
    expect(markLine('  await save({', range(1, 3, 4, 5))).toEqual({ before: '', marked: 'await save({', after: '' });
    expect(markLine('x', range(1, 40, 50))).toEqual({ before: 'x', marked: '', after: '' });
  });

  it('shows the mark however far to the right it is', () => {
    const { before, marked } = markLine(`${'a'.repeat(200)}.b`, range(1, 201, 203));
    expect([before.length, marked]).toEqual([48, '.b']);
  });

  it('is read by file and number, whatever ends the lines', () => {
    const read = lineReader([{ file: 'a.ts', text: 'one\r\ntwo\nthree' }]);
    expect([read('a.ts', 1), read('a.ts', 2), read('a.ts', 3), read('a.ts', 4), read('b.ts', 1)]).toEqual(['one', 'two', 'three', undefined, undefined]);
  });
});

describe('words', () => {
  it('make the reason the headline, or add it', () => {
    expect(headlineOf(accountProof)).toEqual({ headline: '4 of 6 interleavings act on a check that is out of date; shown with 1 switch.' });
    expect(headlineOf(showOf({ verdict: 'refuted', executions: 1234, reason: 'nothing else writes it' }).proof)).toEqual({ headline: 'All 1,234 interleavings behave as expected.', detail: 'Nothing else writes it.' });
    expect(headlineOf(showOf({ verdict: 'refuted', executions: 1 }).proof).headline).toBe('The only interleaving behaves as expected.');
    expect(headlineOf(showOf({ verdict: 'unproven', reason: 'no scenario could be closed' }).proof)).toEqual({ headline: 'The interleavings could not be explored.', detail: 'No scenario could be closed.' });
  });

  it('tell a step in a sentence and in a few words', () => {
    const [collision, step] = [collisionOf(accountTrace), accountTrace.steps[10]];
    expect(step && describeStep(accountTrace, step, collision)).toBe('Step 11 of 16, bob, line 10: writes Account#balance: 100 → 20. Collides with step 15.');
    expect(step && labelStep(step, collision)).toBe('bob writes Account#balance: 100 → 20 (collides)');
  });

  it('split at backticks', () => {
    expect(stretchesOf('`load()` is falsy')).toEqual([{ text: 'load()', isCode: true }, { text: ' is falsy', isCode: false }]);
    expect(stretchesOf('a ` b')).toEqual([{ text: 'a ` b', isCode: false }]);
  });
});

describe('layout', () => {
  it('gives lanes columns while source lines fit', () => {
    expect([[1, 200], [2, 460], [2, 459], [6, 1380], [6, 1000]].map(([lanes = 0, width = 0]) => layoutFor(width, lanes))).toEqual(['columns', 'columns', 'rails', 'columns', 'rails']);
  });

  it('links two steps where no text stands', () => {
    const [left, right] = [{ dot: 10, edge: 200, y: 50 }, { dot: 220, edge: 400, y: 150 }];
    expect(linkPath(left, right, 'columns')).toBe('M200 50C198 50 198 150 220 150');
    expect(linkPath(right, left, 'columns')).toBe('M220 150C208 150 208 50 200 50');
    expect(linkPath(left, { ...left, y: 90 }, 'columns')).toBe('M200 50C215 50 215 90 200 90');
    expect(bandPath(left, { ...left, y: 90 })).toBe('M4 50V90M16 50V90');
  });
});
