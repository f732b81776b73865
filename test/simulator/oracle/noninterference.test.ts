import { describe, expect, it } from 'vitest';
import type { Schedule } from '../../../src/model/index.js';
import { Tally, type Asks } from '../../../src/simulator/oracle/index.js';
import { end } from './ends.js';

const schedule = (...ids: string[]): (() => Schedule) => () => ({ version: 1, events: ids.map((id) => ({ id, task: id, label: id })) });

/** `'0 even'`: with secret 0 the observer saw `even`. */
function tallyOf(asks: Asks, ...sightings: readonly string[]): Tally {
  const tally = new Tally(asks);
  sightings.forEach((text, at) => tally.add(end({ secret: Number(text.split(' ')[0]), observed: text.split(' ')[1]! }), schedule(`s${at}`)));
  return tally;
}

const asks: Asks = { noninterference: 'possibilistic', secrets: ['true', 'false'] };
const strict: Asks = { noninterference: 'observational-determinism', secrets: ['true', 'false'] };

describe('possibilistic noninterference', () => {
  it('something that is seen with one secret and never with the other gives it away', () => {
    expect(tallyOf(asks, '0 fast', '0 slow', '1 fast').problems(true)).toEqual([{
      kind: 'noninterference', message: 'the observer may see slow with secret true, but never with secret false', steps: [], executions: 1, clean: 1, schedule: schedule('s1')(), sighting: { secret: 0, observed: 'slow' },
    }]);
  });

  it('the same possibilities, in whatever order, do not', () => {
    expect(tallyOf(asks, '0 fast', '0 slow', '1 slow', '1 fast').problems(true)).toEqual([]);
  });

  it('is not known before everything was explored', () => {
    expect(tallyOf(asks, '0 fast', '0 slow', '1 fast').problems(false)).toEqual([]);
  });
});

describe('observational determinism', () => {
  it('two secrets, two observations', () => {
    expect(tallyOf(strict, '0 fast', '1 slow').problems(false)).toMatchObject([{
      kind: 'observational-determinism', message: 'the observer sees fast with secret true, and slow with secret false', sighting: { secret: 1, observed: 'slow' },
    }]);
  });

  it('the schedule alone is enough', () => {
    expect(tallyOf(strict, '0 fast', '0 slow', '1 fast', '1 slow').problems(true)).toMatchObject([{ message: 'the observer sees fast with secret true, and slow with secret false' }]);
    expect(tallyOf(strict, '0 fast', '0 slow').problems(true)).toMatchObject([{ message: 'with secret true the observer sees fast or slow, as the schedule has it' }]);
  });

  it('one observation is none too many', () => {
    expect(tallyOf(strict, '0 fast', '1 fast', '0 fast').problems(true)).toEqual([]);
  });

  it('the execution that differs is told of at once', () => {
    const tally = tallyOf(strict, '0 fast');
    expect(tally.add(end({ secret: 1, observed: 'fast' }))).toEqual([]);
    expect(tally.add(end({ secret: 1, observed: 'slow' })).map(({ kind }) => kind)).toEqual(['observational-determinism']);
  });
});

describe('both', () => {
  it('an execution that was cut, or showed the observer nothing, is left out', () => {
    const tally = tallyOf(asks, '0 fast', '1 fast');
    tally.add(end({ secret: 0, observed: 'slow', isTruncated: true }));
    tally.add(end({ secret: 1 }));
    expect(tally.problems(true)).toEqual([]);
  });

  it('an execution shows a leak if it gives the sighting', () => {
    const tally = tallyOf(asks, '0 fast', '0 slow', '1 fast');
    const [leak] = tally.problems(true);
    expect(tally.shows(end({ secret: 0, observed: 'slow' }), leak!)).toBe(true);
    expect(tally.shows(end({ secret: 1, observed: 'slow' }), leak!)).toBe(false);
    expect(tally.shows(end({ secret: 0, observed: 'fast' }), leak!)).toBe(false);
  });
});
