import { describe, expect, test } from 'vitest';
import { findingsIn } from './expectations.js';

const store = (set: string, imports = ''): string => `import { create } from 'zustand'; import { immer } from 'zustand/middleware/immer'; ${imports}
  export const useCart = create(immer((set, get) => ({ n: 0, add: async () => { const before = get().n; const step = await fetchStep(); ${set} } })));`;

/** What a store's setter is given, however it is written, is laid over the state. */
const written: Record<string, string> = {
  'a literal': store('set({ n: before + step });'),
  'a literal by its name': store('const next = { n: before + step }; set(next);'),
  'a function that gives a literal': store('set(() => ({ n: before + step }));'),
  'a block that returns one': store('set((state) => { log(state); return { n: before + step }; });'),
  'a block that returns one of two': store('set((state) => { if (state.ok) { return { n: before + step }; } return state; });'),
  'a literal on one condition': store('set((state) => (state.ok ? { n: before + step } : state));'),
  'a field of a draft': store('set((state) => { state.n = before + step; });'),
  'a recipe of immer': store('set(produce((draft) => { draft.n = before + step; }));', `import { produce } from 'immer';`),
};

const correct: Record<string, string> = {
  'the state as it then is': store('set((state) => { return { n: state.n + step }; });'),
  'a draft that is added to': store('set((state) => { state.n += step; });'),
  'a recipe that adds': store('set(produce((draft) => { draft.n += step; }));', `import { produce } from 'immer';`),
  'another field': store('set((state) => { return { last: before + step }; });'),
  'what a function inside returns': store('set((state) => { const pick = () => { return { n: before + step }; }; log(pick()); return { last: step }; });'),
};

describe('what a store is set to', () => {
  test.each(Object.entries(written))('is seen in %s', (_name, code) => expect(findingsIn(code)).toEqual(['lost-update set.n']));
  test.each(Object.entries(correct))('and rests on nothing old in %s', (_name, code) => expect(findingsIn(code)).toEqual([]));
});
