import { expect, it } from 'vitest';
import type { RacePart } from '../../../src/simulator/race-part.js';
import { packPart, unpackPart } from '../../../src/simulator/worker/packed-part.js';

const schedule = { version: 1, events: [{ id: 'a', task: 'a', label: 'a starts' }] } as const;

const part: RacePart = {
  executions: 9, transitions: 40, limit: 'time', tallies: [], otherOutcomes: 2, asked: [], unmodelled: ['crypto.subtle'],
  outcomes: [
    { outcome: { state: { x: '1' }, results: { a: 'returned 1' }, effects: { save: 2 } }, digest: 2 ** 52 + 1, count: 4, torn: 3, onlyTorn: 2, sound: 1, isSerial: true },
    { outcome: { state: { x: '2' }, results: { a: 'returned 1' }, effects: { save: 1 } }, count: 5, torn: 5, onlyTorn: 5, sound: 0, isSerial: false, tornBy: schedule },
    { outcome: { state: { x: '3' }, results: {}, effects: {} }, digest: 0, count: 0, torn: 0, onlyTorn: 0, sound: 0, isSerial: true },
  ],
};

it('a part comes out of a message as it went in, with all that is told of its outcomes', () => {
  expect(unpackPart(structuredClone(packPart(part)))).toStrictEqual(part);
});

it('so does one that has found nothing', () => {
  const nothing: RacePart = { ...part, outcomes: [] };
  expect(unpackPart(structuredClone(packPart(nothing)))).toStrictEqual(nothing);
});
