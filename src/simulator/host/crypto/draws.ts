import { SETUP, type EventLoop } from '../../runtime/loop.js';
import { outOfRange } from '../buffer/ranges.js';
import { invalidArgument } from '../events/errors.js';
import type { Platform, PlatformWorld } from '../platform.js';
import { seededRandom } from '../random.js';

/** Bytes from the seed of the scenario: as good as chance to a program that does not know it, and the same in every run. */
export type Draw = (count: number) => Uint8Array;

/** Tasks on whose behalf a scenario file is loaded and the scene is set (`races/race-agent.ts`). */
const settingUp: ReadonlySet<string> = new Set([SETUP, 'set-up']);

const draws = new WeakMap<Platform, Draw>();

/** All that an execution draws in an agent comes from one stream, however it asks: so no two draws are the same. */
export function drawOf(platform: Platform, { loop, seed = 1 }: PlatformWorld): Draw {
  let draw = draws.get(platform);
  if (draw === undefined) draws.set(platform, (draw = createDraw(loop, seed)));
  return draw;
}

/**
 * What set-up draws is the same in every agent, for each of them runs it; what an agent draws later is its own. Who draws first gets
 * other bytes than who draws second, so a draw is an access like any other (invariant 8 of the loop).
 */
function createDraw(loop: EventLoop, seed: number): Draw {
  const streams = new Map<string, () => number>();
  return (count) => {
    loop.touch('crypto random', '*', 'write');
    const owner = settingUp.has(loop.task) ? '' : loop.agent;
    let random = streams.get(owner);
    if (random === undefined) streams.set(owner, (random = seededRandom([...`crypto ${owner}`].reduce((mixed, letter) => Math.imul(mixed, 31) + letter.charCodeAt(0), seed))));
    return Uint8Array.from({ length: count }, () => Math.floor(random() * 256));
  };
}

/** `randomInt`: each of `max - min` numbers, `max` not included. */
export function randomInteger(draw: Draw, first: unknown, second: unknown): number {
  const [min, max] = second === undefined ? [0, first] : [first, second];
  if (!Number.isSafeInteger(min)) throw invalidArgument('min', 'a safe integer', min);
  if (!Number.isSafeInteger(max)) throw invalidArgument('max', 'a safe integer', max);
  const [least, end] = [min as number, max as number];
  if (end <= least) throw outOfRange('max', `greater than the value of "min" (${least})`, end);
  const most = 2 ** 48 - 1;
  if (end - least > most) throw outOfRange(second === undefined ? 'max' : 'max - min', `<= ${most}`, end - least);
  return least + Math.floor(draw(6).reduce((sum, byte) => sum * 256 + byte, 0) / 2 ** 48 * (end - least));
}

/** `randomUUID`, of version 4. */
export function randomUuid(draw: Draw): string {
  const bytes = draw(16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Bytes asked for. */
export function requireSize(size: unknown): number {
  if (typeof size !== 'number') throw invalidArgument('size', 'of type number', size);
  if (!(size >= 0 && size <= 2 ** 31 - 1)) throw outOfRange('size', `>= 0 && <= ${2 ** 31 - 1}`, size);
  return Math.trunc(size);
}
