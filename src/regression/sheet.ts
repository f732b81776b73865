import { frameworks, type Framework, type FrameworkName } from './frameworks.js';
import type { Call, Observer, Stub, TestPlan, Value } from './plan.js';
import type { Style } from './style.js';
import { notedName } from './snippets.js';
import { isNothing, writeArgument, writeValue, type Noted } from './write-value.js';
import { Writer } from './writer.js';

/**
 * In which order the tasks run: as the witness says; the same, but all tasks are started in one turn, as a person would write it; or one after the other, with
 * everything from outside answering at once.
 */
export type Order = 'witness' | 'started-at-once' | readonly number[];

export interface Rendering {
  readonly plan: TestPlan;
  readonly framework: FrameworkName;
  readonly style: Style;
}

/** One test file that is being written: what it is about, and how what comes from outside is named in it. */
export class Sheet {
  readonly plan: TestPlan;
  readonly framework: Framework;
  readonly w: Writer;
  readonly order: Order;
  /** Stubs that have a variable; others are written where they are used. */
  readonly named: ReadonlySet<Stub>;
  /** Of them those that stand in for what a module gives, and so are made before it is imported. */
  readonly hoisted: ReadonlySet<Stub>;
  readonly watched: ReadonlySet<Stub>;
  readonly usesTimers: boolean;
  /** It is the test that is kept, not an observation. */
  readonly isKept: boolean;
  /** The subject is imported within the test, once stand-ins know their answers: it asks them while it is loaded. */
  readonly importsLate: boolean;

  /** `observer`: the only one that is asked; absent: all of the plan's. An observation imports as late as can be. */
  constructor({ plan, framework, style }: Rendering, order: Order, observer?: Observer, importsLate = mayImportLate(plan, framework)) {
    this.plan = plan;
    this.framework = frameworks[framework];
    this.w = new Writer(style);
    this.order = order;
    const looked = (observer ? [observer] : plan.observers).flatMap((one) => (one.kind === 'calls' || one.kind === 'arguments' || one.kind === 'most' ? [one.stub] : []));
    this.watched = new Set(plan.stubs.filter((stub) => (observer ? observer.kind === 'most' && observer.stub === stub : stub.isWatched)));
    this.named = new Set(plan.stubs.filter((stub) => looked.includes(stub) || stub.calls.some(({ pending }) => pending !== undefined) || stub.later !== undefined || new Set(stub.calls.map(({ value }) => value)).size > 1));
    this.hoisted = new Set(plan.modules.flatMap(({ entries }) => entries.flatMap(([, value]) => stubsIn(value, this.named))));
    this.isKept = observer !== undefined;
    this.importsLate = importsLate;
    this.usesTimers = plan.steps.some(({ kind }) => kind === 'timer');
  }

  isMocking(name: FrameworkName): boolean {
    return this.plan.modules.length > 0 && this.framework.name === name;
  }

  /** The test settles what comes from outside. */
  get isForced(): boolean {
    return typeof this.order === 'string';
  }

  /** A stub as an expression: its variable, or all of it. */
  readonly stub = (stub: Stub): string => (this.named.has(stub) ? this.nameOf(stub) : this.inPlace(stub));

  /** What a factory of jest's may name begins with `mock`. */
  nameOf(stub: Stub): string {
    return this.hoisted.has(stub) && this.framework.name === 'jest' ? `mock${stub.name.slice(0, 1).toUpperCase()}${stub.name.slice(1)}` : stub.name;
  }

  inPlace(stub: Stub): string {
    if (stub.callback) return this.callback(stub);
    const value = this.value(stub.fallback);
    const text = value.startsWith('{') ? `(${value})` : value === 'undefined' ? '{}' : value;
    return `${stub.isPromise ? 'async ' : ''}() => ${text}`;
  }

  /** A function that calls the function it is given. */
  callback({ callback, name }: Stub): string {
    const { position, value } = callback!;
    const { isTypeScript } = this.w.style;
    const before = Array.from({ length: position }, (_, index) => `_${name}${index + 1}${isTypeScript ? ': unknown' : ''}`);
    return `(${[...before, `run${isTypeScript ? ': (value: never) => unknown' : ''}`].join(', ')}) => run(${this.value(value)}${isTypeScript ? ' as never' : ''})`;
  }

  value(value: Value, stub: (stub: Stub) => string = this.stub): string {
    return writeValue(this.w, value, stub, this.#noted);
  }

  argument(value: Value): string {
    return writeArgument(this.w, value, this.stub, this.#noted);
  }

  /** An observation tells what was asked in vain. */
  readonly #noted: Noted = (label, text) => (this.isKept || label === '' ? text : `${notedName}(${JSON.stringify(label)}, ${text})`);

  call({ callee, isNew, arguments: given }: Call): string {
    return `${isNew ? 'new ' : ''}${callee}(${given.map((value) => this.argument(value)).join(', ')})`;
  }
}

/** Where modules are replaced by what the test says of them; a variable that is exported shows what it holds only through a static import. */
function mayImportLate({ modules, imports, observers }: TestPlan, framework: FrameworkName): boolean {
  const isVariable = ({ local }: { readonly local: string }): boolean => observers.some((one) => one.kind === 'state' && one.expression === local);
  return modules.length > 0 && (framework === 'vitest' || framework === 'jest') && !imports.some(isVariable);
}

/** Whatever is called: it gives `undefined`. */
export function givesNothing({ calls, fallback, isPromise }: Stub): boolean {
  return !isPromise && [fallback, ...calls.map(({ value }) => value)].every(isNothing);
}

function stubsIn(value: Value, named: ReadonlySet<Stub>): Stub[] {
  switch (value.kind) {
    case 'stub': return named.has(value.stub) ? [value.stub] : [...stubsIn(value.stub.fallback, named), ...(value.stub.callback ? stubsIn(value.stub.callback.value, named) : [])];
    case 'object': return value.entries.flatMap(([, item]) => stubsIn(item, named));
    case 'array': return value.items.flatMap((item) => stubsIn(item, named));
    case 'class': return stubsIn(value.instance, named);
    default: return [];
  }
}
