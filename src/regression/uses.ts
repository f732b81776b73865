import type { TypeStep } from '../language/index.js';
import type { LaterCallback, OutsideUse, OutsideUses } from '../model/index.js';

type Use<K extends OutsideUse['kind']> = Extract<OutsideUse, { readonly kind: K }>;

/** What was done with one value from outside. */
export interface UsesOfValue {
  readonly members: Map<string, string>;
  /** Those of the witness, and one of each kind that other executions make. */
  readonly calls: Use<'call'>[];
  readonly otherCalls: Map<string, Use<'call'>>;
  readonly constructed: string[];
  readonly callbacks: Use<'callback'>[];
  /** In their order: one, or as many as a pattern takes apart. */
  readonly elements: Set<string>;
  isWaitedFor: boolean;
  /** It was an operand of arithmetic. */
  isNumber: boolean;
}

/** What a witness, and the tasks one after the other, did with values from outside, by value. */
export class Uses {
  readonly roots: readonly Use<'import' | 'global'>[];
  readonly calls: readonly Use<'call'>[];
  readonly #origins = new Map<string, { readonly of: string; readonly step: TypeStep }>();
  readonly #byValue = new Map<string, UsesOfValue>();
  readonly #made = new Map<string, Use<'call'>>();
  /** The class of an instance. */
  readonly #classes = new Map<string, string>();
  readonly #operands = new Set<string>();
  readonly #waits = new Map<string, Use<'wait'>>();
  readonly #waited = new Map<number, Use<'wait'>>();
  /** Of values that something was waited for of, or that call back later, and of what led to them. */
  readonly #laterCallbacks = new Map<number, LaterCallback>();
  readonly #timely = new Set<string>();

  constructor({ witness, serial }: OutsideUses) {
    this.roots = [...new Map([...witness, ...serial].flatMap((use) => (use.kind === 'import' || use.kind === 'global' ? [[use.value, use] as const] : []))).values()];
    this.calls = witness.filter((use) => use.kind === 'call');
    for (const use of witness) {
      this.#add(use);
      if (use.kind === 'call') this.of(use.of).calls.push(use);
      if (use.kind === 'wait') this.#noteWait(use);
      if (use.kind === 'callback' && use.later) this.#laterCallbacks.set(use.later.call, use.later);
    }
    for (const use of serial) {
      this.#add(use);
      if (use.kind === 'call') this.of(use.of).otherCalls.set(use.value, use);
    }
    for (const use of [...witness, ...serial]) if (use.kind === 'wait' || (use.kind === 'callback' && use.isLater)) this.#noteTimely(use.of);
  }

  /** When what comes of it is there decides about the order, so that a test has to hold it back. */
  isTimely(value: string): boolean {
    return this.#timely.has(value);
  }

  #noteTimely(value: string | undefined): void {
    if (value === undefined || this.#timely.has(value)) return;
    this.#timely.add(value);
    this.#noteTimely(this.#origins.get(value)?.of ?? this.#classes.get(value));
  }

  of(value: string): UsesOfValue {
    let known = this.#byValue.get(value);
    if (!known) this.#byValue.set(value, (known = { members: new Map(), calls: [], otherCalls: new Map(), constructed: [], callbacks: [], elements: new Set(), isWaitedFor: false, isNumber: false }));
    return known;
  }

  /** What was called in any execution. */
  get called(): string[] {
    return [...this.#byValue].flatMap(([value, { calls, otherCalls }]) => (calls.length + otherCalls.size > 0 ? [value] : []));
  }

  has(value: string): boolean {
    return this.#byValue.has(value);
  }

  /** What the event of this id has settled. */
  waitAt(event: string): Use<'wait'> | undefined {
    return this.#waits.get(event);
  }

  /** The event that has settled what a call gave. */
  waitFor({ number }: Use<'call'>): Use<'wait'> | undefined {
    return this.#waited.get(number);
  }

  /** The callback that a call was handed and that an event runs. */
  laterCallbackOf({ number }: Use<'call'>): LaterCallback | undefined {
    return this.#laterCallbacks.get(number);
  }

  /** What a value is a part or a result of; undefined for one that stands for itself. */
  originOf(value: string): { readonly of: string; readonly step: TypeStep } | undefined {
    return this.#origins.get(value);
  }

  /** What is called by a call of this text, also where the text is too long to be what its value is named by. */
  calleeOf(text: string): string | undefined {
    return this.#origins.get(text)?.of ?? [...this.#made.values()].find((call) => `${call.of}(${call.arguments.join(', ')})` === text)?.of;
  }

  /** The call that gives a value. */
  callOf(value: string): Use<'call'> | undefined {
    return this.#made.get(value);
  }

  /** Something was computed from it. */
  isOperand(value: string): boolean {
    return this.#operands.has(value);
  }

  #add(use: OutsideUse): void {
    switch (use.kind) {
      case 'member':
        this.of(use.of).members.set(use.key, use.value);
        return this.#comes(use, { kind: 'member', key: use.key });
      case 'call':
        this.#made.set(use.value, use);
        return this.#comes(use, { kind: 'call' });
      case 'construct':
        this.#classes.set(use.value, use.of);
        return void this.of(use.of).constructed.push(use.value);
      case 'element':
        this.of(use.of).elements.add(use.value);
        return this.#comes(use, { kind: 'element' });
      case 'callback': return void this.of(use.of).callbacks.push(use);
      case 'wait': this.of(use.of).isWaitedFor = true; return;
      case 'operation':
        for (const operand of use.operands) this.#operands.add(operand);
        if (/^[-*/%]|^\+$/.test(use.operator)) this.#note(use);
    }
  }

  #noteWait(use: Use<'wait'>): void {
    this.#waits.set(use.event, use);
    if (use.call !== undefined) this.#waited.set(use.call, use);
  }

  #comes({ value, of }: { readonly value: string; readonly of: string }, step: TypeStep): void {
    if (!this.#origins.has(value)) this.#origins.set(value, { of, step });
  }

  #note({ operator, operands: [left, right] }: Use<'operation'>): void {
    const isNumeric = (text: string): boolean => /^-?[\d.]+$/.test(text);
    if (operator !== '+' || isNumeric(right)) this.of(left).isNumber = true;
    if (operator !== '+' || isNumeric(left)) this.of(right).isNumber = true;
  }
}
