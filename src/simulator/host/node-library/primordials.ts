type Fn = (...args: never[]) => unknown;

const uncurryThis = (method: unknown): Fn => Function.prototype.call.bind(method as () => void) as Fn;
const TypedArray = Object.getPrototypeOf(Uint8Array) as object;

/** Those that are no function of the language under a longer name. */
const special: Readonly<Record<string, unknown>> = {
  uncurryThis, applyBind: (method: unknown) => Function.prototype.apply.bind(method as () => void),
  SafeMap: Map, SafeSet: Set, SafeWeakMap: WeakMap, SafeWeakSet: WeakSet, SafeWeakRef: WeakRef, FunctionPrototype: Function.prototype, ObjectPrototype: Object.prototype, TypedArray,
  /** What iterates over a text, or an array, whatever is done to the iterators of the language. */
  SafeStringIterator: function (this: unknown, text: string) { return text[Symbol.iterator](); }, SafeArrayIterator: function (this: unknown, array: unknown[]) { return array[Symbol.iterator](); },
  ArrayPrototypePushApply: (array: unknown[], items: unknown[]) => array.push(...items),
};

const bases = ['AggregateError', 'ArrayBuffer', 'Array', 'BigInt', 'Boolean', 'DataView', 'Date', 'Error', 'Function', 'JSON', 'Map', 'Math', 'Number', 'Object', 'Reflect', 'RegExp', 'Set', 'String', 'Symbol', 'TypedArray', 'Uint8Array', 'WeakMap', 'WeakSet'];
const known = new Map<string, unknown>();

/**
 * What Node's library calls its primordials: the functions of the language as they were before any program ran, by Node's names for them
 * (`ArrayPrototypeSlice(array, 1)`). The realm is frozen, so they are looked up when they are first asked for; promises are given by each world.
 */
export function primordialsOf(own: Readonly<Record<string, unknown>>): object {
  return new Proxy(own, { get: (_target, name) => (Object.hasOwn(own, name) ? own[name as string] : primordial(String(name))) });
}

function primordial(name: string): unknown {
  if (!known.has(name)) known.set(name, Object.hasOwn(special, name) ? special[name] : find(name));
  return known.get(name);
}

function find(name: string): unknown {
  const whole = (globalThis as unknown as Record<string, unknown>)[name];
  if (whole !== undefined) return whole;
  const base = bases.find((each) => name.startsWith(each));
  if (base === undefined) return undefined;
  const owner = (base === 'TypedArray' ? TypedArray : (globalThis as unknown as Record<string, unknown>)[base]) as { readonly prototype: object };
  const rest = name.slice(base.length);
  if (!rest.startsWith('Prototype')) return member(owner, rest);
  const { prototype } = owner;
  const method = rest.slice('Prototype'.length);
  const direct = member(prototype, method);
  if (typeof direct === 'function') return uncurryThis(direct);
  return uncurryThis(Object.getOwnPropertyDescriptor(prototype, keyOf(prototype, method.replace(/^Get/, ''))!)!.get);
}

/** What an object has under Node's name for its key; undefined also where only an instance has it. */
function member(owner: object, name: string): unknown {
  const key = keyOf(owner, name);
  try {
    return key === undefined ? undefined : (owner as Record<PropertyKey, unknown>)[key];
  } catch {
    return undefined;
  }
}

/** `Slice` is `slice`, `SymbolIterator` is `Symbol.iterator`, `MAX_SAFE_INTEGER` itself. */
function keyOf(owner: object, name: string): PropertyKey | undefined {
  const symbol = name.startsWith('Symbol') ? (Symbol as unknown as Record<string, symbol>)[lowerFirst(name.slice('Symbol'.length))] : undefined;
  return [symbol, lowerFirst(name), name].find((key) => key !== undefined && key in owner);
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
