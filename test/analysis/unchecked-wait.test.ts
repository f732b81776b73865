import { describe, expect, test } from 'vitest';
import { findings } from './expectations.js';

const pairs: Record<string, readonly [racy: string, cured: string]> = {
  'a lock': [
    'export function lock(v) { if (Atomics.compareExchange(v, 0, 0, 1) !== 0) Atomics.wait(v, 0, 1); }',
    'export function lock(v) { while (Atomics.compareExchange(v, 0, 0, 1) !== 0) Atomics.wait(v, 0, 1); }',
  ],
  'an exchange': [
    'export function lock(v) { if (Atomics.exchange(v, 0, 2)) { Atomics.wait(v, 0, 2); } }',
    'export function lock(v) { while (Atomics.exchange(v, 0, 2)) { Atomics.wait(v, 0, 2); } }',
  ],
  'a wait that is a promise': [
    'export async function pass(v) { if (Atomics.load(v, 0) !== 1) { const wait = Atomics.waitAsync(v, 0, 0); if (wait.async) await wait.value; } Atomics.store(v, 0, 0); }',
    'export async function pass(v) { while (Atomics.compareExchange(v, 0, 1, 0) !== 1) { const wait = Atomics.waitAsync(v, 0, 0); if (wait.async) await wait.value; } }',
  ],
  'a method': [
    'export class Lock { take() { if (Atomics.compareExchange(this.v, 0, 0, 1) === 1) { Atomics.wait(this.v, 0, 1); } return true; } }',
    'export class Lock { take() { for (;;) { if (Atomics.compareExchange(this.v, 0, 0, 1) === 0) return true; Atomics.wait(this.v, 0, 1); } } }',
  ],
  'a time that is up': [
    'export function get(v) { Atomics.wait(v, 0, 0, 500); return Atomics.load(v, 1); }',
    'export function get(v) { while (Atomics.load(v, 0) === 0) { if (Atomics.wait(v, 0, 0, 500) === "timed-out") throw new Error("late"); } return Atomics.load(v, 1); }',
  ],
  'a helper that makes the promise to wait for': [
    'export class Jobs { #jobs = []; #sleepers = []; put(job) { this.#jobs.push(job); this.#sleepers.shift()?.(); } #sleep() { return new Promise((resolve) => this.#sleepers.push(resolve)); } async take() { if (this.#jobs.length === 0) await this.#sleep(); return this.#jobs.shift(); } }',
    'export class Jobs { #jobs = []; #sleepers = []; put(job) { this.#jobs.push(job); this.#sleepers.shift()?.(); } #sleep() { return new Promise((resolve) => this.#sleepers.push(resolve)); } async take() { while (this.#jobs.length === 0) await this.#sleep(); return this.#jobs.shift(); } }',
  ],
  'a try in a loop': [
    'export const take = (v) => { if (Atomics.compareExchange(v, 0, 0, 1) !== 0) { Atomics.wait(v, 0, 1); } };',
    'export const take = (v) => { for (;;) { if (Atomics.compareExchange(v, 0, 0, 1) !== 0) { Atomics.wait(v, 0, 1); } else return; } };',
  ],
};

describe.each(Object.entries(pairs))('%s', (_, [racy, cured]) => {
  test('is reported once', () => expect(findings(racy).map(({ rule }) => rule)).toEqual(['unchecked-wait']));
  test('is met with silence when cured', () => expect(findings(cured)).toEqual([]));
});

test.each([
  ['time that passes', 'export function sleep(ms) { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms); }'],
  ['a result that comes once', 'export function get(v) { if (Atomics.load(v, 0) === 0) Atomics.wait(v, 0, 0); return v[1]; }'],
  ['a wait whose cell is looked at again', 'export function get(v) { Atomics.wait(v, 0, 0, 500); return Atomics.load(v, 0) === 1 ? v[1] : undefined; }'],
  ['a wait that only what is waited for ends', 'export function get(v) { Atomics.wait(v, 0, 0, Infinity); return v[1]; }'],
  ['another cell', 'export function f(v) { if (Atomics.compareExchange(v, 0, 0, 1) !== 0) Atomics.wait(v, 1, 0); }'],
  ['work that the first does, with an else', 'export function f(v) { if (Atomics.compareExchange(v, 0, 0, 1) !== 0) Atomics.wait(v, 0, 1); else { fill(v); Atomics.store(v, 0, 2); Atomics.notify(v, 0); } }'],
  ['work that the first does, with a return', 'export function f(v) { if (Atomics.compareExchange(v, 0, 0, 1) !== 0) { Atomics.wait(v, 0, 1); return; } fill(v); Atomics.store(v, 0, 2); Atomics.notify(v, 0); }'],
  ['a lock that calls itself', 'export function lock(v) { if (Atomics.compareExchange(v, 0, 0, 1) !== 0) { Atomics.wait(v, 0, 1); lock(v); } }'],
])('%s is met with silence', (_, code) => expect(findings(code)).toEqual([]));
