import type { Variable } from '../../language/index.js';
import type { ClassInfo } from './functions.js';

/** Where an abstract place starts: a variable, an instance of a class, or the class itself. */
export type Root =
  | { readonly kind: 'variable'; readonly variable: Variable }
  | { readonly kind: 'instance'; readonly owner: ClassInfo }
  | { readonly kind: 'static'; readonly owner: ClassInfo };

/** One step from an object to what it holds. An element without a key stands for any of them, or for all. */
export type Step = { readonly kind: 'member'; readonly name: string } | { readonly kind: 'element'; readonly key?: string };

/** An abstract shared place. Two places with equal `id` are the same as far as the analysis can tell. */
export interface Location {
  readonly id: string;
  readonly root: Root;
  readonly path: readonly Step[];
}

/** What a store outside the program keeps under a key: an element that no code reaches but by asking the store. */
const STORED = 'stored: ';

export function storedStep(key: string): Step {
  return { kind: 'element', key: STORED + key };
}

/** The key under which a store outside the program keeps it; undefined of all that lies in this program's memory. */
export function storedKeyOf({ path }: Location): string | undefined {
  const last = path.at(-1);
  return last?.kind === 'element' && last.key?.startsWith(STORED) ? last.key.slice(STORED.length) : undefined;
}

const LONGEST_PATH = 4;

export function locationAt(root: Root, path: readonly Step[] = []): Location {
  return { id: rootId(root) + path.map(stepId).join(''), root, path };
}

/** The place one step further; undefined if it lies too deep to be worth following. */
export function stepInto(location: Location, step: Step): Location | undefined {
  return location.path.length >= LONGEST_PATH ? undefined : { id: location.id + stepId(step), root: location.root, path: [...location.path, step] };
}

/** True if both may be the same place: equal steps, where an element without a key meets every element. */
export function mayBeSame(a: Location, b: Location): boolean {
  if (a.id === b.id) return true;
  return a.path.length === b.path.length && isAtOrAbove(a, b);
}

/** True if writing `above` replaces what `below` names, or is it. */
export function isAtOrAbove(above: Location, below: Location): boolean {
  if (above.path.length > below.path.length || !isSameRoot(above.root, below.root)) return false;
  return above.path.every((step, index) => stepsMeet(step, below.path[index]!));
}

/** The place whose contents an element access touches; the place itself otherwise. */
export function holderOf(location: Location): Location {
  return location.path.at(-1)?.kind === 'element' ? locationAt(location.root, location.path.slice(0, -1)) : location;
}

/** What a person calls it: `balance`, `Account#balance`, `Session.#token`, `Cache#entries[*]`. */
export function describeLocation(location: Location): string {
  const { root } = location;
  const path = location.path.map(describeStep).join('');
  if (root.kind === 'variable') return root.variable.name + path;
  const inside = path.replace(/^\./, '');
  const separator = root.kind === 'instance' && !inside.startsWith('#') ? '#' : '.';
  return inside ? `${root.owner.name}${separator}${inside}` : root.owner.name;
}

/** The same for a lock: which element it is, where its key is known, tells one lock from another. */
export function describeLock(location: Location): string {
  const keys = location.path.flatMap((step) => (step.kind === 'element' ? [step.key ?? '*'] : []));
  return describeLocation(location).replace(/\[\*\]/g, () => `[${keys.shift()}]`);
}

/** The same without its class, for messages that already name the method. */
export function shortName(location: Location): string {
  const stored = storedKeyOf(location);
  if (stored !== undefined) return stored.startsWith('File ') ? stored.slice('File '.length) : `${lastName(location)}[${stored}]`;
  const path = location.path.map((step) => (step.kind === 'element' ? '' : `.${step.name}`)).join('');
  return location.root.kind === 'variable' ? location.root.variable.name + path : path.replace(/^\./, '') || location.root.owner.name;
}

/** The name by which code speaks of the place: that of the last field that leads there, or of the variable. */
export function lastName({ root, path }: Location): string {
  const field = path.findLast((step) => step.kind === 'member');
  return field?.kind === 'member' ? field.name : root.kind === 'variable' ? root.variable.name : root.owner.name;
}

function rootId(root: Root): string {
  if (root.kind === 'variable') return `v${root.variable.$id}`;
  return `${root.kind === 'instance' ? 'i' : 's'}${root.owner.id}`;
}

function isSameRoot(a: Root, b: Root): boolean {
  return a.kind === 'variable' ? b.kind === 'variable' && a.variable === b.variable : b.kind === a.kind && a.owner === b.owner;
}

function stepId(step: Step): string {
  if (step.kind === 'member') return `.${step.name}`;
  return step.key === undefined ? '[*]' : `[${step.key}]`;
}

function describeStep(step: Step): string {
  return step.kind === 'member' ? `.${step.name}` : '[*]';
}

function stepsMeet(a: Step, b: Step): boolean {
  if (a.kind === 'member' || b.kind === 'member') return a.kind === b.kind && stepId(a) === stepId(b);
  return a.key === undefined || b.key === undefined || a.key === b.key;
}
