/** Runs the body of a strict function with these globals, and gives what it has logged, one line each. */
export function runProgram(body: string, globals: Readonly<Record<string, unknown>>): string[] {
  const lines: string[] = [];
  const shared = globals['SharedArrayBuffer'] as new () => object;
  const log = (...seen: unknown[]): void => void lines.push(seen.map((value) => describeValue(value, shared)).join(' '));
  let rank = 0;
  const attempt = (run: () => unknown): void => {
    rank++;
    try {
      log(rank, run());
    } catch (error) {
      log(rank, `threw ${(error as Error).constructor.name}`);
    }
  };
  const names = Object.keys(globals);
  new Function('log', 'attempt', ...names, `"use strict";\n${body}`)(log, attempt, ...names.map((name) => globals[name]));
  return lines;
}

function describeValue(value: unknown, shared: new () => object, depth = 0): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (Object.is(value, -0)) return '-0';
  if (typeof value === 'function') return `function ${value.name}`;
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (depth > 4) return '…';
  const inner = (part: unknown): string => describeValue(part, shared, depth + 1);
  if (value instanceof shared) return `shared ${(value as SharedArrayBuffer).byteLength}`;
  if (Array.isArray(value)) return `[${value.map(inner).join(', ')}]`;
  if (ArrayBuffer.isView(value) || 'BYTES_PER_ELEMENT' in value) {
    if (!('length' in value) || Object.hasOwn(value, 'BYTES_PER_ELEMENT')) return `prototype`;
    const array = value as unknown as Int32Array;
    try {
      return `${array.constructor.name}${array.buffer instanceof shared ? ' shared' : ''} ${array.byteOffset} [${Array.from(array, inner).join(', ')}]`;
    } catch (error) {
      return `prototype: ${(error as Error).constructor.name}`;
    }
  }
  if (value instanceof Promise) return 'a promise';
  return `{${Reflect.ownKeys(value).map((key) => `${String(key)}: ${inner((value as Record<PropertyKey, unknown>)[key])}`).join(', ')}}`;
}

/** What real memory gives to the same program. */
export const nativeGlobals: Readonly<Record<string, unknown>> = {
  SharedArrayBuffer, Atomics, DataView, Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array,
};
