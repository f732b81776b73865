import { describe, expect, it } from 'vitest';
import { createImmer } from '../../../src/simulator/host/immer.js';

type Draft = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- drafts of anything
type Immer = { readonly produce: (base: unknown, recipe: (draft: Draft) => unknown) => Draft } & Record<'produceWithPatches' | 'current' | 'original' | 'isDraft' | 'applyPatches' | 'createDraft' | 'finishDraft', (...given: unknown[]) => unknown> & { readonly nothing: symbol };

/** The versions that were announced: what each is a version of. */
function start() {
  const versions: [version: object, of: object][] = [];
  const successors = new Map<object, object>();
  const immer = createImmer({ alias: (version, of) => void versions.push([version, of]), succeed: (version, of) => void successors.set(of, version), isOutside: () => false, isMixed: () => false }) as unknown as Immer;
  return { immer, versions, successors };
}

describe('immer', () => {
  it('copies what a recipe changes, and keeps the rest', () => {
    const { immer } = start();
    const base = { user: { name: 'a' }, tags: ['x'], other: { n: 1 } };
    const next = immer.produce(base, (draft) => { draft['user'].name = 'b'; draft['tags'].push('y'); });
    expect(base).toEqual({ user: { name: 'a' }, tags: ['x'], other: { n: 1 } });
    expect(next).toEqual({ user: { name: 'b' }, tags: ['x', 'y'], other: { n: 1 } });
    expect(next['other']).toBe(base.other);
    expect(Object.isFrozen(next['user'])).toBe(true);
  });

  it('gives the same object if nothing changes', () => {
    const { immer } = start();
    const base = { n: 1, inner: { m: 2 } };
    expect(immer.produce(base, (draft) => { draft['n'] = 1; draft['inner'].m = 2; })).toBe(base);
  });

  it('tells what is a version of what', () => {
    const { immer, versions, successors } = start();
    const base = { inner: { n: 1 } };
    const next = immer.produce(base, (draft) => { draft['inner'].n++; });
    expect(successors.get(base)).toBe(next);
    expect(successors.get(base.inner)).toBe(next['inner']);
    expect(versions.map(([, of]) => of)).toEqual([base, base.inner, base.inner, base]);
  });

  it('takes what a recipe returns, but not beside changes', () => {
    const { immer } = start();
    expect(immer.produce({ n: 1 }, () => ({ n: 5 }))).toEqual({ n: 5 });
    expect(immer.produce({ n: 1 }, () => immer.nothing)).toBeUndefined();
    expect(() => immer.produce({ n: 1 }, (draft) => { draft['n'] = 2; return {}; })).toThrow(/modified its draft/);
  });

  it('makes patches that lead there and back', () => {
    const { immer } = start();
    const base = { list: [1, 2, 3], gone: true };
    const [next, patches, inverse] = immer.produceWithPatches(base, (draft: Draft) => { draft['list'].pop(); draft['new'] = 1; delete draft['gone']; }) as [unknown, unknown, unknown];
    expect(next).toEqual({ list: [1, 2], new: 1 });
    expect(patches).toEqual([{ op: 'replace', path: ['list', 'length'], value: 2 }, { op: 'add', path: ['new'], value: 1 }, { op: 'remove', path: ['gone'] }]);
    expect(immer.applyPatches(base, patches)).toEqual(next);
    expect(immer.applyPatches(next, inverse)).toEqual(base);
  });

  it('opens a draft and closes it later', () => {
    const { immer } = start();
    const base = { inner: { n: 1 } };
    const draft = immer.createDraft(base) as Draft;
    draft['inner'].n = 2;
    expect([immer.isDraft(draft), immer.original(draft), immer.current(draft)]).toEqual([true, base, { inner: { n: 2 } }]);
    expect(immer.finishDraft(draft)).toEqual({ inner: { n: 2 } });
  });
});
