import type { AgentHost, Cell, ElementType, ElementValue, SharedOp } from '../../../src/simulator/agents/operations.js';

const constructors = {
  Int8: Int8Array, Uint8: Uint8Array, Uint8Clamped: Uint8ClampedArray, Int16: Int16Array, Uint16: Uint16Array, Int32: Int32Array, Uint32: Uint32Array,
  Float32: Float32Array, Float64: Float64Array, BigInt64: BigInt64Array, BigUint64: BigUint64Array,
} as const;

type Op<K extends SharedOp['kind']> = Extract<SharedOp, { readonly kind: K }>;

/** Thrown where the one agent of a `SequentialPort` would wait for ever. */
export class Blocked extends Error {}

/** The shared world of one agent that is alone: every operation takes effect at once, on real bytes. */
export class SequentialPort implements AgentHost {
  readonly agent = 'main';
  site = -1;
  readonly performed: SharedOp[] = [];
  readonly handlers = new Map<string, (payload: unknown) => void>();
  /** Runs before each operation: what other agents do meanwhile. */
  before: (op: SharedOp) => void = () => undefined;
  readonly #bytes = new Map<string, SharedArrayBuffer>();
  readonly #owners = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  readonly #ranks = new Map<string, number>();

  identify(kind: string): string {
    const rank = (this.#ranks.get(kind) ?? 0) + 1;
    this.#ranks.set(kind, rank);
    return `${kind} ${rank}`;
  }

  onInput(address: string, handler: (payload: unknown) => void): void {
    this.handlers.set(address, handler);
  }

  /** The bytes of a buffer, up to `length`. */
  bytes(buffer: string, length: number): Uint8Array {
    return new Uint8Array(this.#memory(buffer)).slice(0, length);
  }

  read(cell: Cell): ElementValue {
    const array = this.#element(cell);
    return array[0]!;
  }

  write(cell: Cell, value: ElementValue): void {
    const element = new constructors[cell.type](1) as unknown as Record<number, ElementValue>;
    element[0] = value;
    if (!Object.is(element[0], value)) throw new Error(`${String(value)} is no value of ${cell.type}`);
    const bytes = new Uint8Array((element as unknown as Uint8Array).buffer);
    new Uint8Array(this.#memory(cell.buffer), cell.offset, bytes.length).set(bytes);
  }

  perform(op: SharedOp): unknown {
    this.before(op);
    this.performed.push(op);
    switch (op.kind) {
      case 'load': return this.read(op.cell);
      case 'store': return this.write(op.cell, op.value);
      case 'modify': return this.#modify(op);
      case 'compare-exchange': return this.#compareExchange(op);
      case 'wait': return this.#wait(op);
      case 'wait-async': return this.read(op.cell) !== op.expected ? 'not-equal' : op.timeout === 0 ? 'timed-out' : 'waiting';
      case 'notify': return 0;
      case 'lock': return this.#lock(op.mutex);
      case 'try-lock': return this.#owners.has(op.mutex) ? false : this.#lock(op.mutex) === undefined;
      case 'unlock': return this.#owners.delete(op.mutex) ? 'ok' : 'not-held';
      case 'acquire': return this.#acquire(op);
      case 'release': return this.#release(op);
      case 'condition-wait': return this.#owners.delete(op.mutex) ? undefined : 'not-held';
      case 'signal': return 0;
      case 'block-until': if (op.guard.holds((cell) => this.read(cell)).isTrue) return undefined; else throw new Blocked('block-until');
      case 'park': if (op.seen.some(({ cell, value }) => !Object.is(this.read(cell), value))) return undefined; else throw new Blocked('park');
      default: throw new Error(`no ${op.kind} here`);
    }
  }

  #memory(buffer: string): SharedArrayBuffer {
    let bytes = this.#bytes.get(buffer);
    if (!bytes) this.#bytes.set(buffer, (bytes = new SharedArrayBuffer(4096)));
    return bytes;
  }

  #element({ buffer, offset, type }: Cell): Record<number, ElementValue> {
    const { BYTES_PER_ELEMENT: size } = constructors[type];
    return new (constructors[type] as new (bytes: SharedArrayBuffer) => unknown)(this.#memory(buffer).slice(offset, offset + size)) as Record<number, ElementValue>;
  }

  #modify({ operator, cell, value }: Op<'modify'>): ElementValue {
    const before = this.read(cell);
    this.write(cell, wrap(cell.type, (typeof before === 'bigint' ? bigOperators : operators)[operator](before as never, value as never)));
    return before;
  }

  #compareExchange({ cell, expected, replacement }: Op<'compare-exchange'>): ElementValue {
    const before = this.read(cell);
    if (before === expected) this.write(cell, replacement);
    return before;
  }

  #wait({ cell, expected, timeout }: Op<'wait'>): string {
    if (this.read(cell) !== expected) return 'not-equal';
    if (timeout === Infinity) throw new Blocked('wait');
    return 'timed-out';
  }

  #lock(mutex: string): undefined {
    if (this.#owners.has(mutex)) throw new Blocked('lock');
    this.#owners.set(mutex, this.agent);
  }

  #acquire({ semaphore, initial }: Op<'acquire'>): void {
    const count = this.#counts.get(semaphore) ?? initial;
    if (count === 0) throw new Blocked('acquire');
    this.#counts.set(semaphore, count - 1);
  }

  #release({ semaphore, initial }: Op<'release'>): number {
    const count = this.#counts.get(semaphore) ?? initial;
    this.#counts.set(semaphore, count + 1);
    return count;
  }
}

const operators = {
  add: (a: number, b: number) => a + b, sub: (a: number, b: number) => a - b, and: (a: number, b: number) => a & b,
  or: (a: number, b: number) => a | b, xor: (a: number, b: number) => a ^ b, exchange: (_: number, b: number) => b,
};
const bigOperators = {
  add: (a: bigint, b: bigint) => a + b, sub: (a: bigint, b: bigint) => a - b, and: (a: bigint, b: bigint) => a & b,
  or: (a: bigint, b: bigint) => a | b, xor: (a: bigint, b: bigint) => a ^ b, exchange: (_: bigint, b: bigint) => b,
};

function wrap(type: ElementType, value: ElementValue): ElementValue {
  const element = new constructors[type](1) as unknown as Record<number, ElementValue>;
  element[0] = value;
  return element[0];
}
