import ts from 'typescript';
import { createAsyncHelpers } from '../../src/simulator/runtime/async.js';
import { EventLoop, type LoopError } from '../../src/simulator/runtime/loop.js';
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
  const names = { Promise, ...createAsyncHelpers(loop, core), ...timers, process: { nextTick: timers.nextTick } };
  return { loop, Promise, core, timers, names };
}

const world = simulatedWorld();
const timers = world.timers;
const scope = world.names;

/** Programs lowered together, for most of the time goes into starting the compiler. Each is a function of `log`. */
function lowerAll(programs: readonly string[]): ((log: (line: string) => void) => void)[] {
  const text = programs.map((program, index) => `function program${index}(log) {\n${program}\n}`).join('\n');
  const list = programs.map((_, index) => `program${index}`).join(', ');
  return new Function(...Object.keys(scope), `${lower(text)}\nreturn [${list}];`)(...Object.values(scope)) as ((log: (line: string) => void) => void)[];
}

/** What each program logs in the one order that Node would take; they use timers of one kind only, so there is just one. */
export function runSimulated(programs: readonly string[]): string[][] {
  return lowerAll(programs).map(runOne);
}

function runOne(program: (log: (line: string) => void) => void): string[] {
  const { loop } = world;
  const lines: string[] = [];
  let reported = 0;
  const report = (): void => {
    for (; reported < loop.errors.length; reported++) lines.push(describe(loop.errors[reported]!));
  };
  loop.reset();
  timers.reset();
  loop.setup(() => program((line) => lines.push(line)));
  report();
  for (let event = loop.enabled()[0]; event !== undefined; event = loop.enabled()[0]) {
    loop.fire(event);
    report();
  }
  return lines;
}

function describe({ kind, reason }: LoopError): string {
  const text = reason instanceof Error ? reason.name : typeof reason === 'number' ? String(reason) : typeof reason;
  return `${kind === 'uncaught' ? 'uncaught' : 'unhandled'} ${text}`;
}
