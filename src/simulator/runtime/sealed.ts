/**
 * Freezes what all executions of a scenario share and the subject can reach, so that none leaves anything behind for the next:
 * functions, their prototypes, and the methods of both. What they inherit is frozen with the realm (see `createEvaluator`).
 */
export function seal(...shared: readonly object[]): void {
  for (const value of shared) sealOne(value);
}

function sealOne(value: object): void {
  if (Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const key of Object.getOwnPropertyNames(value)) {
    const { value: member, get, set } = Object.getOwnPropertyDescriptor(value, key)! as PropertyDescriptor & { readonly value?: unknown };
    if (typeof member === 'function' || (key === 'prototype' && typeof member === 'object' && member !== null)) sealOne(member);
    if (get) sealOne(get);
    if (set) sealOne(set);
  }
}

/**
 * Seals classes that the subject may extend or whose instances it may give members of their own: assigning to what a frozen object
 * has would fail on everything that inherits from it ("override mistake"), so its methods become accessors that define the member
 * where it is assigned.
 */
export function sealClasses(...classes: readonly { readonly prototype: object }[]): void {
  const methods = classes.flatMap((constructor) => [constructor, constructor.prototype]).flatMap((shared) => Reflect.ownKeys(shared).map((key) => allowOverride(shared, key)));
  seal(...classes, ...methods.filter((method): method is object => typeof method === 'function'));
}

/** Gives the member that the accessor stands for now. */
function allowOverride(shared: object, key: PropertyKey): unknown {
  const { value, writable, configurable, enumerable } = Object.getOwnPropertyDescriptor(shared, key)! as PropertyDescriptor & { value: unknown };
  if (!writable || !configurable) return undefined;
  // ses marks the getters that it makes for the same reason so: they stand for a value.
  const get = Object.defineProperty(() => value, 'originalValue', { value });
  Object.defineProperty(shared, key, {
    get,
    set(this: object, given: unknown) {
      if (this === shared) throw new TypeError(`Cannot assign to read only property '${String(key)}'`);
      Object.defineProperty(this, key, { value: given, writable: true, enumerable: true, configurable: true });
    },
    enumerable: enumerable === true,
    configurable: true,
  });
  return value;
}
