import { seededRandom } from '../../../src/simulator/host/random.js';

const integers = ['Int8', 'Uint8', 'Uint8Clamped', 'Int16', 'Uint16', 'Int32', 'Uint32', 'BigInt64', 'BigUint64'];
const values = [
  '0', '-0', '1', '-1', '1.5', 'NaN', 'Infinity', '-Infinity', '2 ** 31', '-(2 ** 31)', '2 ** 32 + 3', '2 ** 53', '255', '300', '"3"', '"abc"', '"0x10"', '""', '" 12 "', 'true', 'false', 'null', 'undefined',
  '{ valueOf() { log("valueOf"); return 7; } }', '{ toString() { log("toString"); return "5"; } }', '{ valueOf() { throw new SyntaxError("no"); } }', 'Symbol("s")', '{}', '[]', '[4]', '() => 1',
  '0n', '1n', '-1n', '2n ** 63n', '2n ** 64n + 5n', '{ valueOf() { log("big"); return 9n; } }',
];
const indices = ['0', '1', '2', '3', '-1', '-0', '1.5', '"1"', '"01"', '"-0"', '"NaN"', '"1e0"', '100', '2 ** 32', '2 ** 53', 'undefined', 'null', '{ valueOf() { log("index"); return 1; }, toString() { log("key"); return "2"; } }', 'Symbol.asyncIterator', '"length"', '"extra"', 'Infinity', '-Infinity', 'NaN', '1n', '""', '" 1"', '"Infinity"', 'true'];
const callbacks = [
  '(x, i) => x', '(x, i) => i % 2 === 0', '(x) => { log(x); return x; }', '(a, b) => (a < b ? 1 : a > b ? -1 : 0)', '(a, b) => { log(a, b); return Number(a) - Number(b); }', '() => { throw new EvalError("callback"); }',
  'function () { log(typeof this); return 0; }', '(x, i, all) => { if (i === 0) all[1] = x; return x; }', '() => 1n', '() => "2"', '() => NaN', '(a, x) => x', '(a, x, i, all) => { log(all.length, i); return x; }', 'undefined', 'null', '3', '{}',
];
const iterating = ['every', 'find', 'findIndex', 'findLast', 'findLastIndex', 'forEach', 'filter', 'map', 'some', 'reduce', 'reduceRight', 'sort', 'toSorted'];
const getters = ['length', 'byteLength', 'byteOffset', 'buffer', 'constructor', 'BYTES_PER_ELEMENT', 'extra'];
const modifying = ['add', 'sub', 'and', 'or', 'xor', 'exchange', 'store'];

export interface ProgramShape {
  /** `integers`: views of every integer type lie over one another. A float view reads and writes alone: the bits of a NaN are the engine's own affair. */
  readonly memory: 'integers' | 'Float32' | 'Float64';
  readonly isGrowable: boolean;
}

