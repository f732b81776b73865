/**
 * Built-ins that compute from their arguments: given an opaque one, their result is opaque too.
 * Containers are left out: they store what they are given.
 */
const computing = new Set<unknown>([
  parseInt, parseFloat, isNaN, isFinite, decodeURI, decodeURIComponent, encodeURI, encodeURIComponent,
  Number, String, BigInt, RegExp, ArrayBuffer, Uint8Array, DataView,
  ...functionsOf(JSON), ...functionsOf(Math), ...functionsOf(Number), ...functionsOf(Reflect),
  Object.keys, Object.values, Object.entries, Object.fromEntries, Object.getOwnPropertyNames, Array.isArray, Uint8Array.from, Date.parse, String.fromCharCode,
]);

/** Functions of the simulated platform that are like built-ins in this. */
const ofPlatform = new WeakSet<object>();

/** Given an opaque argument, the result of these functions is opaque: they compute from their arguments alone. */
export function computes(...functions: readonly object[]): void {
  for (const each of functions) ofPlatform.add(each);
}

export function opaqueArgumentsMatter(callable: unknown): boolean {
  return computing.has(callable) || ofPlatform.has(callable as object);
}

/** What comes from outside is never changed, so these leave it as it is. */
export function isFreezing(callable: unknown): boolean {
  return callable === Object.freeze || callable === Object.seal || callable === Object.preventExtensions;
}

function functionsOf(namespace: object): unknown[] {
  return Object.getOwnPropertyNames(namespace).map((name) => (namespace as Record<string, unknown>)[name]).filter((value) => typeof value === 'function');
}
