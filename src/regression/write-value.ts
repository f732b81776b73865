import type { Value } from './plan.js';
import type { Writer } from './writer.js';

/** How stubs are written where they are used: by name, or in place. */
export type WriteStub = (stub: Extract<Value, { kind: 'stub' }>['stub']) => string;

/** Writes what stands in for a value from outside so that it is noted what it lacks. */
export type Noted = (label: string, text: string) => string;

/** A value as an expression, on one line if that is not too long. */
export function writeValue(w: Writer, value: Value, stub: WriteStub, noted: Noted = plainly): string {
  const inner = (one: Value): string => writeValue(w, one, stub, noted);
  switch (value.kind) {
    case 'literal': return typeof value.value === 'string' ? w.string(value.value) : String(value.value);
    case 'expression': return value.text;
    case 'array': return listed(w, '[', value.items.map(inner), ']');
    case 'collection': return `new ${value.name}(${value.items.length === 0 ? '' : listed(w, '[', value.items.map(inner), ']')})`;
    case 'object': return noted(value.label ?? '', listed(w, '{', value.entries.map(([key, item]) => entry(w, key, item, inner)), '}'));
    case 'stub': return noted(value.stub.label, stub(value.stub));
    case 'class': return `class ${classBody(w, value.instance, inner, noted)}`;
  }
}

const longestLine = 100;

/** What stands between brackets: on one line, or each on one of its own, one step further in. */
export function listed({ style: { indent } }: Writer, open: '[' | '{', items: readonly string[], close: ']' | '}'): string {
  if (items.length === 0) return open + close;
  const pad = open === '{' ? ' ' : '';
  const line = `${open}${pad}${items.join(', ')}${pad}${close}`;
  return line.length <= longestLine ? line : `${open}\n${items.map((item) => `${indent}${item.replaceAll('\n', `\n${indent}`)},\n`).join('')}${close}`;
}

function plainly(_label: string, text: string): string {
  return text;
}

function entry(w: Writer, key: string, value: Value, inner: (value: Value) => string): string {
  const text = inner(value);
  if (text === key) return key;
  return `${/^[A-Za-z_$][\w$]*$/.test(key) ? key : w.string(key)}: ${text}`;
}

/** Fields of instances; only names that a class may write so. */
function classBody(w: Writer, instance: Value, inner: (value: Value) => string, noted: Noted): string {
  if (instance.kind !== 'object') return '{}';
  const fields = instance.entries.map(([key, value]) => `${/^[A-Za-z_$][\w$]*$/.test(key) ? key : `[${w.string(key)}]`} = ${inner(value)};`);
  const self = noted(instance.label ?? '', 'this');
  const members = [...fields, ...(self === 'this' ? [] : [`constructor() { return ${self}; }`])];
  return members.length === 0 ? '{}' : `{ ${members.join(' ')} }`;
}

/** An argument of a call: in TypeScript, what has less than its type asks for says so. */
export function writeArgument(w: Writer, value: Value, stub: WriteStub, noted?: Noted): string {
  const text = writeValue(w, value, stub, noted);
  return w.style.isTypeScript && isPartial(value) ? `${text} as never` : text;
}

function isPartial(value: Value): boolean {
  if (value.kind === 'object') return value.isPartial === true || value.entries.some(([, item]) => isPartial(item));
  return value.kind === 'array' && value.items.some(isPartial);
}

/** `undefined`, which a call leaves out. */
export function isNothing(value: Value): boolean {
  return value.kind === 'literal' && value.value === undefined;
}
