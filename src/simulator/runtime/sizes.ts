/** Elements, and bytes, beyond which an engine's own loops take longer than a worker can be left alone with: they cannot be interrupted. */
const mostElements = 20_000_000;
const mostBytes = 250_000_000;

const onArrayLikes = new Set<unknown>([
  Array.from, Reflect.apply, Function.prototype.call, Function.prototype.apply,
  ...Object.values(Object.getOwnPropertyDescriptors(Array.prototype)).map(({ value }) => value as unknown).filter((value) => typeof value === 'function'),
]);

export interface Excess {
  /** What a person reads. */
  readonly text: string;
  readonly limit: 'heap' | 'steps';
}

/** What is too large in this call of a built-in; undefined for every other call. */
export function excess(callable: unknown, receiver: unknown, args: readonly unknown[]): Excess | undefined {
  const first = args[0];
  if (callable === Array && args.length === 1 && Number(first) > mostElements) return { text: `an array of ${String(first)} elements was asked for`, limit: 'heap' };
  if (typeof first === 'number' && first * (elementBytes(callable) ?? 0) > mostBytes) return { text: `a buffer of ${first} elements was asked for`, limit: 'heap' };
  if (!onArrayLikes.has(callable)) return undefined;
  const large = [receiver, ...args].map(ownLength).find((length) => length > mostElements);
  return large === undefined ? undefined : { text: `a loop over ${large} elements was asked for`, limit: 'steps' };
}

/** What one element takes of what the constructor makes: of the engine's typed arrays, and of those that programs with shared memory see. */
function elementBytes(callable: unknown): number | undefined {
  return callable === ArrayBuffer ? 1 : (callable as { BYTES_PER_ELEMENT?: number }).BYTES_PER_ELEMENT;
}

function ownLength(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const length: unknown = Array.isArray(value) ? value.length : Reflect.getOwnPropertyDescriptor(value, 'length')?.value;
  return typeof length === 'number' ? length : 0;
}
