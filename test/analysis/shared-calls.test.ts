import { describe, expect, test } from 'vitest';
import { createAnalyser } from '../../src/analysis/index.js';

/** A decorator in a file of its own, by what it does with a call that is under way. */
const decorator = (body: string): string => `
export function gate(keyOf?: (...args: unknown[]) => string) {
  return (target: object, name: string, descriptor: PropertyDescriptor) => {
    const fn = descriptor.value;
    descriptor.value = function (this: Record<string, unknown>, ...args: unknown[]) {
      const key = '$' + name + (keyOf ? keyOf(...args) : '');
      ${body}
    };
  };
}`;

const service = (member: string): string => `
import { gate } from './gate';
export class Drafts {
  private parts?: Part[];
  constructor(private readonly api: { create(): Promise<Part[]> }) {}
  ${member}
  async ensure() {
    if (this.parts == null) this.parts = await this.api.create();
    return this.parts;
  }
}`;

const sharing = decorator(`let promise = this[key] as Promise<unknown> | undefined;
      if (promise === undefined) this[key] = promise = fn.apply(this, args).finally(() => { this[key] = undefined; });
      return promise;`);
const counting = decorator(`this[key] = ((this[key] as number) ?? 0) + 1;
      return fn.apply(this, args);`);

function rulesIn(files: Record<string, string>): string[] {
  const analyser = createAnalyser((file) => (file in files ? { kind: 'file', text: files[file]! } : undefined));
  return analyser.analyse({ file: 'drafts.ts', text: files['drafts.ts']! }).findings.map(({ rule }) => rule);
}

describe('a decorator that another file defines', () => {
  test('lets all who come wait for the call that is under way', () => {
    expect(rulesIn({ 'drafts.ts': service('@gate()'), 'gate.ts': sharing })).toEqual([]);
  });
  test('keeps nobody out by counting', () => {
    expect(rulesIn({ 'drafts.ts': service('@gate()'), 'gate.ts': counting })).toEqual(['double-initialization']);
  });
  test('is asked for by whoever has it on the method', () => {
    expect(rulesIn({ 'drafts.ts': service(''), 'gate.ts': sharing })).toEqual(['double-initialization']);
  });
});

test('what such a method gives back may be put in the place once more', () => {
  const twice = service('').replace('async ensure()', '@gate() private async made()').replace('return this.parts;', 'return this.parts;\n  }\n  async first() {\n    if (this.parts != null) return this.parts[0];\n    this.parts = await this.made();\n    return this.parts[0];');
  expect(rulesIn({ 'drafts.ts': twice, 'gate.ts': sharing })).toEqual([]);
});

/** `await import(name)` may be done twice, but what others are told in the same turn is then told twice. */
const support = (told: string, promised = false): string => promised
  ? `export class Support { private known?: Promise<boolean>; isThere() { return (this.known ??= this.look()); } private async look() { try { await import('zeromq'); ${told} return true; } catch { return false; } } }`
  : `export class Support { private known?: boolean; async isThere() { if (this.known !== undefined) return this.known; try { await import('zeromq'); ${told} this.known = true; } catch { this.known = false; } return this.known; } }`;

test.each([
  ['told by each', support(`sendEvent('there');`), ['double-initialization']],
  ['the promise is kept', support(`sendEvent('there');`, true), []],
  ['nobody is told', support(`log('there');`), []],
])('a module that is looked for: %s', (_name, text, rules) => {
  expect(rulesIn({ 'drafts.ts': text })).toEqual(rules);
});