/** A sequential program over shared memory, as the body of a strict function of the names it uses; `log` takes what it observes. */
export function randomProgram(seed: number, { memory, isGrowable }: ProgramShape, statements = 40): string {
  const random = seededRandom(seed);
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)]!;
  const chance = (share: number): boolean => random() < share;
  const types = memory === 'integers' ? integers : [memory];
  const type = (): string => `${pick(types)}Array`;
  const anyType = (): string => `${pick([...integers, 'Float32', 'Float64'])}Array`;
  const view = (): string => `views[${Math.floor(random() * 4)}]`;
  const value = (): string => (chance(0.5) ? pick(['1', '2', '77', '-3', '5n', '-6n']) : pick(values));
  // Buffers of gigabytes are refused here.
  const smallValue = (): string => value().replace(/^2 \*\* \d+.*/, '16');
  const array = (): string => pick([view(), 'ordinary', 'other', '[1, 2, 3]', '[1n, 2n]', '{ length: 2, 0: 5, 1: 6 }', '"12"', 'new Set([8, 9])', 'big', smallValue()]);
  // Between overlapping views V8 11 copies as if they did not overlap, unless types are the same and memory has a fixed size; ECMA-262 reads the source first.
  const source = (): string => array().replace(/^views.*/, '$&.slice()');
  const index = (): string => (chance(0.4) ? pick(['0', '1', '2']) : pick(indices));
  // An own `length` hides the array's from our iterators, though not from the engine's.
  const plainIndex = (): string => index().replace('"length"', '0');
  const some = (make: () => string, most: number): string => Array.from({ length: Math.floor(random() * (most + 1)) }, make).join(', ');

  const expressions: readonly (() => string)[] = [
    () => `${view()}[${index()}]`,
    () => `(${view()}[${index()}] = ${value()})`,
    () => `(${view()}[${index()}] += ${value()})`,
    () => `${view()}[${index()}]++`,
    () => `delete ${view()}[${index()}]`,
    () => `${index()} in ${view()}`,
    () => `${view()}.${pick(getters)}`,
    () => `${view()}.${pick(iterating)}(${pick(callbacks)}${chance(0.4) ? `, ${value()}` : ''})`,
    () => `${view()}.${pick(['at', 'indexOf', 'lastIndexOf', 'includes', 'slice', 'subarray', 'fill', 'copyWithin', 'with', 'join', 'toReversed', 'reverse', 'toString', 'toLocaleString'])}(${some(() => (chance(0.6) ? index() : value()), 3)})`,
    () => `${view()}.set(${source()}${chance(0.7) ? `, ${index()}` : ''})`,
    () => `${pick(['ordinary', 'big'])}.set(${view()}${chance(0.7) ? `, ${index()}` : ''})`,
    () => `[...${view()}.${pick(['keys', 'values', 'entries'])}()]`,
    () => `((a, b, ...rest) => [a, b, rest])(...${view()})`,
    () => `(([a, , b = 5]) => [a, b])(${view()})`,
    () => `(({ 0: a, length, missing = 1 }) => [a, length, missing])(${view()})`,
    () => `Object.${pick(['keys', 'values', 'entries', 'getOwnPropertyNames', 'getOwnPropertyDescriptors', 'getPrototypeOf', 'isExtensible', 'isFrozen'])}(${view()})`,
    () => `Object.getOwnPropertyDescriptor(${view()}, ${index()})`,
    () => `Object.defineProperty(${view()}, ${plainIndex()}, { ${pick(['value: ' + value(), 'get() { return 1; }', 'value: 1, writable: false', 'value: 3, configurable: true, enumerable: true, writable: true', 'enumerable: false', 'configurable: false', ''])} })`,
    () => `Reflect.${pick(['get', 'has', 'deleteProperty', 'getOwnPropertyDescriptor'])}(${view()}, ${index()})`,
    () => `Reflect.set(${view()}, ${index()}, ${value()}${chance(0.2) ? ', {}' : ''})`,
    () => `Reflect.ownKeys(${view()})`,
    () => `JSON.stringify(${view()}, (key, x) => (typeof x === "bigint" ? x + "n" : x))`,
    () => `Object.prototype.toString.call(${view()})`,
    () => `Array.from(${view()}, ${pick(callbacks)})`,
    () => `Object.assign({}, ${view()})`,
    () => `({ ...${view()} })`,
    () => `${view()} instanceof ${anyType()}`,
    () => `Array.prototype.${pick(['concat', 'slice', 'flatMap', 'filter'])}.call(${view()}, ${pick(callbacks)})`,
    () => `${anyType()}.from(${array()}${chance(0.4) ? `, ${pick(callbacks)}` : ''})`,
    () => `${anyType()}.of(${some(value, 3)})`,
    () => `new ${anyType()}(${array()}${chance(0.2) ? `, ${index()}` : ''})`,
    () => `new ${anyType()}(sab, ${pick(['0', '8', '3', '16', index()])}${chance(0.5) ? `, ${index()}` : ''}).length`,
    () => `new Child(${pick(['sab', '3', view(), '[1, 2]'])}).${pick(['map((x) => x)', 'slice(1)', 'subarray(1)', 'filter(() => true)', 'sum()', 'toSorted()', 'constructor.name'])}`,
    () => `Child.${pick(['of(1, 2)', 'from([3, 4], (x) => x * 2)', 'from(views[0])'])}`,
    () => `Sharing.${pick(['of(1, 2)', 'from([3, 4], (x) => x * 2)', 'from({ length: 2 })'])}`,
    () => `${anyType()}.prototype.${pick(['map', 'fill', 'subarray', 'join', 'set'])}.call(${pick([view(), 'ordinary', '[]', '{}', 'sab'])}, ${pick(callbacks)})`,
    () => `[...((v) => { const seen = []; for (const x of v) { seen.push(x); if (seen.length === 2) v[2] = x; } return seen; })(${view()})]`,
    () => `((v) => { const seen = []; for (const key in v) seen.push(key); return seen; })(${view()})`,
    () => `(${view()}.extra = ${value()})`,
    () => `sab.slice(${some(index, 2)}).byteLength`,
    () => `[...new Uint8Array(sab.slice(${some(index, 2)}))]`,
    () => `sab.${pick(['byteLength', 'growable', 'maxByteLength', `grow(${pick(['72', '80', '64', '8', '500', index()])})`])}`,
    () => `new SharedArrayBuffer(${pick(['8', '0', smallValue()])}${chance(0.4) ? `, { maxByteLength: ${smallValue()} }` : ''}).byteLength`,
    () => `data.get${pick(memory === 'integers' ? [...integers.filter((name) => name !== 'Uint8Clamped'), 'Float32', 'Float64'] : [memory, 'Int16'])}(${pick(['0', '4', '8', '1', index()])}${chance(0.4) ? `, ${value()}` : ''})`,
    () => `data.set${pick(memory === 'integers' ? integers.filter((name) => name !== 'Uint8Clamped') : [memory])}(${pick(['0', '4', '8', '1', index()])}, ${value()}${chance(0.4) ? `, ${value()}` : ''})`,
    () => `data.${pick(['byteLength', 'byteOffset', 'buffer', 'constructor'])}`,
    () => `new DataView(${pick(['sab', 'ordinary.buffer', 'views[0]', '{}'])}, ${index()}${chance(0.5) ? `, ${index()}` : ''}).byteLength`,
    () => `Atomics.load(${array()}, ${index()})`,
    () => `Atomics.${pick(modifying)}(${chance(0.8) ? view() : array()}, ${index()}, ${value()})`,
    () => `Atomics.${pick(modifying)}(${view()}, ${index()}, ${value()})`,
    () => `Atomics.compareExchange(${chance(0.8) ? view() : array()}, ${index()}, ${value()}, ${value()})`,
    () => `Atomics.compareExchange(views[0], 0, views[0][0], ${value()})`,
    () => `Atomics.notify(${array()}, ${index()}, ${value()})`,
    () => `Atomics.${pick(['wait', 'waitAsync'])}(${array()}, ${index()}, ${value()}, ${pick(['0', '-5', 'null', '""', 'Symbol("t")', '1n', '{ valueOf() { log("timeout"); return 0; } }'])})`,
    () => `Atomics.isLockFree(${value()})`,
  ];

  const lines = Array.from({ length: statements }, () => `attempt(() => (${expressions[Math.floor(random() * expressions.length)]!()}));`);
  const made = [
    `const sab = new SharedArrayBuffer(64${isGrowable ? ', { maxByteLength: 96 }' : ''});`,
    'const bytes = new Uint8Array(sab); for (let i = 0; i < 64; i++) bytes[i] = (i * 37) % 61;',
    `const views = [new ${type()}(sab), new ${type()}(sab, 8, 4), new ${type()}(sab, 16), new ${type()}(sab, ${pick(['0', '8', '24'])}, ${pick(['0', '1', '3'])})];`,
    'const data = new DataView(sab, 4, 40); const ordinary = new Int32Array([4, 5, 6, 7]); const big = new BigInt64Array([1n, 2n, 3n]);',
    'const other = new Uint16Array(new SharedArrayBuffer(6)); other.set([7, 8, 9]);',
    `class Child extends ${memory === 'integers' ? pick(['Int32', 'Uint8', 'BigInt64']) : memory}Array { sum() { let sum = 0; for (const x of this) sum += Number(x); return sum; } }`,
    'class Sharing extends Int16Array { constructor(length) { super(new SharedArrayBuffer(length * 2)); } }',
  ];
  return [...made, ...lines, 'log([...bytes]);'].join('\n');
}
