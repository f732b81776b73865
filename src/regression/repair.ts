import type { OutsideUse, OutsideUses } from '../model/index.js';
import { failureName, gapsName, type Seen } from './choose.js';

/** What was asked for in vain: a member of what stands in for the value `of`, or, without a key, what a call of it gives. */
export interface Gap {
  readonly of: string;
  readonly key?: string;
}

/** What went wrong for want of something: it was called, something of it was read, or it was iterated. */
type Want = { readonly kind: 'call'; readonly key: string } | { readonly kind: 'member'; readonly key: string } | { readonly kind: 'elements' };

/**
 * What a witness does with values from outside, and beside it what a run in Node would have needed so as not to fail as it did: Node comes to code that the simulator has not run. Undefined if it
 * has not failed for want of something that a stand-in lacks.
 */
export function mended(uses: OutsideUses, { [failureName]: failure, [gapsName]: told }: Seen): OutsideUses | undefined {
  const text = failure?.kind === 'literal' ? String(failure.value) : '';
  const left = exportsLeftOut(text, uses);
  if (left.length > 0) return { ...uses, serial: [...uses.serial, ...left] };
  const want = wantIn(text);
  const gaps = told?.kind === 'literal' ? (JSON.parse(String(told.value)) as Gap[]) : [];
  const gap = want && [...gaps].reverse().find(({ key }) => (want.kind === 'call' ? key === want.key : true));
  const more = want && gap ? usesFor(gap, want, uses) : [];
  return more.length === 0 ? undefined : { ...uses, serial: [...uses.serial, ...more] };
}

/** What stands in for a module has no such export, as vitest words it. Most are functions. */
function exportsLeftOut(failure: string, { witness, serial }: OutsideUses): OutsideUse[] {
  const [, name, specifier] = /No "([^"]+)" export is defined on the "([^"]+)" mock/.exec(failure) ?? [];
  if (name === undefined || specifier === undefined || [...witness, ...serial].some((use) => use.kind === 'import' && use.specifier === specifier && use.name === name)) return [];
  return [{ kind: 'import', value: name, specifier, name }, callOf(name)];
}

/** As V8 words its errors. */
function wantIn(failure: string): Want | undefined {
  const called = /([\w$]+)\)? is not a function/.exec(failure)?.[1];
  if (called !== undefined) return { kind: 'call', key: called };
  const read = /Cannot read properties of undefined \(reading '([^']+)'\)/.exec(failure)?.[1] ?? /Cannot destructure property '([^']+)' of .* as it is undefined/.exec(failure)?.[1];
  if (read !== undefined) return { kind: 'member', key: read };
  return / is not iterable/.test(failure) ? { kind: 'elements' } : undefined;
}

function usesFor({ of, key }: Gap, want: Want, uses: OutsideUses): OutsideUse[] {
  const added: OutsideUse[] = key === undefined ? [] : [{ kind: 'member', of, key, value: `${of}.${key}` }];
  const values = key === undefined ? givenBy(of, uses) : [`${of}.${key}`];
  return [...added, ...values.flatMap((value) => useOf(value, want))];
}

function useOf(value: string, want: Want): OutsideUse[] {
  if (want.kind === 'call') return [callOf(value)];
  if (want.kind === 'elements') return [{ kind: 'element', of: value, value: `${value}[0]` }];
  // A promise is waited for; it has no members that anybody would have to write down.
  if (/^(?:then|catch|finally)$/.test(want.key)) return [{ kind: 'wait', of: value, event: '' }];
  return [{ kind: 'member', of: value, key: want.key, value: `${value}.${want.key}` }];
}

function callOf(callee: string): OutsideUse {
  return { kind: 'call', of: callee, value: `${callee}()`, number: -1, task: '', arguments: [] };
}

/** What the known calls of a function have given. */
function givenBy(callee: string, { witness, serial }: OutsideUses): string[] {
  return [...new Set([...witness, ...serial].flatMap((use) => (use.kind === 'call' && use.of === callee ? [use.value] : [])))];
}
