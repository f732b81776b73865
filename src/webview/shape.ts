/** What a value has to look like to be trusted at a boundary; the answer names the first place that does not fit. */
export type Shape = (value: unknown, path: string) => Misfit | undefined;

export interface Misfit {
  /** Where: `message.proof.outcomes[2].count`. */
  readonly path: string;
  /** What should have been there: `a number`. */
  readonly expected: string;
}

const primitive =
  (type: 'string' | 'number' | 'boolean', expected: string): Shape =>
  (value, path) =>
    typeof value === type ? undefined : { path, expected };

export const text = primitive('string', 'a text');
export const number = primitive('number', 'a number');
export const flag = primitive('boolean', 'true or false');

/** A whole number from 0: an index or a count. */
export const count: Shape = (value, path) => (Number.isSafeInteger(value) && (value as number) >= 0 ? undefined : { path, expected: 'a whole number from 0' });

export const oneOf =
  (...allowed: readonly (string | number)[]): Shape =>
  (value, path) =>
    allowed.includes(value as string | number) ? undefined : { path, expected: `one of ${allowed.join(', ')}` };

export const optional =
  (shape: Shape): Shape =>
  (value, path) =>
    value === undefined ? undefined : shape(value, path);

export const list =
  (shape: Shape): Shape =>
  (value, path) =>
    Array.isArray(value) ? firstMisfit(value.entries(), (item, index) => shape(item, `${path}[${index}]`)) : { path, expected: 'a list' };

/** Any keys, all values of one shape. */
export const record =
  (shape: Shape): Shape =>
  (value, path) =>
    isObject(value) ? firstMisfit(Object.entries(value), (item, key) => shape(item, `${path}.${key}`)) : { path, expected: 'an object' };

/** The named keys; others are left alone, so that either side may learn a new one first. */
export const object =
  (shapes: Readonly<Record<string, Shape>>): Shape =>
  (value, path) =>
    isObject(value) ? firstMisfit(Object.entries(shapes), (shape, key) => shape(value[key], `${path}.${key}`)) : { path, expected: 'an object' };

export const pair =
  (shape: Shape): Shape =>
  (value, path) =>
    Array.isArray(value) && value.length === 2 ? list(shape)(value, path) : { path, expected: 'a pair' };

/** One shape for each value of the key `type`. */
export const tagged =
  (shapes: Readonly<Record<string, Shape>>): Shape =>
  (value, path) => {
    if (!isObject(value)) return { path, expected: 'an object' };
    const { type } = value;
    const shape = typeof type === 'string' && Object.hasOwn(shapes, type) ? shapes[type] : undefined;
    return shape ? shape(value, path) : { path: `${path}.type`, expected: `one of ${Object.keys(shapes).join(', ')}` };
  };

function firstMisfit<K, V>(entries: Iterable<[K, V]>, check: (value: V, key: K) => Misfit | undefined): Misfit | undefined {
  for (const [key, value] of entries) {
    const misfit = check(value, key);
    if (misfit) return misfit;
  }
  return undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
