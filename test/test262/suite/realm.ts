import { createGlobals } from '../../../src/simulator/host/globals.js';
import { createModules } from '../../../src/simulator/host/modules.js';
import { Assumptions } from '../../../src/simulator/runtime/assumptions.js';
import { createAsyncHelpers, createDisposableStacks } from '../../../src/simulator/runtime/async.js';
import { emitHelpers } from '../../../src/simulator/runtime/emit-helpers.js';
import { Hooks } from '../../../src/simulator/runtime/hooks.js';
import { EventLoop } from '../../../src/simulator/runtime/loop.js';
import { OpaqueValues } from '../../../src/simulator/runtime/opaque.js';
import { createPromise } from '../../../src/simulator/runtime/promise.js';
import type { Recorder } from '../../../src/simulator/runtime/recorder.js';
import type { Subject } from '../../../src/simulator/runtime/runner.js';
import { seal, sealClasses } from '../../../src/simulator/runtime/sealed.js';
import { createTimers } from '../../../src/simulator/runtime/timers.js';

/** A compiled file: one of the suite's harness, or the test itself. */
export interface Piece {
  readonly code: string;
  readonly names: readonly string[];
}

/** What a test did: the lines it gave to `print`, and the error that ended it. */
export interface RealmRun {
  readonly printed: readonly string[];
  readonly thrown?: { readonly name: string; readonly message: string };
}

export interface RunOptions {
  /** Prints a rejection that nobody handled, at the end of its turn. */
  readonly tellsUnhandled?: boolean;
  /** Values for free names of the programs. */
  readonly given?: Readonly<Record<string, unknown>>;
}

/** Runs a test with its harness, from the start. */
export type Realm = (pieces: readonly Piece[], options?: RunOptions) => RealmRun;

const silent: Recorder = { access: () => undefined, call: () => undefined, suspend: () => undefined, resume: () => undefined, enter: () => undefined, reached: () => undefined };
const steps = 2_000_000;
/** More events than any test of the suite makes; one that goes on beyond is cut off there and fails. */
const eventLimit = 10_000;

export interface RealmOptions {
  readonly evaluate: (code: string) => Subject;
  /** As `ScenarioRunner` has it: what executions share is sealed, and unknown names are values from outside. */
  readonly isSubject: boolean;
}

/** The simulator's world for one test after the other. */
export function createRealm({ evaluate, isSubject }: RealmOptions): Realm {
  const loop = new EventLoop();
  const { Promise, core } = createPromise(loop);
  const timers = createTimers(loop);
  const helpers = { ...createAsyncHelpers(loop, core), ...emitHelpers(() => false) } as Record<string, object>;
  const disposal = createDisposableStacks({ loop, core, hooks: {} });
  if (isSubject) {
    sealClasses(Promise, ...Object.values(disposal));
    seal(helpers, ...Object.values(helpers), ...Object.values(timers));
  }

  return (pieces, { tellsUnhandled = false, given = {} } = {}) => {
    loop.reset({ steps });
    timers.reset();
    const assumptions = new Assumptions({});
    const opaque = new OpaqueValues({ assumptions, complete: () => core.create(), later: () => undefined, effect: () => undefined, unmodelled: () => undefined });
    const hooks = new Hooks({ loop, opaque, assumptions, recorder: silent, helpers, importModule: () => core.create() });
    const platform = createGlobals({ loop, opaque, assumptions, timers, Promise, require: createModules(opaque, {}), seed: 1, disposal });
    const printed: string[] = [];
    const suite: Record<string, unknown> = { ...given, print: (line: unknown) => void printed.push(String(line)) };
    const global = platform('globalThis') as Record<string, unknown>;
    const run = ({ code, names }: Piece): void => {
      const values = new Map(names.map((name) => [name, Object.hasOwn(suite, name) ? suite[name] : platform(name)]));
      const known = isSubject ? names : names.filter((name) => !opaque.is(values.get(name)));
      evaluate(withParameters(code, known))(hooks, ...known.map((name) => values.get(name)));
      for (const [name, read] of hooks.exposed) suite[name] = read();
      if ('$DONE' in suite) global['$DONE'] = suite['$DONE'];
    };
    let told = 0;
    const tell = (): void => {
      for (; tellsUnhandled && told < loop.errors.length; told++) printed.push(`unhandled ${reasonText(loop.errors[told]!.reason)}`);
    };
    loop.setup(() => pieces.forEach(run));
    tell();
    for (let count = 0, event = loop.enabled()[0]; event !== undefined && count < eventLimit; event = loop.enabled()[0], count++) {
      loop.fire(event);
      tell();
    }
    const error = loop.errors.find(({ kind }) => kind === 'uncaught');
    return error ? { printed, thrown: errorText(error.reason) } : { printed };
  };
}

function withParameters(code: string, names: readonly string[]): string {
  return code.replace(/^\(function \(__rp, [^)]*\)/, () => `(function (${['__rp', ...names].join(', ')})`);
}

/** As `native-run.mjs` tells it. */
function reasonText(reason: unknown): string {
  if (reason instanceof Error) return reason.name;
  return typeof reason === 'number' ? String(reason) : typeof reason;
}

function errorText(reason: unknown): { name: string; message: string } {
  if (typeof reason !== 'object' || reason === null) return { name: typeof reason, message: String(reason) };
  const { message, constructor } = reason as { message?: unknown; constructor?: { name?: string } };
  return { name: constructor?.name ?? 'object', message: String(message) };
}
