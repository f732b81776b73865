import type { ClassInfo, FunctionInfo } from './functions.js';

/** A class and those it extends, itself first, as far as they are part of the program. */
export function lineOf(owner: ClassInfo): ClassInfo[] {
  const line: ClassInfo[] = [];
  for (let at: ClassInfo | undefined = owner; at && !line.includes(at); at = at.superclass) line.push(at);
  return line;
}

/** The class's own member of that name and kind, or the one it inherits. */
export function memberOf(owner: ClassInfo, name: string, isStatic: boolean, kind: 'method' | 'getter' | 'setter'): FunctionInfo | undefined {
  for (const at of lineOf(owner)) {
    const found = at.members.find((member) => member.ownName === name && member.isStatic === isStatic && member.kind === kind);
    if (found) return found;
  }
  return undefined;
}

/** The class that an instance of `owner` has the field from: the first of its line that declares it. */
export function declarerOf(owner: ClassInfo, field: string): ClassInfo {
  return field.startsWith('#') ? owner : (lineOf(owner).findLast(({ fields }) => fields.get(field)?.isStatic === false) ?? owner);
}

/** True if one object can be an instance of both. */
export function areKin(a: ClassInfo, b: ClassInfo): boolean {
  return a === b || lineOf(a).includes(b) || lineOf(b).includes(a);
}
