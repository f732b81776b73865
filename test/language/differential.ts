import { inspect } from 'node:util';
import ts from 'typescript';
import { checkModule, compile, compileLinked, sharedMemoryNames, type LinkedProgram } from '../../src/language/index.js';
import type { Program } from '../../src/model/index.js';
import { createGlobals } from '../../src/simulator/host/globals.js';
import { Assumptions } from '../../src/simulator/runtime/assumptions.js';
import { createAsyncHelpers } from '../../src/simulator/runtime/async.js';
import { emitHelpers } from '../../src/simulator/runtime/emit-helpers.js';
import { Hooks } from '../../src/simulator/runtime/hooks.js';
import { EventLoop } from '../../src/simulator/runtime/loop.js';
import { OpaqueValues } from '../../src/simulator/runtime/opaque.js';
import { createPromise } from '../../src/simulator/runtime/promise.js';
import type { Recorder } from '../../src/simulator/runtime/recorder.js';
import { createTimers } from '../../src/simulator/runtime/timers.js';

type Evaluated = (...args: unknown[]) => unknown;

/** What a module logged, and last what it exports. */
export type Log = readonly string[];

/** Modules that a program may import. Both runs give it the same. */
const modules: Readonly<Record<string, () => unknown>> = {
  shapes: () => ({ __esModule: true, default: 'the default', Circle: class Circle { radius = 2; }, area: (radius: number) => radius * radius }),
  plain: () => ({ answer: 42 }),
  './style.css': () => ({}),
};

function requireFrom(name: unknown): unknown {
  return modules[String(name)]!();
}

/** Runs a module as Node itself would, with TypeScript only taking the types away. */
export async function runNatively(text: string, file = 'subject.ts'): Promise<Log> {
  const { lines, log } = newLog();
  const { outputText } = ts.transpileModule(text, { fileName: file, compilerOptions: {
    target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, jsx: ts.JsxEmit.React, esModuleInterop: true, experimentalDecorators: true, useDefineForClassFields: true,
  } });
  let pending = 0;
  const counted = (schedule: (run: () => void, delay?: number) => unknown) => (run: () => void, delay?: number) => {
    pending++;
    return schedule(() => { pending--; run(); }, delay);
  };
  const names = { log, setTimeout: counted(setTimeout), setImmediate: counted(setImmediate) };
  const module = { exports: {} };
  const noteUnhandled = (reason: unknown): void => log('unhandled', reason);
  process.on('unhandledRejection', noteUnhandled);
  try {
    const run = new Function('module', 'exports', 'require', ...Object.keys(names), `"use strict";\n${outputText}`) as Evaluated;
    attempt(log, () => Reflect.apply(run, undefined, [module, module.exports, requireFrom, ...Object.values(names)]));
    do await new Promise((resolve) => setImmediate(resolve)); while (pending > 0);
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.off('unhandledRejection', noteUnhandled);
  }
  return [...lines, `exports ${show(module.exports)}`];
}

/** Runs a module lowered and instrumented, on the simulator's promises and hooks. */
export function runInstrumented(text: string, file = 'subject.ts'): Log {
  const { lines, log } = newLog();
  const program = compile(checkModule({ file, text }));
  const { loop, run, exports } = world(program, log);
  attempt(log, () => loop.setup(run));
  for (let event = loop.enabled()[0]; event !== undefined; event = loop.enabled()[0]) loop.fire(event);
  for (const { kind, reason } of loop.errors) log(kind === 'uncaught' ? 'threw' : 'unhandled', reason);
  return [...lines, `exports ${show(exports())}`];
}

/** Lowers a program of several files, the first of which is its entry. */
export function linked(files: Readonly<Record<string, string>>): LinkedProgram {
  const [entry = ''] = Object.keys(files);
  return compileLinked({ file: entry, text: files[entry]! }, (file) => {
    if (Object.hasOwn(files, file)) return { kind: 'file', text: files[file]! };
    return Object.keys(files).some((name) => name.startsWith(`${file}/`)) ? { kind: 'folder' } : undefined;
  });
}

/** What the files log, and last what the one that is run exports; `main` is run instead of the entry, as a worker would. */
export function runLinked(files: Readonly<Record<string, string>>, main?: string): Log {
  const { lines, log } = newLog();
  const { loop, run } = world(linked(files).program, log, main);
  let exported: unknown;
  attempt(log, () => loop.setup(() => { exported = run(); }));
  for (let event = loop.enabled()[0]; event !== undefined; event = loop.enabled()[0]) loop.fire(event);
  for (const { kind, reason } of loop.errors) log(kind === 'uncaught' ? 'threw' : 'unhandled', reason);
  return [...lines, `exports ${show(exported)}`];
}

function world(program: Program, log: (...values: unknown[]) => void, entry?: string): { loop: EventLoop; run: () => unknown; exports: () => unknown } {
  const loop = new EventLoop();
  loop.reset();
  const opaqueOf: { current?: OpaqueValues } = {};
  const { Promise, core } = createPromise(loop, { isExternal: (value) => opaqueOf.current?.promiseOf(value) as Promise<unknown> | undefined });
  const timers = createTimers(loop);
  const assumptions = new Assumptions({});
  const opaque = new OpaqueValues({
    assumptions, effect: () => undefined, unmodelled: () => undefined,
    later: (label, callback) => void loop.addEvent({ label, fire: callback }),
    complete: (label, value) => {
      const promise = core.create();
      loop.addEvent({ label, fire: () => core.resolve(promise, value()) });
      return promise;
    },
  });
  opaqueOf.current = opaque;
  const helpers = { ...createAsyncHelpers(loop, core), ...emitHelpers((value) => opaque.is(value)) };
  const hooks = new Hooks({ loop, opaque, assumptions, recorder: silent, helpers, importModule: (name, load) => Promise.resolve().then(() => (load ? load() : requireFrom(name))), ...(entry === undefined ? {} : { entry }) });
  const globals = createGlobals({ loop, opaque, assumptions, timers, Promise, require: requireFrom, seed: 1 });
  const subject = (0, eval)(program.code) as Evaluated;
  const value = (name: string): unknown => (name === 'log' ? log : sharedMemory[name] ?? globals(name));
  return { loop, run: () => subject(hooks, ...program.names.map(value)), exports: () => (globals('module') as { exports: unknown }).exports };
}

/** The native ones, where no memory is shared with another agent. */
const sharedMemory: Readonly<Record<string, unknown>> = Object.fromEntries(sharedMemoryNames.map((name) => [name, (globalThis as Record<string, unknown>)[name]]));

const silent: Recorder = { access: () => undefined, call: () => undefined, suspend: () => undefined, resume: () => undefined, enter: () => undefined, reached: () => undefined };

function newLog(): { lines: string[]; log: (...values: unknown[]) => void } {
  const lines: string[] = [];
  return { lines, log: (...values) => void lines.push(values.map(show).join(' ')) };
}

function attempt(log: (...values: unknown[]) => void, run: () => void): void {
  try {
    run();
  } catch (error) {
    log('threw', error);
  }
}

/** Async functions are lowered and engines word their own errors as they like: neither is a difference. */
function show(value: unknown): string {
  if (value instanceof Error) return /^(Type|Reference|Range)Error$/.test(value.name) ? value.name : `${value.name}: ${value.message}`;
  if (typeof value === 'string') return value;
  return inspect(value, { depth: 4, breakLength: Infinity }).replace(/\[(?:Async|Generator|AsyncGenerator)+Function/g, '[Function').replace(/Object \[AsyncGenerator\] \{\}/g, 'AsyncGenerator');
}
