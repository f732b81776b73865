import { describe, expect, it } from 'vitest';
import { Footprint, Keys, randomNumbers, type PendingEvent } from '../../src/simulator/explore/index.js';
import { TraceClass } from '../../src/simulator/explore/trace-class.js';

const keys = new Keys();
const [x, y, z] = ['x', 'y', 'z'].map((name) => keys.of(name, 'value')) as [number, number, number];
const footprints = [new Footprint(keys, [x], []), new Footprint(keys, [], [x]), new Footprint(keys, [y], [z]), new Footprint(keys, [z], [y]), new Footprint(keys, [], [])];
const events = ['a', 'b', 'c', 'a>1', 'b>1'].map((id): PendingEvent => ({ id, task: id[0]!, label: id, ...(id.length > 1 && { creator: id[0] }) }));

interface Fired {
  readonly event: PendingEvent;
  readonly footprint: Footprint;
}

/** The name of the path, and of the past of one more event, by a class that has seen nothing else. */
function asNew(path: readonly Fired[], next: Fired): string {
  const paths = new TraceClass();
  path.forEach(({ event, footprint }, depth) => paths.add(depth, event, footprint));
  return `${paths.name(path.length)}, ${paths.pastOf(path.length, next.event, next.footprint)}`;
}

describe('the name of a class', () => {
  it('is the same whatever paths were looked at before, of which some of the beginning may be the same', () => {
    const random = randomNumbers(7);
    const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!;
    const drawn = (): Fired => ({ event: pick(events), footprint: pick(footprints) });
    const paths = new TraceClass();
    let path: Fired[] = [];
    for (let round = 0; round < 5_000; round++) {
      const depth = Math.floor(random() * (path.length + 1));
      path = path.slice(0, depth);
      // What a search tries without going there, and then where it goes, once more or anew.
      const tried = drawn();
      if (random() < 0.5) paths.add(depth, tried.event, tried.footprint);
      const fired = random() < 0.5 ? tried : drawn();
      if (path.length < 7) path.push(fired);
      path.slice(depth).forEach(({ event, footprint }, rank) => paths.add(depth + rank, event, footprint));
      const next = drawn();
      expect(`${paths.name(path.length)}, ${paths.pastOf(path.length, next.event, next.footprint)}`).toBe(asNew(path, next));
    }
  });

  it('tells orders of dependent events apart, and not those of independent ones', () => {
    const nameOf = (...path: Fired[]): string => asNew(path, { event: events[2]!, footprint: footprints[4]! });
    const [a, b] = events as [PendingEvent, PendingEvent];
    const [reads, writes, other] = footprints as [Footprint, Footprint, Footprint];
    expect(nameOf({ event: a, footprint: reads }, { event: b, footprint: writes })).not.toBe(nameOf({ event: b, footprint: writes }, { event: a, footprint: reads }));
    expect(nameOf({ event: a, footprint: reads }, { event: b, footprint: other })).toBe(nameOf({ event: b, footprint: other }, { event: a, footprint: reads }));
  });
});
