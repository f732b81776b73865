/** Elements, and bytes, beyond which an engine's own loops take longer than a worker can be left alone with: they cannot be interrupted. */
const mostElements = 20_000_000;
const mostBytes = 250_000_000;

const buffers = new Set<unknown>([ArrayBuffer, Uint8Array, Int8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array]);
const onArrayLikes = new Set<unknown>([
  Array.from, Reflect.apply, Function.prototype.call, Function.prototype.apply,
  ...Object.values(Object.getOwnPropertyDescriptors(Array.prototype)).map(({ value }) => value as unknown).filter((value) => typeof value === 'function'),
]);

/** What is too large in this call of a built-in, in words; undefined for every other call. */
export function excess(callable: unknown, receiver: unknown, args: readonly unknown[]): string | undefined {
  const [first] = args;
  if (callable === Array && args.length === 1 && Number(first) > mostElements) return `an array of ${String(first)} elements was asked for`;
  if (typeof first === 'number' && buffers.has(callable) && first * (elementBytes(callable) ?? 1) > mostBytes) return `a buffer of ${first} elements was asked for`;
  if (!onArrayLikes.has(callable)) return undefined;
  const large = [receiver, ...args].map(ownLength).find((length) => length > mostElements);
  return large === undefined ? undefined : `a loop over ${large} elements was asked for`;
}

function elementBytes(callable: unknown): number | undefined {
  return (callable as { BYTES_PER_ELEMENT?: number }).BYTES_PER_ELEMENT;
}

function ownLength(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const length: unknown = Array.isArray(value) ? value.length : Reflect.getOwnPropertyDescriptor(value, 'length')?.value;
  return typeof length === 'number' ? length : 0;
}
