import { sealClasses } from '../runtime/sealed.js';
import { elementSize, elementTypes, toElement, toIndex } from './elements.js';
import type { ElementType, ElementValue } from './operations.js';
import { sharedBufferOf, type SharedBuffer } from './shared-buffer.js';
import type { Named } from './shared-names.js';

type Member = (this: unknown, ...args: unknown[]) => unknown;

const Native = DataView as unknown as { new (...args: unknown[]): DataView; readonly prototype: object };
const native = Native.prototype as Record<string, unknown>;
const shared = new WeakMap<object, SharedDataView>();

/** A `DataView` over shared memory. The engine checks ranges, on a view of the same shape. */
class SharedDataView implements Named {
  readonly buffer: SharedBuffer;
  readonly shape: DataView;
  readonly isTracking: boolean;
  #sourceName: string | undefined;

  constructor(buffer: SharedBuffer, shape: DataView, isTracking: boolean) {
    this.buffer = buffer;
    this.shape = shape;
    this.isTracking = isTracking;
  }

  get name(): string {
    return this.#sourceName ?? this.buffer.name;
  }

  set name(name: string) {
    this.#sourceName = name;
  }

  get byteOffset(): number {
    return nativeGet('byteOffset', this.shape);
  }

  get byteLength(): number {
    if (this.isTracking) this.buffer.byteLength();
    return nativeGet('byteLength', this.shape);
  }

  /** GetViewValue (ECMA-262, 25.3.1.5) */
  load(type: ElementType, offset: unknown, isLittleEndian: unknown): ElementValue {
    const at = toIndex(offset);
    const isSwapped = !isLittleEndian && elementSize(type) > 1;
    this.#requireRoom(type, at);
    const value = this.buffer.load(isSwapped ? rawTypes[type] : type, this.byteOffset + at, this.#placeName(at));
    return isSwapped ? swap(type, rawTypes[type], value, 'load') : value;
  }

  /** SetViewValue (25.3.1.6) */
  store(type: ElementType, offset: unknown, value: unknown, isLittleEndian: unknown): void {
    const at = toIndex(offset);
    const element = toElement(type, value);
    const isSwapped = !isLittleEndian && elementSize(type) > 1;
    this.#requireRoom(type, at);
    this.buffer.store(isSwapped ? rawTypes[type] : type, this.byteOffset + at, isSwapped ? swap(type, rawTypes[type], element, 'store') : element, this.#placeName(at));
  }

  #requireRoom(type: ElementType, at: number): void {
    if (at + elementSize(type) > this.byteLength) throw new RangeError('Offset is outside the bounds of the DataView');
  }

  #placeName(at: number): string | undefined {
    return this.#sourceName === undefined ? undefined : `${this.#sourceName}+${at}`;
  }
}

/** Memory is read and written in the machine's order, little end first; what the other order makes of a float's bytes is a number only by accident. */
const rawTypes = { ...Object.fromEntries(elementTypes.map((type) => [type, type])), Float32: 'Uint32', Float64: 'BigUint64' } as Readonly<Record<ElementType, ElementType>>;
const swapping = new DataView(new ArrayBuffer(8));

/** `value` with its bytes in the other order: from what memory holds to the element (`load`), or back. */
function swap(type: ElementType, raw: ElementType, value: ElementValue, direction: 'load' | 'store'): ElementValue {
  const [from, to] = direction === 'load' ? [raw, type] : [type, raw];
  access(`set${from}`)(0, value, true);
  return access(`get${to}`)(0, false) as ElementValue;
}

function access(method: string): (...args: unknown[]) => unknown {
  return (...args) => Reflect.apply(native[method] as Member, swapping, args);
}

function nativeGet(name: 'byteOffset' | 'byteLength' | 'buffer', view: unknown): number {
  return Reflect.apply(Object.getOwnPropertyDescriptor(native, name)!.get!, view, []) as number;
}

/** `DataView` as programs see it. Frozen, since all agents have the same. */
export const SimulatedDataView: DataViewConstructor = (() => {
  function DataView(this: unknown, ...args: unknown[]): DataView {
    if (!new.target) throw new TypeError("Constructor DataView requires 'new'");
    const buffer = sharedBufferOf(args[0]);
    if (!buffer) return Reflect.construct(Native, args, new.target) as DataView;
    buffer.byteLength();
    const shape = Reflect.construct(Native, [buffer.shape, ...args.slice(1)]) as DataView;
    const made = Object.create(new.target.prototype as object) as DataView;
    const view = new SharedDataView(buffer, shape, buffer.isGrowable && args[2] === undefined);
    shared.set(made, view);
    buffer.access.names.register(made, view);
    return made;
  }
  const members: PropertyDescriptorMap = { constructor: { value: DataView, writable: true, configurable: true } };
  for (const type of elementTypes.filter((type) => type !== 'Uint8Clamped')) {
    members[`get${type}`] = method(`get${type}`, (view, [offset, isLittleEndian]) => view.load(type, offset, isLittleEndian));
    members[`set${type}`] = method(`set${type}`, (view, [offset, value, isLittleEndian]) => view.store(type, offset, value, isLittleEndian));
  }
  for (const name of ['buffer', 'byteLength', 'byteOffset'] as const) members[name] = getter(name);
  const hasInstance = Function.prototype[Symbol.hasInstance] as Member;
  return Object.defineProperties(DataView, {
    // A bundler may rename functions that are called like globals.
    name: { value: 'DataView', configurable: true }, length: { value: 1, configurable: true },
    prototype: { value: Object.defineProperties(Object.create(Object.prototype, { [Symbol.toStringTag]: { value: 'DataView', configurable: true } }) as object, members), writable: false },
    [Symbol.hasInstance]: { value(this: unknown, value: unknown): boolean {
      return (Reflect.apply(hasInstance, this, [value]) as boolean) || (this === DataView && (Reflect.apply(hasInstance, Native, [value]) as boolean));
    } },
  }) as unknown as DataViewConstructor;
})();
sealClasses(SimulatedDataView);

function method(name: string, ofShared: (view: SharedDataView, args: readonly unknown[]) => unknown): PropertyDescriptor {
  const ofNative = native[name] as Member;
  const value = { [name](this: unknown, ...args: unknown[]): unknown {
    const view = sharedDataViewOf(this);
    return view ? ofShared(view, args) : Reflect.apply(ofNative, this, args);
  } }[name]!;
  return { value: Object.defineProperty(value, 'length', { value: ofNative.length, configurable: true }), writable: true, configurable: true };
}

function getter(name: 'buffer' | 'byteLength' | 'byteOffset'): PropertyDescriptor {
  const { get } = Object.getOwnPropertyDescriptor({ get [name](): unknown {
    const view = sharedDataViewOf(this);
    return view ? (name === 'buffer' ? view.buffer.object : view[name]) : nativeGet(name, this);
  } }, name)!;
  return { get: get!, configurable: true };
}

/** The simulator's side of a `DataView` over shared memory; undefined for every other value. */
export function sharedDataViewOf(value: unknown): SharedDataView | undefined {
  return typeof value === 'object' && value !== null ? shared.get(value) : undefined;
}
