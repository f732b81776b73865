// Runs by itself, in a realm that is locked down: prints differences between real shared memory and the simulated, and what it could change.
import '../../../src/simulator/worker/ses.js';
import { createSharedMemory } from '../../../src/simulator/agents/shared-memory.js';
import { createEvaluator } from '../../../src/simulator/worker/compartment.js';
import { SequentialPort } from './sequential-port.js';
import { randomProgram } from './views-programs.js';
import { nativeGlobals, runProgram } from './views-run.js';

const differences: string[] = [];
const evaluate = createEvaluator();

for (let seed = 1; seed <= 40; seed++) {
  const body = randomProgram(seed, { memory: 'integers', isGrowable: false });
  const [real, simulated] = [nativeGlobals, createSharedMemory(new SequentialPort(), { Promise, tick: () => undefined }).globals].map((globals) => runProgram(body, globals));
  real!.forEach((line, index) => { if (line !== simulated![index]) differences.push(`${seed}: ${line} but ${simulated![index]}`); });
}

/** Inside a compartment, where a program runs. */
const { globals } = createSharedMemory(new SequentialPort(), { Promise, tick: () => undefined });
const names = Object.keys(globals);
const program = evaluate(`(function (${names.join(', ')}) { "use strict";
  const attempts = { method: () => { Int32Array.prototype.map = 1; }, base: () => { Object.getPrototypeOf(Int32Array).from = 1; }, atomics: () => { Atomics.load = 1; }, added: () => { DataView.prototype.mine = 1; } };
  const changed = Object.keys(attempts).filter((name) => { try { attempts[name](); return true; } catch { return false; } });
  class Mine extends Uint8Array { get first() { return this[0]; } }
  const mine = new Mine(new SharedArrayBuffer(4));
  mine[0] = 258;
  return { changed, first: mine.first, mapped: [...mine.map((x) => x + 1)], own: Object.assign(new Int32Array(1), { at: 3 }).at };
})`) as unknown as (...values: unknown[]) => object;
process.stdout.write(JSON.stringify({ differences, ...program(...names.map((name) => globals[name])) }));
