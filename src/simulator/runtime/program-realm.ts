import type { OutsideUse } from '../../model/index.js';
import type { modelledPackages } from '../modelled.js';
import { createAsyncMutex } from '../host/async-mutex.js';
import { createImmer } from '../host/immer.js';
import { KeptFiles } from '../host/kept-files.js';
import { createReact, Rendering, type Moment } from '../host/react/index.js';
import { platformModels, type Platform } from '../host/platform.js';
import { Assumptions, mostConditions } from './assumptions.js';
import { createAsyncHelpers, createDisposableStacks } from './async.js';
import { emitHelpers } from './emit-helpers.js';
import { Faults } from './faults.js';
import type { EventLoop } from './loop.js';
import { OpaqueValues, type OpaqueWorld, type StudiedUse } from './opaque.js';
import { createPromise } from './promise.js';
import type { Recorder } from './recorder.js';
import { seal, sealClasses } from './sealed.js';
import { createTimers } from './timers.js';

/** What somebody wants to hear of values from outside. */
export interface OutsideNotes extends Pick<OpaqueWorld, 'unmodelled' | 'keeps'> {
  /** Told of what is done with values from outside. */
  readonly used?: (use: OutsideUse) => void;
  /** See `PlatformWorld`. */
  readonly hasMachine?: boolean;
}

/**
 * What all executions of a program on one event loop have in common: promises, timers, values from outside. Sealed, so that none leaves
 * anything behind; and so one realm may serve one program after the other.
 */
export class ProgramRealm {
  readonly loop: EventLoop;
  readonly assumptions: Assumptions;
  readonly opaque: OpaqueValues;
  readonly promise;
  readonly timers;
  readonly helpers;
  readonly disposal;
  readonly faults: Faults;
  /** Components of the program. */
  readonly rendering: Rendering;
  /** Files, where a scenario says what they hold. */
  readonly files: KeptFiles;
  /** Who writes down what happens in the execution at hand. */
  recorder: Pick<Recorder, 'access'> & { readonly lastSite: number | undefined } = { access: () => undefined, lastSite: undefined };
  /** How far the execution at hand is. */
  moment: () => Moment = () => ({ step: 0, position: 0 });
  /** Modules that the simulator has itself. */
  readonly models: Readonly<Record<string, () => unknown>>;
  /** The platform of the execution at hand. */
  platform: Platform | undefined;
  #notes: OutsideNotes;
  /** The one whose scenario was the last. */
  #program: object | undefined;
  /** Id of the event that was made last for a value that somebody waits for. */
  #lastCompletion = '';

