import type { Declared, DeclaredType, ModuleOutline } from '../language/index.js';
import type { ArgumentPlan, Assumption, Trace } from '../model/index.js';
import { wantedOf, type Wanted } from './conditions.js';
import { capitalised, lastName, type Names } from './names.js';
import { nothing, type Stub, type StubCall, type Value } from './plan.js';
import type { Uses, UsesOfValue } from './uses.js';

/** What values from outside are made from. */
export interface ValueWorld {
  readonly uses: Uses;
  readonly outline: ModuleOutline;
  readonly assumptions: readonly Assumption[];
  readonly trace: Trace;
  readonly names: Names;
  /** What is declared of the values that others hang on. */
  readonly rootType: (label: string) => Declared | undefined;
  /** The order in which events fire, by their ids. */
  readonly isScheduled: (event: string) => boolean;
  /** The event with which what a call of this text has promised fails, if it fires. */
  readonly failureOf: (text: string) => string | undefined;
  /** What is given to one task has to differ from what is given to another: the finding is about which of them stays. */
  readonly isToldApart: boolean;
  /** Ids of the tasks, as far as calls of theirs may be kept waiting. */
  readonly tasks: ReadonlySet<string>;
}

/** Methods by which an array from outside shows that it is one. */
const ofArrays = new Set(['map', 'forEach', 'filter', 'some', 'every', 'find', 'findIndex', 'reduce', 'flatMap', 'length', 'slice', 'includes', 'join', 'push']);

/** Of these, those that are handed a function: others of the name are no list's (`collection.find(query)`). */
const callingBack = new Set(['map', 'forEach', 'filter', 'some', 'every', 'find', 'findIndex', 'reduce', 'flatMap']);

/** Methods that only text has. */
const ofText = new Set(['charAt', 'charCodeAt', 'endsWith', 'localeCompare', 'match', 'padEnd', 'padStart', 'replace', 'replaceAll', 'split', 'startsWith', 'substr', 'substring', 'toLowerCase', 'toUpperCase', 'trim', 'trimEnd', 'trimStart']);
/** Those that lists have, too. */
const ofTextAsWell = new Set(['at', 'concat', 'includes', 'indexOf', 'lastIndexOf', 'length', 'slice']);

/**
 * Stands in for values from outside: each becomes as little as the witness has used of it, by its declared type where there is one.
 * Equal expressions give the same value, as they did in the witness.
 */
export class Values {
  readonly #world: ValueWorld;
  readonly #made = new Map<string, Value>();
  readonly #stubs = new Map<string, Stub>();
  readonly #texts = new Map<string, number>();
  readonly #types = new Map<string, Declared | undefined>();
  /** The event whose firing settles a variable: by event. */
  readonly pending = new Map<string, { readonly name: string; readonly value: Value; readonly about: string; readonly isFailure: boolean }>();

  constructor(world: ValueWorld) {
    this.#world = world;
  }

