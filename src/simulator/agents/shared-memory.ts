import { SimulatedAtomics } from './atomics.js';
import { SimulatedDataView, sharedDataViewOf } from './data-views.js';
import { elementTypes } from './elements.js';
import type { AgentHost } from './operations.js';
import { createPrimitives, type Primitives } from './primitives.js';
import { SharedAccess, type AgentRealm } from './shared-access.js';
import { adoptBuffer, createSharedArrayBuffer, sharedBufferOf, type BufferPlan } from './shared-buffer.js';
import { SharedNames } from './shared-names.js';
import { spin } from './spin.js';
import { typedArrays } from './typed-arrays.js';
import { viewOf } from './views.js';

/** What the code of one agent sees of shared memory. It may serve one instance of the agent after another, if the port does. */
export interface SharedMemoryOfAgent {
  /** Values for names of the program: `SharedArrayBuffer`, `Atomics`, `DataView` and the typed arrays. */
  readonly globals: Readonly<Record<string, unknown>>;
  /** Exports of the module `raceproof`. */
  readonly primitives: Primitives;
  /** The source calls an object so, or the objects in an array or object literal: `forks` makes `forks[1]`. */
  name(value: unknown, name: string): void;
  /** The agent starts anew: names may be given again. */
  forgetNames(): void;
  /** `while (condition());`, see `spin`. */
  spin(site: number, condition: () => unknown): void;
  /** How to make shared memory in another agent: of a `SharedArrayBuffer`; undefined for every other value. */
  planOf(value: unknown): BufferPlan | undefined;
  /** A `SharedArrayBuffer` over memory that another agent (or this one) has made. */
  adopt(plan: BufferPlan): object;
}

export function createSharedMemory(port: AgentHost, realm: AgentRealm): SharedMemoryOfAgent {
  const names = new SharedNames();
  const access = new SharedAccess(port, realm, names);
  const SharedArrayBuffer = createSharedArrayBuffer(access);
  return {
    globals: { ...ordinaryGlobals, SharedArrayBuffer },
    primitives: createPrimitives(access),
    name: (value, name) => names.give(value, name),
    forgetNames: () => names.forget(),
    spin: (site, condition) => spin(access, site, condition),
    planOf: (value) => sharedBufferOf(value)?.plan,
    adopt: (plan) => adoptBuffer(access, SharedArrayBuffer, plan),
  };
}

/** The same for all agents, and frozen: they do as the engine's on ordinary memory. */
const ordinaryGlobals: Readonly<Record<string, unknown>> = Object.freeze({
  Atomics: SimulatedAtomics, DataView: SimulatedDataView, ...Object.fromEntries(elementTypes.map((type) => [`${type}Array`, typedArrays[type]])),
});

/** A view of shared memory as plain facts, for structured clones; undefined for every other value. */
export function sharedViewPlan(value: unknown): SharedViewPlan | undefined {
  const view = viewOf(value);
  if (view) return { constructor: `${view.type}Array`, buffer: view.buffer.object, byteOffset: view.byteOffset, ...(!view.isTracking && { length: view.length }) };
  const data = sharedDataViewOf(value);
  return data && { constructor: 'DataView', buffer: data.buffer.object, byteOffset: data.byteOffset, ...(!data.isTracking && { length: data.byteLength }) };
}

/** `new globals[constructor](buffer, byteOffset, length)` makes it again; without a length it follows a growable buffer. */
export interface SharedViewPlan {
  readonly constructor: string;
  readonly buffer: object;
  readonly byteOffset: number;
  readonly length?: number;
}
