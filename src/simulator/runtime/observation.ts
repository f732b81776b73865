import type { Scenario } from '../../model/index.js';
import { isSameRange, lastToAsk } from '../../model/index.js';
import { wholeContents } from './locations.js';
import type { OpaqueValues } from './opaque.js';
import type { LocationRecord } from './loop-identity.js';
import { isContainer, type Recording } from './recording.js';
import { constructorName, render } from './render.js';
import { VariableScope } from './hook-world.js';
import { KeptFile } from '../host/kept-files.js';
import { StateCell } from '../host/react/index.js';

/** The final value of every location that a region has read or acted on and a task has written, by the name that a person would give it. */
export function observe(recording: Pick<Recording, 'observed'> & Partial<Pick<Recording, 'lastToAsk' | 'extreme' | 'latest'>>, scenario: Scenario, opaque: OpaqueValues): [name: string, value: string][] {
  const { observed, lastToAsk: asker, extreme } = recording;
  const state: [string, string][] = [];
  if (asker !== undefined) state.push([lastToAsk, asker]);
  if (extreme !== undefined) state.push(['at most', String(extreme)]);
  for (const location of observed) {
    if (!location.isWritten) continue;
    const name = nameOf(location, scenario);
    const value = render(finalValue(location, recording.latest?.(location.object) ?? location.object), opaque);
    if (!state.some(([known, text]) => known === name && text === value)) state.push([unused(name, state), value]);
  }
  return state.length < 2 ? state : state.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** `object`: the one that the location is of now. */
function finalValue({ key, last }: LocationRecord, object: object): unknown {
  if (key === wholeContents) return object;
  // A variable, a private field, an entry under an object's key, or one of a WeakMap, cannot be read from here.
  if (object instanceof VariableScope || (typeof key === 'string' && key.startsWith('#'))) return last;
  if (object instanceof Map) return object.get(key);
  if (object instanceof Set) return object.has(key);
  if (object instanceof WeakMap || object instanceof WeakSet) return last;
  return (object as Record<PropertyKey, unknown>)[key];
}

function nameOf({ site, isRead, object, key }: LocationRecord, scenario: Scenario): string {
  const range = scenario.program.sites[site]!.range;
  if (object instanceof StateCell) return scenario.regions.find(({ reads, acts }) => [...reads, ...acts].some((place) => isSameRange(place, range)))!.location;
  if (object instanceof KeptFile) return describeLocation(object, key, '');
  const region = isRead ? scenario.regions.find(({ reads }) => reads.some((read) => isSameRange(read, range))) : undefined;
  const { text } = scenario.program.sites[site]!;
  const isKeyed = key !== wholeContents && (object instanceof Map || object instanceof Set);
  if (!region || !isNamedBy(region.location, object, key)) return isKeyed ? `${describeLocation(object, key, text)}[${String(key).replace(/^#/, '')}]` : underItsKey(describeLocation(object, key, text), key);
  return isKeyed ? region.location.replace(/(\[[^\]]*\])?$/, `[${String(key).replace(/^#/, '')}]`) : region.location;
}

/** `byUser[this.user]` -> `byUser[ann]`: what lands under another key is another end. */
function underItsKey(text: string, key: PropertyKey): string {
  if (key === wholeContents || !text.endsWith(']')) return text;
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    if (text[at] === ']') depth++;
    else if (text[at] === '[' && --depth === 0) return `${text.slice(0, at)}[${String(key)}]`;
  }
  return text;
}

/** False for a part of what a region reads: `token.expiresAt` where the region is about `token`. */
function isNamedBy(location: string, object: object, key: PropertyKey): boolean {
  if (/\]$/.test(location) || isContainer(object)) return true;
  return location.endsWith(String(key));
}

/** `Account#balance`, `Session.#token`, `count`, or the source text of what holds the contents. */
export function describeLocation(object: object, key: PropertyKey, text: string): string {
  if (object instanceof VariableScope) return String(key);
  if (object instanceof StateCell) return object.name ?? 'state';
  if (object instanceof KeptFile) return `file ${object.label}`;
  if (key === wholeContents || isContainer(object)) return text.replace(/\.\w+\(.*$/s, '');
  const name = typeof object === 'function' ? '' : constructorName(object);
  if (!name || name === 'Object') return text;
  return String(key).startsWith('#') ? `${name}.${String(key)}` : `${name}#${String(key)}`;
}

function unused(name: string, state: readonly [string, string][]): string {
  let candidate = name;
  for (let count = 2; state.some(([known]) => known === candidate); count++) candidate = `${name} (${count})`;
  return candidate;
}
