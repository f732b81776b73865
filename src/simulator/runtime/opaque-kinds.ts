const longestLabel = 160;
/** Kinds that are kept from one execution to the next. */
const mostKinds = 20_000;

const runsAtOnce = new Set(['map', 'forEach', 'filter', 'some', 'every', 'find', 'findIndex', 'reduce', 'reduceRight', 'flatMap', 'sort', 'each', 'replace']);
const registers = /^(on|off|on[A-Z]\w*|(?:add|remove|set)\w*(?:Listener|Handler|Callback|Hook)s?|subscribe\w*|unsubscribe\w*|use|register\w*|unregister\w*|watch|listen|observe|get|post|put|patch|delete|all|route|describe|it|test|before|after|beforeEach|afterEach|create\w*(?:Server|Connection|Interface|Socket|Worker))$/;
/** A hook of some library gives something of its own; but `useMemo` gives what it is handed makes. */
const makes = /^(?:create|make|build)(?![a-z])|^use(?!Memo$)[A-Z]/;
const excluding = new Set('acquire lock locks locked mutex semaphore synchronized'.split(' '));
/** What proves who somebody is can be acquired, too, in one way or another, and keeps nobody out: `acquireTokenByCode`, `acquireTokenSilent`. */
const ofCredentials = /^acquireToken(?:By|For|From|On|With|Silent|Interactive|Popup|Redirect)/;
/** Words that tell of exclusion only where there is work to be kept apart: `serialize(data)` is none, nor is `beforeTransaction()`. */
const excludingWork = new Set('exclusive exclusively transaction serialize serialized enqueue limit limiter limited throttle debounce critical atomic atomically'.split(' '));

/** Calls with the same arguments so far, by the next one: what is no plain value counts by its label. */
class CallNode {
  readonly byValue = new Map<unknown, CallNode>();
  readonly byText = new Map<string, CallNode>();
  label: string | undefined;
}

/** What all opaque values with one label have in common, in every execution: everything that follows from the expression alone. */
export class OpaqueKind {
  readonly label: string;
  /** The last name in the expression. */
  readonly name: string;
  /** What an external operation has given: it is no thenable and cannot be waited for. */
  readonly isSettled: boolean;
  /** What a person reads of the event that settles it. */
  readonly completion: string;
  readonly runsAtOnce: boolean;
  /** A call of it hands a callback over for good: it is called, if at all, from somewhere else. */
  readonly registers: boolean;
  /** A call of it gives something new, whatever a callback gives that it is handed. */
  readonly makes: boolean;
  /** A call of it may keep other tasks out. */
  readonly isExcluding: boolean;
  /** A call of it may, if it is given a function. */
  readonly isExcludingWork: boolean;
  /** Values of this kind that executions have used, in the order in which each takes them; see `OpaqueValues`. */
  readonly values: object[] = [];
  /** How many of them the execution numbered `usedIn` has taken. */
  used = 0;
  usedIn = -1;
  readonly #calls = new CallNode();

  constructor(label: string, isSettled: boolean, name: string) {
    this.label = label;
    this.isSettled = isSettled;
    this.name = name;
    this.completion = `${label} completes`;
    ({ runsAtOnce: this.runsAtOnce, registers: this.registers, makes: this.makes, isExcluding: this.isExcluding, isExcludingWork: this.isExcludingWork } = traitsOf(name));
  }

  /** The label of a call of it. */
  callLabel(args: readonly unknown[], labelOf: (value: unknown) => string): string {
    let node = this.#calls;
    for (let index = 0; index < args.length; index++) node = next(node, args[index], labelOf);
    return (node.label ??= `${this.label}(${args.map(labelOf).join(', ')})`);
  }
}

function next(node: CallNode, argument: unknown, labelOf: (value: unknown) => string): CallNode {
  const isPlain = argument === null || (typeof argument !== 'object' && typeof argument !== 'function' && typeof argument !== 'symbol');
  const key = isPlain ? argument : labelOf(argument);
  const nodes = (isPlain ? node.byValue : node.byText) as Map<unknown, CallNode>;
  let child = nodes.get(key);
  if (child === undefined) nodes.set(key, (child = new CallNode()));
  return child;
}

/** The kinds that any execution has met. */
export class OpaqueKinds {
  readonly #byLabel = new Map<string, { name?: string; readonly kinds: OpaqueKind[] }>();

  /** They are too many to be kept for further executions. */
  get areTooMany(): boolean {
    return this.#byLabel.size > mostKinds;
  }

  clear(): void {
    this.#byLabel.clear();
  }

  /** `name` is by default what the label ends with. */
  of(label: string, isSettled: boolean, name?: string): OpaqueKind {
    let entry = this.#byLabel.get(label);
    if (entry === undefined) this.#byLabel.set(label, (entry = { kinds: [] }));
    const { kinds } = entry;
    const given = name ?? (entry.name ??= lastName(label));
    for (const kind of kinds) if (kind.isSettled === isSettled && kind.name === given) return kind;
    const kind = new OpaqueKind(shortened(label), isSettled, given);
    kinds.push(kind);
    return kind;
  }
}

export function lastName(label: string): string {
  return (label.endsWith(')') ? /([\w$]+)\(/ : /([\w$]+)$/).exec(label)?.[1] ?? '';
}

/** What a name tells of a function that bears it. */
type Traits = Pick<OpaqueKind, 'runsAtOnce' | 'registers' | 'makes' | 'isExcluding' | 'isExcludingWork'>;

/** There are far fewer names than values. */
const traits = new Map<string, Traits>();

function traitsOf(name: string): Traits {
  let known = traits.get(name);
  if (known === undefined) {
    known = { runsAtOnce: runsAtOnce.has(name), registers: registers.test(name), makes: makes.test(name), isExcluding: hasWord(name, excluding) && !ofCredentials.test(name), isExcludingWork: hasWord(name, excludingWork) };
    if (traits.size < mostKinds) traits.set(name, known);
  }
  return known;
}

function hasWord(name: string, words: ReadonlySet<string>): boolean {
  return name.split(/(?=[A-Z])|_/).some((word) => words.has(word.toLowerCase()));
}

/** The label that a value has which is made from an expression of this text. One that is shortened stays: what waiting for a value gives is named as the value is. */
export function shortened(label: string): string {
  return label.length <= longestLabel || (label[longestLabel] === '…' && /^[0-9a-z]{1,7}$/.test(label.slice(longestLabel + 1))) ? label : `${label.slice(0, longestLabel)}…${hash(label)}`;
}

/** FNV-1a, 32 bits: tells long labels apart. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return (value >>> 0).toString(36);
}
