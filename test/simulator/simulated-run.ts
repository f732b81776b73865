import ts from 'typescript';
import { ownGlobals } from '../../src/simulator/host/global-names.js';
import { Platform, platformModels, platformNames } from '../../src/simulator/host/platform.js';
import { Assumptions } from '../../src/simulator/runtime/assumptions.js';
import { createAsyncHelpers } from '../../src/simulator/runtime/async.js';
import { emitHelpers } from '../../src/simulator/runtime/emit-helpers.js';
import { EventLoop, type LoopError } from '../../src/simulator/runtime/loop.js';
import { OpaqueValues } from '../../src/simulator/runtime/opaque.js';
import { createPromise } from '../../src/simulator/runtime/promise.js';
import { createTimers } from '../../src/simulator/runtime/timers.js';

/** TypeScript's emit to ES2016: async functions are generators, and the helpers are free names. */
export function lower(program: string): string {
  const compilerOptions = { target: ts.ScriptTarget.ES2016, module: ts.ModuleKind.ESNext, noEmitHelpers: true, alwaysStrict: false };
  return ts.transpileModule(program, { compilerOptions }).outputText;
}

/** A world of one loop, with the names that a program may use. */
export function simulatedWorld() {
  const loop = new EventLoop();
  const { Promise, core } = createPromise(loop);
  const timers = createTimers(loop);
  const names = { Promise, ...emitHelpers(() => false), ...createAsyncHelpers(loop, core), ...timers };
  return { loop, Promise, core, timers, names };
}

const world = simulatedWorld();
const timers = world.timers;
const scope = world.names;
const opaque = new OpaqueValues({ assumptions: new Assumptions({}), complete: () => ({}), later: () => undefined, effect: () => undefined, unmodelled: () => undefined });

/** What each execution has of its own, by the names that programs use. */
const ownNames = ['log', 'require', 'track', 'process', ...platformNames, ...Object.keys(ownGlobals)];

function ownValues(log: (line: string) => void): unknown[] {
  const platform = new Platform({ ...world, opaque, hasMachine: true });
  const models = platformModels(() => platform, scope, { hasMachine: true });
  const own: Record<string, unknown> = { log, require: (name: string) => models[name]!(), track: () => undefined, process: { nextTick: timers.nextTick, pid: 1, ...platform.processMembers(1) } };
  return ownNames.map((name) => own[name] ?? platform.global(name));
}

/** Programs lowered together, for most of the time goes into starting the compiler. */
function lowerAll(programs: readonly string[]): ((...own: unknown[]) => void)[] {
  const text = programs.map((program, index) => `function program${index}(${ownNames.join(', ')}) {\n${program}\n}`).join('\n');
  const list = programs.map((_, index) => `program${index}`).join(', ');
  return new Function(...Object.keys(scope), `${lower(text)}\nreturn [${list}];`)(...Object.values(scope)) as ((...own: unknown[]) => void)[];
}

/** What each program logs in the one order that Node would take; they use timers of one kind only, so there is just one. */
export function runSimulated(programs: readonly string[]): string[][] {
  return lowerAll(programs).map(runOne);
}

function runOne(program: (...own: unknown[]) => void): string[] {
  const { loop } = world;
  const lines: string[] = [];
  loop.reset();
  timers.reset();
  // An error stands where it happens, as it does in Node.
  loop.errors = Object.assign([], { push: (...errors: LoopError[]) => lines.push(...errors.map(describe)) });
  loop.setup(() => program(...ownValues((line) => lines.push(line))));
  for (let event = loop.enabled()[0]; event !== undefined; event = loop.enabled()[0]) loop.fire(event);
  return lines;
}

function describe({ kind, reason }: LoopError): string {
  const text = reason instanceof Error ? reason.name : typeof reason === 'number' ? String(reason) : typeof reason;
  return `${kind === 'uncaught' ? 'uncaught' : 'unhandled'} ${text}`;
}
