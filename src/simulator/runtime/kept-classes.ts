const { getOwnPropertyDescriptor, getPrototypeOf, isExtensible, ownKeys } = Reflect;

/** An object as it was made. */
interface Shape {
  readonly object: object;
  readonly prototype: object | null;
  readonly keys: readonly PropertyKey[];
  readonly members: readonly PropertyDescriptor[];
}

/**
 * Classes that serve one execution after the other, as long as none has changed anything about them: they themselves, their prototypes, and
 * the functions that are members of either are what they were.
 */
export class KeptClasses {
  readonly values: readonly object[];
  readonly #shapes: readonly Shape[];

  constructor(values: readonly object[]) {
    this.values = values;
    const found = new Map<object, Shape>();
    for (const value of values) note(value, found);
    this.#shapes = [...found.values()];
  }

  get areUnchanged(): boolean {
    const shapes = this.#shapes;
    for (let index = 0; index < shapes.length; index++) if (!isAsMade(shapes[index]!)) return false;
    return true;
  }
}

function note(object: object, found: Map<object, Shape>): void {
  if (found.has(object)) return;
  const keys = ownKeys(object);
  const members = keys.map((key) => getOwnPropertyDescriptor(object, key)!);
  found.set(object, { object, prototype: getPrototypeOf(object), keys, members });
  for (const { value, get, set } of members) {
    for (const member of [value as unknown, get, set]) if (typeof member === 'function' || (typeof member === 'object' && member !== null)) note(member, found);
  }
}

function isAsMade({ object, prototype, keys, members }: Shape): boolean {
  if (!isExtensible(object) || getPrototypeOf(object) !== prototype) return false;
  const now = ownKeys(object);
  if (now.length !== keys.length) return false;
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index]!;
    if (now[index] !== key || !isSame(getOwnPropertyDescriptor(object, key)!, members[index]!)) return false;
  }
  return true;
}

function isSame(one: PropertyDescriptor, other: PropertyDescriptor): boolean {
  return Object.is(one.value, other.value) && one.get === other.get && one.set === other.set && one.writable === other.writable && one.enumerable === other.enumerable && one.configurable === other.configurable;
}
