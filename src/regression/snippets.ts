import type { Style } from './style.js';

/** Functions that a test brings along, in the project's style, each with an empty line behind it. */
export function deferredText({ semicolons, indent, isTypeScript }: Style, mayFail: boolean): string {
  const end = semicolons ? ';' : '';
  return [
    '/** A promise that the test settles when its turn has come. */',
    `function deferred${isTypeScript ? '<T = void>' : ''}() {`,
    isTypeScript ? `${indent}let resolve!: (value: T) => void${end}` : `${indent}let resolve${end}`,
    ...(mayFail ? [isTypeScript ? `${indent}let reject!: (reason: Error) => void${end}` : `${indent}let reject${end}`] : []),
    `${indent}const promise = new Promise${isTypeScript ? '<T>' : ''}((settle${mayFail ? ', fail' : ''}) => {`,
    `${indent}${indent}resolve = settle${end}`,
    ...(mayFail ? [`${indent}${indent}reject = fail${end}`] : []),
    `${indent}})${end}`,
    `${indent}return { promise, resolve${mayFail ? ', reject' : ''} }${end}`,
    '}', '',
  ].join('\n');
}

export function inTurnText({ semicolons, indent, isTypeScript }: Style): string {
  const end = semicolons ? ';' : '';
  return [
    '/** Gives one value after the other, and the last one ever after. */',
    `function inTurn(...values${isTypeScript ? ': unknown[]' : ''}) {`,
    `${indent}return () => (values.length > 1 ? values.shift() : values[0])${end}`,
    '}', '',
  ].join('\n');
}

export function callingBackText({ semicolons, indent, isTypeScript }: Style): string {
  const end = semicolons ? ';' : '';
  const typed = (type: string): string => (isTypeScript ? `: ${type}` : '');
  return [
    '/** Calls the argument of this rank back with what each turn gives, once it has come, and as in the last one ever after. */',
    `function callingBack(position${typed('number')}, turns${typed('(Promise<unknown[]> | undefined)[]')}, answer${typed('() => unknown')} = () => undefined) {`,
    `${indent}return (...args${typed('any[]')}) => {`,
    `${indent}${indent}const turn = turns.length > 1 ? turns.shift() : turns[0]${end}`,
    `${indent}${indent}void turn?.then((given) => args[position]?.(...given))${end}`,
    `${indent}${indent}return answer()${end}`,
    `${indent}}${end}`,
    '}', '',
  ].join('\n');
}

export function watchedText({ semicolons, indent, isTypeScript }: Style): string {
  const end = semicolons ? ';' : '';
  const any = isTypeScript ? ': unknown[]' : '';
  return [
    '/** Counts how many calls are under way at most. */',
    `function watched(run${isTypeScript ? ': (...args: unknown[]) => unknown' : ''}) {`,
    `${indent}let now = 0${end}`,
    `${indent}const watch = Object.assign(`,
    `${indent}${indent}async (...args${any}) => {`,
    `${indent}${indent}${indent}watch.most = Math.max(watch.most, ++now)${end}`,
    `${indent}${indent}${indent}await run(...args)${end}`,
    `${indent}${indent}${indent}now--${end}`,
    `${indent}${indent}},`,
    `${indent}${indent}{ most: 0 },`,
    `${indent})${end}`,
    `${indent}return watch${end}`,
    '}', '',
  ].join('\n');
}

/** What stands in for a value from outside goes through this in an observation. (What a factory of jest's may name begins with `mock`.) */
export const notedName = 'mockNoted';

/** What an observation needs: a list of what stand-ins were asked for in vain, answers by arguments, and values as data that a test could write down. */
export const observingText = String.raw`
function mockGaps() {
  return (globalThis.mockGapsSoFar ??= []);
}

function mockNoted(of, value) {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return value;
  const note = (gap) => void mockGaps().push({ of, ...gap });
  return new Proxy(value, {
    get(target, key, receiver) {
      const value = Reflect.get(target, key, receiver);
      if (value === undefined && typeof key === 'string' && key !== 'then' && key !== 'toJSON') note({ key });
      return value;
    },
    apply(target, self, args) {
      const given = Reflect.apply(target, self, args);
      if (given === undefined) note({});
      else if (given instanceof Promise) given.then((settled) => { if (settled === undefined) note({}); }, () => undefined);
      return given;
    },
  });
}

function answering(name, isPromise, known, next, fallback, later) {
  return (...args) => {
    if (later) setImmediate(() => args[later.position]?.(...later.given()));
    const key = JSON.stringify(args);
    const last = fallback();
    const value = Object.hasOwn(known, key) ? known[key]() : next.length > 0 ? next.shift()() : typeof last === 'string' ? [name, ...args].join(' ') : last;
    return isPromise ? Promise.resolve(value) : value;
  };
}

function shown(value, depth = 0) {
  if (value === undefined || value === null || typeof value === 'string' || typeof value === 'boolean') return { kind: 'literal', value, isUndefined: value === undefined };
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? { kind: 'literal', value } : { kind: 'expression', text: Object.is(value, -0) ? '-0' : String(value) };
  if (typeof value === 'bigint') return { kind: 'expression', text: value + 'n' };
  if (typeof value !== 'object' || depth > 4) return { kind: 'opaque' };
  if (Array.isArray(value)) return { kind: 'array', items: value.map((item) => shown(item, depth + 1)) };
  if (value instanceof Map) return { kind: 'collection', name: 'Map', items: [...value].map((item) => shown(item, depth + 1)) };
  if (value instanceof Set) return { kind: 'collection', name: 'Set', items: [...value].map((item) => shown(item, depth + 1)) };
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return { kind: 'opaque' };
  return { kind: 'object', entries: Object.entries(value).map(([key, item]) => [key, shown(item, depth + 1)]) };
}`;
