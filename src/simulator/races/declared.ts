import type { NoninterferenceForm } from '../oracle/index.js';

type Callable = (...args: never[]) => unknown;

/** What `agent(fn)` made. */
export class AgentTask {
  readonly run: () => unknown;

  constructor(run: () => unknown) {
    this.run = run;
  }
}

/** What `scenario(setup, options)` made. */
export class DeclaredScenario {
  readonly setUp: (secret: unknown) => unknown;
  readonly secrets: readonly unknown[];
  readonly noninterference: NoninterferenceForm | undefined;
  /** Bytes that a pipe between processes holds. */
  readonly pipeCapacity: number | undefined;
  /** Calls of the outside may fail, each once in an execution. */
  readonly hasFaults: boolean;
  /** Which conditions on values from outside hold, by their text. */
  readonly assume: Readonly<Record<string, boolean>>;

  constructor(setUp: (secret: unknown) => unknown, secrets: readonly unknown[], { noninterference, pipeCapacity, hasFaults = false, assume = {} }: { readonly noninterference?: NoninterferenceForm | undefined; readonly pipeCapacity?: number | undefined; readonly hasFaults?: boolean; readonly assume?: Readonly<Record<string, boolean>> }) {
    this.setUp = setUp;
    this.secrets = secrets;
    this.noninterference = noninterference;
    this.pipeCapacity = pipeCapacity;
    this.hasFaults = hasFaults;
    this.assume = assume;
  }
}

/** What the set-up function of a scenario gives (`ScenarioPlan` in raceproof.d.ts), looked through. */
export interface Plan {
  readonly tasks: ReadonlyMap<string, AgentTask | (() => unknown)>;
  readonly invariant?: () => unknown;
  readonly isSerializable: boolean;
  readonly observe?: () => unknown;
  readonly observer?: () => unknown;
  readonly linearizable: ReadonlyMap<string, () => object>;
  readonly bypassBound?: number;
}

/** A scenario file says something that cannot be run: the message tells what, and what to do. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
}

const planFields = ['tasks', 'invariant', 'serializable', 'observe', 'observer', 'linearizable', 'bypassBound'];

export function scenario(setUp: unknown, options: unknown): DeclaredScenario {
  if (typeof setUp !== 'function') throw new ScenarioError('scenario takes a function that sets the scene and returns { tasks: { ... } }');
  const { secrets, noninterference, pipeCapacity, faults, assume } = isRecord(options) ? options : {};
  if (pipeCapacity !== undefined && !(Number.isSafeInteger(pipeCapacity) && (pipeCapacity as number) > 0)) throw new ScenarioError('pipeCapacity is how many bytes a pipe between processes holds: a whole number from 1');
  if (secrets !== undefined && !(Array.isArray(secrets) && secrets.length > 0)) throw new ScenarioError('the secrets of a scenario are a list with at least one value');
  if (noninterference !== undefined && noninterference !== 'possibilistic' && noninterference !== 'observational-determinism') throw new ScenarioError("noninterference is 'possibilistic' or 'observational-determinism'");
  return new DeclaredScenario(setUp as (secret: unknown) => unknown, (secrets as unknown[] | undefined) ?? [undefined], {
    noninterference: noninterference ?? (secrets === undefined ? undefined : 'possibilistic'), pipeCapacity: pipeCapacity as number | undefined, hasFaults: faults === true, assume: assumed(assume),
  });
}

function assumed(given: unknown): Readonly<Record<string, boolean>> {
  if (given === undefined) return {};
  if (!isRecord(given) || !Object.values(given).every((value) => typeof value === 'boolean')) throw new ScenarioError("what a scenario assumes is said by condition: { assume: { 'store.load() is truthy': false } }");
  return { ...given } as Readonly<Record<string, boolean>>;
}

export function agent(run: unknown): AgentTask {
  if (typeof run !== 'function') throw new ScenarioError('agent takes the function that runs in an agent of its own, such as agent(() => { counter[0] += 1; })');
  return new AgentTask(run as () => unknown);
}

/** The scenario that a module exports by default. */
export function scenarioIn(exports: unknown, file: string): DeclaredScenario {
  const found = isRecord(exports) && 'default' in exports ? exports['default'] : exports;
  if (found instanceof DeclaredScenario) return found;
  throw new ScenarioError(`${file} exports no scenario; write: export default scenario(() => ({ tasks: { alice: () => ..., bob: () => ... } }))`);
}

/** Looks through what a set-up function gave. */
export function planOf(given: unknown): Plan {
  if (!isRecord(given)) throw new ScenarioError('the set-up function of the scenario returns nothing; it has to return { tasks: { name: () => ... } }');
  const unknown = Object.keys(given).find((field) => !planFields.includes(field));
  if (unknown !== undefined) throw new ScenarioError(`a scenario has no field ${unknown}; there are ${planFields.join(', ')}`);
  const { tasks, serializable, bypassBound, linearizable } = given;
  if (bypassBound !== undefined && !(Number.isSafeInteger(bypassBound) && (bypassBound as number) >= 0)) throw new ScenarioError('bypassBound is how often a waiting task may be overtaken: a whole number from 0');
  return {
    tasks: tasksOf(tasks),
    isSerializable: serializable === true,
    linearizable: new Map(Object.entries(isRecord(linearizable) ? linearizable : {}).map(([name, make]) => [name, required<() => object>(make, `linearizable.${name}`)])),
    ...optional('invariant', given), ...optional('observe', given), ...optional('observer', given),
    ...(bypassBound !== undefined && { bypassBound: bypassBound as number }),
  };
}

function tasksOf(tasks: unknown): Plan['tasks'] {
  const entries = isRecord(tasks) ? Object.entries(tasks) : [];
  if (entries.length === 0) throw new ScenarioError('the scenario has no tasks; name them: { tasks: { alice: () => account.withdraw(80), bob: () => account.withdraw(80) } }');
  return new Map(entries.map(([name, task]) => {
    if (task instanceof AgentTask || typeof task === 'function') return [name, task as () => unknown];
    throw new ScenarioError(`the task ${name} is neither a function nor agent(function)`);
  }));
}

function optional<K extends 'invariant' | 'observe' | 'observer'>(field: K, given: Readonly<Record<string, unknown>>): { readonly [F in K]?: () => unknown } {
  return given[field] === undefined ? {} : { [field]: required<() => unknown>(given[field], field) } as { readonly [F in K]?: () => unknown };
}

function required<T extends Callable>(value: unknown, name: string): T {
  if (typeof value !== 'function') throw new ScenarioError(`${name} of the scenario has to be a function`);
  return value as unknown as T;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
