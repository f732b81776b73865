export function isNullish(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** ToPropertyKey (ECMA-262, 7.1.19), done once. A missing object fails first, as in engines. */
export function propertyKey(object: unknown, key: PropertyKey): PropertyKey {
  if (!isObject(key) || isNullish(object)) return key;
  return Reflect.ownKeys({ [key as PropertyKey]: 0 })[0]!;
}

/** The value of a data property, own or inherited. A getter is not run: the program will do so itself. */
export function plainValue(object: object, key: PropertyKey): unknown {
  for (let at: object | null = object; at; at = Reflect.getPrototypeOf(at)) {
    const property = Reflect.getOwnPropertyDescriptor(at, key);
    if (property) return property.value as unknown;
  }
  return undefined;
}

/** True for a function in a field of the object itself, which may be replaced, not a method of its class. */
export function isReplaceable(receiver: object, key: PropertyKey): boolean {
  return Object.hasOwn(receiver, key) && Reflect.getOwnPropertyDescriptor(receiver, key)!.writable === true;
}
