import { expect, it } from 'vitest';
import type { Outcome } from '../../../src/model/index.js';
import { packOutcomes, unpackOutcomes } from '../../../src/simulator/worker/packed-outcomes.js';

const outcomes: Outcome[] = [
  { state: { x: '1', y: '0' }, results: { reader: 'returned 1', writer: 'returned undefined' }, effects: {} },
  { state: { x: '1', y: '0' }, results: { reader: 'returned 0', writer: 'returned undefined' }, effects: {} },
  { state: { y: '0', x: '1' }, results: { reader: 'never finished' }, effects: { 'audit(80)': 2, save: 1 } },
  { state: {}, results: {}, effects: {} },
  { state: { x: '1', y: '0' }, results: { reader: 'returned 1', writer: 'threw Error: no' }, effects: {} },
  { state: Object.fromEntries([['__proto__', '7']]), results: {}, effects: {} },
];

it('outcomes come out of a message as they went in, their members in their order', () => {
  const received = unpackOutcomes(structuredClone(packOutcomes(outcomes)));
  expect(received).toEqual(outcomes);
  expect(JSON.stringify(received)).toBe(JSON.stringify(outcomes));
});

it('names are told once, and texts too', () => {
  const { shapes, texts } = packOutcomes(outcomes);
  expect(shapes).toHaveLength(4);
  expect(texts).toEqual([...new Set(texts)]);
});
