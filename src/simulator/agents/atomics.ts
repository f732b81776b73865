import { seal } from '../runtime/sealed.js';
import { cellAt } from './atomics-places.js';
import { waiting } from './atomics-wait.js';
import { isBigInt, toBigInt, toIntegerOrInfinity } from './elements.js';
import type { ModifyOperator } from './operations.js';
import { viewOf, type View } from './views.js';

type Operation = (view: View, args: readonly unknown[]) => unknown;
type Method = (...args: unknown[]) => unknown;

const native = Atomics as unknown as Record<string, Method | undefined>;

const operations: Readonly<Record<string, Operation>> = {
  load(view, [index]) {
    const cell = cellAt(view, index);
    const { access } = view.buffer;
    return access.perform({ kind: 'load', site: access.site, cell, isAtomic: true });
  },

  /** Gives what was to be stored, converted but not cut to the element's size. */
  store(view, [index, value]) {
    const cell = cellAt(view, index);
    const whole = isBigInt(view.type) ? toBigInt(value) : toIntegerOrInfinity(value);
    const { access } = view.buffer;
    access.perform({ kind: 'store', site: access.site, cell, value: view.convert(whole), isAtomic: true });
    return whole;
  },

  compareExchange(view, [index, expected, replacement]) {
    const cell = cellAt(view, index);
    const before = view.convert(expected);
    const after = view.convert(replacement);
    const { access } = view.buffer;
    return access.perform({ kind: 'compare-exchange', site: access.site, cell, expected: before, replacement: after });
  },

  ...Object.fromEntries((['add', 'sub', 'and', 'or', 'xor', 'exchange'] as const).map((operator) => [operator, modify(operator)])),
};

/** AtomicReadModifyWrite (ECMA-262, 25.4.3.14): place first, then the operand. */
function modify(operator: ModifyOperator): Operation {
  return (view, [index, operand]) => {
    const cell = cellAt(view, index);
    const value = view.convert(operand);
    const { access } = view.buffer;
    return access.perform({ kind: 'modify', site: access.site, operator, cell, value });
  };
}

/** Atomics.pause: a hint to the processor, so nothing here. */
function pause(count?: unknown): void {
  if (count !== undefined && !Number.isInteger(count)) throw new TypeError('Atomics.pause takes an integer');
}

/**
 * `Atomics` as programs see it: operations of the agent on views, the engine's own on ordinary arrays, which no other agent can
 * see. Frozen, since all agents have the same.
 */
export const SimulatedAtomics: Atomics = createAtomics();

function createAtomics(): Atomics {
  const methods: Record<string, PropertyDescriptor> = {};
  for (const [name, onView] of Object.entries({ ...operations, ...waiting })) methods[name] = hidden(method(name, onView));
  methods['isLockFree'] = hidden({ isLockFree: (size: unknown) => native['isLockFree']!(size) }.isLockFree);
  methods['pause'] = hidden(pause);
  const atomics = Object.create(Object.prototype, { ...methods, [Symbol.toStringTag]: { value: 'Atomics', configurable: true } }) as Atomics;
  seal(atomics);
  return atomics;
}

function method(name: string, onView: Operation): Method {
  const onOrdinary = native[name];
  const operation = { [name](...args: unknown[]): unknown {
    const view = viewOf(args[0]);
    if (view) return onView(view, args.slice(1));
    if (onOrdinary === undefined) throw new TypeError(`Atomics.${name} needs a typed array over shared memory`);
    return onOrdinary(...args);
  } }[name]!;
  return Object.defineProperty(operation, 'length', { value: onOrdinary?.length ?? 4, configurable: true });
}

function hidden(value: unknown): PropertyDescriptor {
  return { value, writable: true, configurable: true, enumerable: false };
}