  constructor(loop: EventLoop, assumptions: Readonly<Record<string, boolean>>, notes: OutsideNotes) {
    this.loop = loop;
    this.#notes = notes;
    this.assumptions = new Assumptions(assumptions, () => loop.abort(`the code asked ${mostConditions} things of values from outside without coming to rest`, 'steps'));
    this.promise = createPromise(loop, { isExternal: (value) => this.opaque.promiseOf(value) as Promise<unknown> | undefined });
    this.timers = createTimers(loop);
    this.faults = new Faults(loop);
    const studied = (use: StudiedUse): void => this.#notes.used?.(this.#completed(use));
    const notesNow = (): OutsideNotes => this.#notes;
    this.opaque = new OpaqueValues({
      get used() { return notesNow().used && studied; },
      unmodelled: (what) => this.#notes.unmodelled(what),
      ...(notes.keeps && { keeps: (what: string) => this.#notes.keeps?.(what) }),
      assumptions: this.assumptions,
      complete: (label, value, name) => this.complete(label, value, name),
      later: (label, callback) => loop.addEvent({ label, fire: callback }).id,
      effect: () => undefined,
      born: () => ({ turn: loop.turnName, rank: loop.countPromise() }),
      waits: (place, kind) => this.#wait(place, kind),
    });
    this.helpers = Object.freeze({ ...createAsyncHelpers(loop, this.promise.core), ...emitHelpers((value) => this.opaque.is(value) && this.opaque.decorates(value), (value) => this.opaque.is(value)) });
    this.disposal = createDisposableStacks({ loop, core: this.promise.core, hooks: {} });
    sealClasses(this.promise.Promise, ...Object.values(this.disposal));
    seal(this.helpers, ...Object.values(this.helpers as Record<string, object>), ...Object.values(this.timers));
    this.rendering = new Rendering({
      isOutside: (value) => this.opaque.is(value), labelOf: this.opaque.labelOf, born: (object) => this.loop.identity.born(object),
      later: (run) => this.loop.queueMicrotask(run), touch: (component, kind) => this.loop.touch(this.loop.identity.of(component), 'render', kind),
      moment: () => this.moment(), overrun: () => { this.loop.bounded ??= 'renders'; },
    });
    const { useState, useReducer, useRef, useMemo, useCallback, useEffect, useEffectEvent } = this.rendering;
    seal(useState, useReducer, useRef, useMemo, useCallback, useEffect, useEffectEvent);
    this.files = new KeptFiles({
      labelOf: this.opaque.labelOf, complete: (label, value) => this.complete(label, value), later: (label, callback) => void loop.addEvent({ label, fire: callback }),
      site: () => this.recorder.lastSite ?? 0, access: (site, kind, file, value) => this.recorder.access(site, kind, file, 'text', value),
      isMadeOutside: (text) => this.opaque.isMadeOutside(text), unmodelled: (what) => this.#notes.unmodelled(what),
    });
    const { setTimeout, clearTimeout } = this.timers;
    const packages: Record<(typeof modelledPackages)[number], () => unknown> = {
      'async-mutex': () => createAsyncMutex({ Promise: this.promise.Promise, awaiter: this.helpers.__awaiter as never, setTimeout: setTimeout as never, clearTimeout: clearTimeout as never, touch: (lock, kind) => this.loop.touch(this.loop.identity.of(lock), 'state', kind) }),
      react: () => createReact(this.rendering, (name) => this.#outside(name)),
      immer: () => createImmer({
        alias: (version, of) => this.loop.identity.alias(version, of), succeed: (version, of) => this.loop.identity.succeed(version, of),
        isOutside: (value) => this.opaque.is(value), isMixed: (value) => this.opaque.restLabelOf(value) !== undefined,
      }),
    };
    this.models = {
      ...packages,
      ...platformModels(() => this.platform!, this.helpers, { hasMachine: notes.hasMachine === true }),
    };
  }

  /** What a modelled package gives beside what is modelled. */
  #outside(name: string): object {
    this.opaque.found({ kind: 'import', value: name, specifier: 'react', name });
    return this.opaque.make(name);
  }

  /** With what values from outside do not know themselves. */
  #completed(use: StudiedUse): OutsideUse {
    if (use.kind === 'call') return { ...use, task: this.loop.task };
    return use.kind === 'wait' ? { ...use, event: this.#lastCompletion } : use;
  }

  /** The turn that made a value comes before all that know it. */
  #wait(place: unknown, kind: 'read' | 'write'): void {
    const { loop } = this;
    if (typeof place === 'string') return loop.touch(`waiting for ${place}`, 'completion', kind);
    const { turn, rank } = place as { readonly turn: EventLoop['turnName']; readonly rank: number };
    if (turn !== loop.turnName) loop.touchPromise(turn, rank, kind);
  }

  /**
   * For another scenario, whose executions are as if the realm had just been made. What events, objects and values from outside are
   * called follows from the program, so what is known of them serves its other scenarios; to those of another program it means nothing.
   */
  renew(program: object, assumptions: Readonly<Record<string, boolean>>, notes: OutsideNotes): void {
    this.#notes = notes;
    this.platform = undefined;
    this.timers.reset();
    this.assumptions.renew(assumptions);
    if (program === this.#program && !this.loop.isCrowded) return;
    this.#program = program;
    this.loop.renew();
    this.opaque.renew();
  }

  /** A promise that an event settles; with a name it may fail. */
  complete(label: string, value: () => unknown, name?: string): Promise<unknown> {
    const { core } = this.promise;
    const promise = core.create();
    const fire = (): void => core.resolve(promise, value());
    const event = name === undefined ? this.loop.addEvent({ label, fire }) : this.faults.add({ label, name, fire, fail: (error) => core.reject(promise, error) });
    this.#lastCompletion = event.id;
    return promise;
  }
}
