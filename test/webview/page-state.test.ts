import { describe, expect, it } from 'vitest';
import { moveFor } from '../../src/webview/page/keys.js';
import { destinationFrom, type Move } from '../../src/webview/page/moves.js';
import { restore, save } from '../../src/webview/page/saved.js';
import { emptyPage, reduce, type PageAction, type PageState } from '../../src/webview/page/state.js';
import { compareRuns } from '../../src/webview/replay/comparison.js';
import { accountShow, accountTrace, counterShow, showOf } from './proofs.js';

const play = (...actions: readonly PageAction[]): PageState => actions.reduce(reduce, emptyPage);
const stepOf = ({ content }: PageState): number | undefined => (content.kind === 'shown' ? content.step : undefined);
const forward: PageAction = { type: 'move', move: 'forward' };

describe('the page', () => {
  it('begins a new run at its first step, and stays where it is when the same run is shown again', () => {
    expect(stepOf(play(accountShow))).toBe(0);
    expect(stepOf(play(accountShow, forward, forward))).toBe(2);
    expect(stepOf(play(accountShow, forward, structuredClone(accountShow)))).toBe(1);
    expect(stepOf(play(accountShow, forward, counterShow(2, 2)))).toBe(0);
  });

  it('keeps what it shows while a simulation is under way', () => {
    const busy = play(accountShow, forward, { type: 'busy', name: 'withdraw' });
    expect([stepOf(busy), busy.busy]).toEqual([1, { name: 'withdraw' }]);
    expect(reduce(busy, { type: 'idle' })).toEqual(play(accountShow, forward));
    expect(reduce(busy, counterShow(2, 2)).busy).toBeUndefined();
    expect(reduce(busy, { type: 'failed', message: 'no' })).toEqual({ content: { kind: 'failed', message: 'no' } });
  });

  it('is stale until it is shown anew or the text is back', () => {
    const isStale = ({ content }: PageState): boolean | undefined => (content.kind === 'shown' ? content.isStale : undefined);
    expect(isStale(play(accountShow, { type: 'stale', stale: true }))).toBe(true);
    expect(isStale(play(accountShow, { type: 'stale', stale: true }, { type: 'stale', stale: false }))).toBe(false);
    expect(isStale(play(accountShow, { type: 'stale', stale: true }, accountShow))).toBe(false);
  });

  it('does not move where there are no steps', () => {
    expect(play(forward)).toEqual(emptyPage);
    const unproven = play(showOf({ verdict: 'unproven' }));
    expect(reduce(unproven, forward)).toBe(unproven);
  });

  it('is the same object at a move that leads nowhere, so that nothing is drawn', () => {
    const first = play(accountShow);
    expect(reduce(first, { type: 'move', move: 'back' })).toBe(first);
  });
});

describe('moves', () => {
  it.each<[Move, number, number]>([
    ['first', 9, 0],
    ['back', 9, 8],
    ['back', 0, 0],
    ['forward', 9, 10],
    ['forward', 15, 15],
    ['last', 3, 15],
    ['collision', 0, 10],
    ['collision', 10, 14],
    ['collision', 14, 10],
    ['next-turn', 1, 4],
    ['next-turn', 13, 15],
    ['previous-turn', 10, 4],
    ['previous-turn', 8, 4],
    ['previous-turn', 2, 0],
    ['previous-turn', 0, 0],
    [{ index: 7 }, 0, 7],
    [{ index: 99 }, 0, 15],
  ])('%j from %d leads to %d', (move, from, to) => {
    expect(destinationFrom(accountTrace, from, move)).toBe(to);
  });

  const plain = { shiftKey: false, ctrlKey: false, altKey: false, metaKey: false };
  it.each<[string, Move]>([
    ['ArrowRight', 'forward'],
    ['ArrowDown', 'forward'],
    ['j', 'forward'],
    ['ArrowLeft', 'back'],
    ['ArrowUp', 'back'],
    ['k', 'back'],
    ['Home', 'first'],
    ['End', 'last'],
    ['c', 'collision'],
  ])('%s asks for %s', (key, move) => {
    expect(moveFor({ key, ...plain })).toBe(move);
  });

  it('leaves keys with Ctrl, Alt or Cmd, and keys of no meaning, to the editor', () => {
    expect(moveFor({ key: 'ArrowRight', ...plain, ctrlKey: true })).toBeUndefined();
    expect(moveFor({ key: 'c', ...plain, metaKey: true })).toBeUndefined();
    expect(moveFor({ key: 'j', ...plain, altKey: true })).toBeUndefined();
    expect(moveFor({ key: 'toString', ...plain })).toBeUndefined();
    expect(moveFor({ key: 'ArrowDown', ...plain, shiftKey: true })).toBe('next-turn');
  });
});

describe('what is saved', () => {
  const saved = save(play(accountShow, forward, { type: 'stale', stale: true }));

  it('brings the page back as it was', () => {
    expect(restore(JSON.parse(JSON.stringify(saved)))).toEqual(play(accountShow, forward, { type: 'stale', stale: true }));
  });

  it.each([undefined, null, 'x', {}, { version: 2 }, { ...saved, step: -1 }, { ...saved, shown: { type: 'show' } }])('is left alone if it is not whole: %#', (state) => {
    expect(restore(state)).toBe(emptyPage);
  });

  it('is nothing where nothing is shown', () => {
    expect(save(emptyPage)).toBeUndefined();
  });
});

describe('a replayed run', () => {
  it('is the same, or ends the same by other steps, or ends otherwise', () => {
    expect(compareRuns(accountTrace, structuredClone(accountTrace))).toBe('same');
    expect(compareRuns(accountTrace, { ...accountTrace, steps: accountTrace.steps.slice(1) })).toBe('other-steps');
    expect(compareRuns(accountTrace, { ...accountTrace, outcome: { ...accountTrace.outcome, state: {} } })).toBe('other-outcome');
  });

  it('counts a key that is undefined as absent', () => {
    const steps = accountTrace.steps.map((step) => ({ cause: undefined, ...step }));
    expect(compareRuns(accountTrace, { ...accountTrace, steps })).toBe('same');
  });
});
