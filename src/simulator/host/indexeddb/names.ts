/** A sorted list of names, as a `DOMStringList`. */
export function stringList(names: readonly string[]): readonly string[] {
  const list = [...names].sort((a, b) => (a < b ? -1 : 1));
  return Object.freeze(Object.defineProperties(list, { contains: { value: (name: unknown) => list.includes(String(name)) }, item: { value: (at: unknown) => list[Number(at) >>> 0] ?? null } }));
}