  get stubs(): readonly Stub[] {
    return [...this.#stubs.values()];
  }

  ofPlan(plan: ArgumentPlan): Value {
    if (plan.kind === 'undefined') return nothing;
    return plan.kind === 'json' ? fromJson(JSON.parse(plan.text)) : this.of(plan.name);
  }

  of(label: string): Value {
    const known = this.#made.get(label);
    if (known) return known;
    this.#made.set(label, nothing);
    const value = this.#make(label);
    this.#made.set(label, value);
    return value;
  }

  stub(label: string): Stub | undefined {
    return this.#stubs.get(label);
  }

  #make(label: string): Value {
    const uses = this.#world.uses.of(label);
    if (uses.calls.length + uses.otherCalls.size > 0) return { kind: 'stub', stub: this.#stub(label, uses) };
    // What a call gives and a class extends.
    if (this.#world.uses.originOf(label) && this.#world.uses.has(`${label}.prototype`)) return { kind: 'class', instance: this.of(`${label}.prototype`) };
    if (uses.constructed.length > 0) return { kind: 'class', instance: this.#instance(uses.constructed) };
    if (this.#isText(label, uses)) return this.#leaf(label, uses);
    const elements = this.#elements(label, uses);
    if (elements) return { kind: 'array', items: elements };
    if (uses.members.size > 0) {
      const declared = this.#typeOf(label);
      const required = declared && this.#world.outline.types.requiredMembers(declared);
      return { kind: 'object', label, entries: [...uses.members].map(([key, value]) => [key, this.of(value)] as const), isPartial: !required?.every((key) => uses.members.has(key)) };
    }
    return this.#leaf(label, uses);
  }

  /** What all instances of a class have, whatever each was made with. */
  #instance(constructed: readonly string[]): Value {
    const entries = [...new Set(constructed)].map((label) => this.of(label)).flatMap((value) => (value.kind === 'object' ? value.entries : []));
    return { kind: 'object', entries: [...new Map([...entries].reverse()).entries()].reverse(), ...(constructed[0] !== undefined && { label: constructed[0] }) };
  }

  /** It is declared to be text, or used as nothing else could be. */
  #isText(label: string, { members, elements }: UsesOfValue): boolean {
    if (wantedOf(label, this.#world.assumptions).type === 'string') return true;
    const declared = members.size > 0 && elements.size === 0 ? this.#typeOf(label) : undefined;
    if (declared && this.#world.outline.types.describe(declared).kind === 'string') return true;
    const names = [...members.keys()];
    return elements.size === 0 && names.some((name) => ofText.has(name)) && names.every((name) => ofText.has(name) || ofTextAsWell.has(name));
  }

  #elements(label: string, { members, elements }: UsesOfValue): Value[] | undefined {
    if (elements.size > 0) return [...elements].map((element) => this.of(element));
    const { uses } = this.#world;
    const called = [...members].flatMap(([key, value]) => (ofArrays.has(key) && (!callingBack.has(key) || isHandedFunction(uses.of(value))) ? [uses.of(value)] : []));
    if (called.length === 0 || called.length < members.size) return undefined;
    const item = called.flatMap(({ callbacks, calls }) => [...callbacks, ...calls.flatMap((call) => uses.of(call.value).callbacks)])[0];
    if (item) return [this.of(item.value)];
    const declared = this.#typeOf(label);
    const wanted = wantedOf(`${label}.length`, this.#world.assumptions);
    const { isToldApart } = this.#world;
    // Of two empty lists nobody could say which one is there.
    const isEmpty = (wanted.equal.includes('0') || wanted.notAbove.includes(0)) && !isToldApart;
    const items = declared === undefined || isEmpty ? [] : this.#items(label, declared);
    return items.length === 0 && ((isToldApart && this.#isKept(label)) || isNotEmpty(wanted)) ? [this.#text(label)] : items;
  }

  #stub(label: string, { calls, otherCalls }: UsesOfValue): Stub {
    const { uses, names, tasks, isScheduled, failureOf } = this.#world;
    const name = names.of(this.#wordFor(label));
    const result = this.#resultType(label);
    const isPromise = [...calls, ...otherCalls.values()].some(({ value }) => uses.of(value).isWaitedFor) || (result !== undefined && this.#world.outline.types.isPromise(result));
    const counts = new Map<string, number>();
    const stubCalls = calls.map((call): StubCall => {
      const value = this.of(call.value);
      const wait = uses.waitFor(call);
      const count = (counts.get(call.task) ?? 0) + 1;
      counts.set(call.task, count);
      const key = keyOf(call.arguments);
      const told = { task: call.task, value, ...(key !== undefined && { key }) };
      const event = wait && tasks.has(call.task) ? (isScheduled(wait.event) ? wait.event : failureOf(call.value)) : undefined;
      if (wait === undefined || event === undefined || this.pending.has(event)) return told;
      const pending = names.of(`${call.task}${capitalised(name)}${count > 1 ? count : ''}`);
      this.pending.set(event, { name: pending, value, about: call.value, isFailure: event !== wait.event });
      return { ...told, pending };
    });
    const others = [...otherCalls.values()].map(({ value, arguments: given }) => ({ value: this.of(value), key: keyOf(given) })).filter((one): one is { value: Value; key: string } => one.key !== undefined);
    const callback = [...calls, ...otherCalls.values()].flatMap((call) => uses.of(call.value).callbacks.filter(({ isLater }) => !isLater).map(({ value }) => ({ position: call.arguments.findIndex((text) => text.startsWith('ƒ')), value: this.of(value) })))[0];
    const [other] = otherCalls.values();
    const stub: Stub = { name, label, calls: stubCalls, others, fallback: stubCalls.at(-1)?.value ?? (other ? this.of(other.value) : nothing), isPromise, isWatched: false, ...(callback && callback.position >= 0 && { callback }), ...this.#laterOf(calls, name) };
    this.#stubs.set(label, stub);
    return stub;
  }

  /** How it calls back: the test settles a promise when the turn of the call has come. */
  #laterOf(calls: UsesOfValue['calls'], name: string): Pick<Stub, 'later'> {
    const { uses, names, tasks } = this.#world;
    const each = calls.map((call) => ({ call, later: uses.laterCallbackOf(call) }));
    const first = each.find(({ later }) => later !== undefined)?.later;
    if (!first) return {};
    const turns = each.map(({ call: { task, value }, later }) => {
      if (!later) return undefined;
      const turn = names.of(`${tasks.has(task) ? task : 'early'}${capitalised(name)}`);
      this.pending.set(later.event, { name: turn, value: { kind: 'array', items: later.given.map((one) => this.#given(one)) }, about: value, isFailure: false });
      return turn;
    });
    return { later: { position: first.position, given: first.given.map((one) => this.#given(one)), turns } };
  }

  #given(label: string | null): Value {
    return label === null ? { kind: 'literal', value: null } : this.of(label);
  }

  #leaf(label: string, { isNumber }: UsesOfValue): Value {
    const declared = this.#typeOf(label);
    const type: DeclaredType = declared ? this.#world.outline.types.describe(declared) : { kind: 'unknown' };
    const wanted = wantedOf(label, this.#world.assumptions);
    if (type.kind === 'nothing' || wanted.isMissing === true) return nothing;
    const equal = wanted.equal.map(parsed).find((value) => value !== undefined);
    if (equal) return equal;
    if (wanted.isTruthy === false) return falsy(type);
    const number = numberFor(wanted, isNumber || type.kind === 'number' || wanted.type === 'number');
    if (type.kind === 'unknown' && wanted.type === 'object') return { kind: 'object', entries: [], isPartial: true, label };
    if (number !== undefined) return number === Number.MAX_SAFE_INTEGER ? { kind: 'expression', text: 'Number.MAX_SAFE_INTEGER' } : { kind: 'literal', value: number };
    switch (type.kind) {
      case 'literal': return parsed(type.text) ?? nothing;
      case 'boolean': return { kind: 'literal', value: true };
      case 'array': return { kind: 'array', items: this.#items(label, declared!) };
      case 'object': return { kind: 'object', entries: [], isPartial: true, label };
      case 'string': return this.#text(label);
      default: return wanted.isTruthy === true || this.#isKept(label) || this.#world.uses.of(label).members.size > 0 ? this.#text(label) : nothing;
    }
  }

  /** Lists from two calls are told apart by what is in them. */
  #items(label: string, declared: Declared): Value[] {
    const { types } = this.#world.outline;
    const element = types.step(declared, { kind: 'element' });
    const kind = element && types.describe(element).kind;
    if (kind === 'string') return [this.#text(label)];
    if (!element || kind !== 'object' || !this.#isKept(label)) return [];
    const named = types.requiredMembers(element)?.find((key) => describesText(types.step(element, { kind: 'member', key }), types));
    return [{ kind: 'object', entries: [[named ?? 'id', this.#text(label)]], isPartial: true }];
  }

  /** The name by which the code knows it; what its label ends in, if that is long, is only a number. */
  #wordFor(label: string): string {
    const origin = label.includes('…') ? this.#world.uses.originOf(label) : undefined;
    if (!origin) return lastName(label);
    return origin.step.kind === 'member' ? lastName(origin.step.key) : this.#wordFor(origin.of);
  }

  /** Text that names where it comes from; another one for each expression. */
  #text(label: string): Value {
    const name = [this.#wordFor(label) || 'value', ...(plainArguments(this.#world.uses.callOf(label)?.arguments ?? []) ?? [])].join(' ');
    const count = (this.#texts.get(name) ?? 0) + 1;
    this.#texts.set(name, count);
    return { kind: 'literal', value: count === 1 ? name : `${name} ${count}` };
  }

  /** Somebody keeps it, gives it back or passes it on. */
  #isKept(label: string): boolean {
    const { trace, uses } = this.#world;
    const call = uses.callOf(label);
    // What is done with one answer is done with the others.
    const labels = [label, ...(call ? uses.of(call.of).calls.map(({ value }) => value) : [])];
    const isIn = (text: string): boolean => labels.some((one) => text.includes(one));
    return trace.steps.some(({ kind, text }) => (kind === 'write' || kind === 'update' || kind === 'return') && isIn(text)) || uses.calls.some((call) => call.arguments.some(isIn)) || labels.some((one) => uses.isOperand(one));
  }

  #resultType(label: string): Declared | undefined {
    const type = this.#typeOf(label);
    return type && this.#world.outline.types.step(type, { kind: 'call' });
  }

  /** What is declared of a value; of one that is waited for, what it settles with. */
  #typeOf(label: string): Declared | undefined {
    if (!this.#types.has(label)) {
      this.#types.set(label, undefined);
      const found = this.#findType(label);
      this.#types.set(label, found && this.#world.outline.types.step(found, { kind: 'wait' }));
    }
    return this.#types.get(label);
  }

  #findType(label: string): Declared | undefined {
    const { uses, rootType, outline: { types } } = this.#world;
    const origin = uses.originOf(label);
    if (!origin) return rootType(label);
    const parent = this.#typeOf(origin.of);
    return parent && types.step(parent, origin.step);
  }
}

/** What is asked of the length of a list holds only where there is something in it. */
function isNotEmpty({ isTruthy, unequal, above, notBelow }: Wanted): boolean {
  return isTruthy === true || unequal.includes('0') || above.includes(0) || notBelow.includes(1);
}

function isHandedFunction({ calls, otherCalls }: UsesOfValue): boolean {
  return [...calls, ...otherCalls.values()].some(({ arguments: [first] }) => first?.startsWith('ƒ') === true);
}

function describesText(declared: Declared | undefined, types: ModuleOutline['types']): boolean {
  return declared !== undefined && types.describe(declared).kind === 'string';
}

/** The values of arguments that are all plain; undefined if one is not. */
function plainArguments(texts: readonly string[]): (string | number | boolean | null)[] | undefined {
  const values = texts.map(parsed);
  return values.every((value) => value?.kind === 'literal') ? values.map((value) => (value as { readonly value: string }).value) : undefined;
}

function keyOf(texts: readonly string[]): string | undefined {
  const values = plainArguments(texts);
  return values && JSON.stringify(values);
}

function falsy(type: DeclaredType): Value {
  if (type.kind === 'number') return { kind: 'literal', value: 0 };
  if (type.kind === 'string') return { kind: 'literal', value: '' };
  return { kind: 'literal', value: type.kind === 'object' || type.kind === 'array' ? undefined : false };
}

/** A number with which the comparisons of the witness come out as they did; undefined if it need not be one. */
function numberFor({ below, notBelow, above, notAbove }: Wanted, isNumber: boolean): number | undefined {
  const least = Math.max(...notBelow, ...above.map((limit) => limit + 1));
  const most = Math.min(...notAbove, ...below.map((limit) => limit - 1));
  if (Number.isFinite(least)) return least > 1e9 ? Number.MAX_SAFE_INTEGER : least;
  // On the limit of a guard is where two that pass it are one too many; a date in the past is as good as any.
  if (Number.isFinite(most)) return most > 1e9 ? 0 : most;
  return isNumber ? 1 : undefined;
}

/** A literal's text as a value; undefined for any other text. */
function parsed(text: string): Value | undefined {
  try {
    return fromJson(JSON.parse(text.startsWith("'") ? `"${text.slice(1, -1)}"` : text));
  } catch {
    return undefined;
  }
}

export function fromJson(value: unknown): Value {
  if (Array.isArray(value)) return { kind: 'array', items: value.map(fromJson) };
  if (typeof value === 'object' && value !== null) return { kind: 'object', entries: Object.entries(value).map(([key, item]) => [key, fromJson(item)] as const) };
  return { kind: 'literal', value: value as string | number | boolean | null };
}
