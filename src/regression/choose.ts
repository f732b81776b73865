import type { Witness } from '../model/index.js';
import { NoTest, type Observer, type TestPlan, type Value } from './plan.js';

/** What a test says in the end: `expected` holds all that is right. */
export interface Assertion {
  readonly observer: Observer;
  readonly expected: readonly Value[];
  /** False where tasks are not waited for, since they may never end. */
  readonly isWaiting: boolean;
}

/** What an observation has written: a value by the rank of its observer. */
export type Seen = Readonly<Record<string, SeenValue>>;
export type SeenValue = { readonly kind: 'literal'; readonly value?: unknown; readonly isUndefined?: boolean } | { readonly kind: 'expression'; readonly text: string } | { readonly kind: 'array'; readonly items: readonly SeenValue[] }
  | { readonly kind: 'collection'; readonly name: 'Map' | 'Set'; readonly items: readonly SeenValue[] } | { readonly kind: 'object'; readonly entries: readonly (readonly [string, SeenValue])[] } | { readonly kind: 'opaque' | 'error' };

/** Under this name an observation tells why the first call that failed did so. */
export const failureName = 'failure';
/** Under this one, what stand-ins were asked for in vain until then, as JSON: see `Gap`. */
export const gapsName = 'gaps';

/** Under this one, whether stand-ins were asked while the file under test was loaded. */
export const loadingName = 'loading';

/** What was seen under the order of the witness, and with one task after the other in each order. */
export interface Observations {
  readonly witness: Seen;
  readonly serial: readonly Seen[];
  /** What the first of these has left when it was run once more: what differs is drawn anew in each run, and tells nothing. */
  readonly again: Seen;
  /** The order of the witness in code that is cured. */
  readonly cured?: Seen;
}

/**
 * The first observer whose value under the order of the witness is none of those that one call after the other leaves, while that of cured code is one.
 * @throws NoTest if the runs were not those of the simulator, or nothing from outside shows the difference.
 */
export function chooseAssertion({ observers, isOrdered, remedy }: TestPlan, { witness, serial, again, cured }: Observations, told: Witness): Assertion {
  checkStatuses(observers, { witness, serial }, told);
  const isWaiting = !statusesOf(observers, witness).includes('pending');
  const right = isOrdered ? serial.slice(0, 1) : serial;
  const isDrawn = (index: number): boolean => JSON.stringify(again[index]) !== JSON.stringify(serial[0]?.[index]);
  for (const [index, observer] of observers.entries()) {
    if (isDrawn(index)) continue;
    const expected = expectedBy(observer, witness[index], right.map((seen) => seen[index]));
    if (expected && (cured === undefined || isRight(observer, cured[index], expected)) && (isWaiting || !['result', 'results'].includes(observer.kind))) return flat({ observer, expected, isWaiting });
  }
  if (cured) throw new NoTest('whatever fails on the code as it is fails on the code with the fix, too');
  const drawn = whatIsRead(observers.filter((_, index) => isDrawn(index)));
  throw new NoTest(`what goes wrong cannot be seen from outside: ${whatIsRead(observers.filter((_, index) => !isDrawn(index)))} end as one call after the other would leave them${drawn === '' ? '' : `, and ${drawn} in another way each time`}${remedy === undefined ? '' : `; ${remedy}`}`);
}

function isRight({ kind }: Observer, seen: SeenValue | undefined, expected: readonly Value[]): boolean {
  if (kind === 'finished') return !JSON.stringify(seen).includes('pending');
  return isPlain(seen) && expected.some((value) => JSON.stringify(value) === JSON.stringify(valueOf(seen)));
}

/** Maps and sets are compared by what is in them. */
function flat(assertion: Assertion): Assertion {
  const { observer, expected } = assertion;
  if (observer.kind !== 'state' || !expected.every((value) => value.kind === 'collection')) return assertion;
  return { ...assertion, observer: { ...observer, expression: `[...${observer.expression}]` }, expected: expected.map(({ items }) => ({ kind: 'array', items })) };
}

function whatIsRead(observers: readonly Observer[]): string {
  const states = observers.flatMap((observer) => (observer.kind === 'state' ? [observer.expression] : []));
  return [...(observers.some(({ kind }) => kind !== 'state') ? ['the results of the calls'] : []), ...states].join(', ').replace(/, ([^,]*)$/, ' and $1');
}

function expectedBy({ kind }: Observer, wrong: SeenValue | undefined, right: readonly (SeenValue | undefined)[]): Value[] | undefined {
  if (kind === 'finished') return JSON.stringify(wrong).includes('pending') ? [{ kind: 'literal', value: true }] : undefined;
  if (!isPlain(wrong) || !right.every((value) => isPlain(value))) return undefined;
  const texts = new Map(right.map((value) => [JSON.stringify(value), valueOf(value)]));
  if (texts.has(JSON.stringify(wrong)) || ((kind === 'calls' || kind === 'most') && texts.size > 1)) return undefined;
  if (kind === 'statuses' && JSON.stringify([wrong, right]).includes('pending')) return undefined;
  return [...texts.values()];
}

function isPlain(value: SeenValue | undefined, depth = 0): value is SeenValue {
  if (!value || value.kind === 'opaque' || value.kind === 'error' || (value.kind === 'collection' && depth > 0)) return false;
  if (value.kind === 'array' || value.kind === 'collection') return value.items.every((item) => isPlain(item, depth + 1));
  return value.kind !== 'object' || value.entries.every(([, item]) => isPlain(item, depth + 1));
}

function valueOf(seen: SeenValue): Value {
  switch (seen.kind) {
    case 'literal': return { kind: 'literal', value: seen.isUndefined === true ? undefined : (seen.value as string) };
    case 'array': return { kind: 'array', items: seen.items.map(valueOf) };
    case 'collection': return { kind: 'collection', name: seen.name, items: seen.items.map(valueOf) };
    case 'object': return { kind: 'object', entries: seen.entries.map(([key, item]) => [key, valueOf(item)] as const) };
    case 'expression': return seen;
    default: throw new Error('what is not plain is not written down');
  }
}

type Status = 'fulfilled' | 'rejected' | 'pending';

function statusesOf(observers: readonly Observer[], seen: Seen): readonly Status[] {
  const value = seen[observers.findIndex(({ kind }) => kind === 'statuses' || kind === 'finished')];
  return value?.kind === 'array' ? value.items.map((item) => (item.kind === 'literal' ? (item.value as Status) : 'pending')) : [];
}

/** In Node the calls have to end as they did in the simulator, or what was seen is another matter. */
function checkStatuses(observers: readonly Observer[], { witness, serial }: Pick<Observations, 'witness' | 'serial'>, told: Witness): void {
  const seen = statusesOf(observers, witness);
  const wanted = Object.entries(told.outcome.results).flatMap(([id, result]) => (id === 'unhandled' ? [] : [statusOf(result)]));
  if (seen.join() !== wanted.join()) throw new NoTest(`in Node the calls end otherwise than in the simulator: ${seen.join(', ')}, not ${wanted.join(', ')}${failureIn(witness)}`);
  const mayThrow = [told.outcome, ...told.expectedOutcomes].some(({ results }) => Object.values(results).some((result) => result.startsWith('threw ')));
  if (!mayThrow && serial.some((one) => statusesOf(observers, one).includes('rejected'))) throw new NoTest(`in Node the calls fail one after the other already, which they do not in the simulator${serial.map(failureIn).find((text) => text !== '') ?? ''}`);
}

function failureIn({ [failureName]: failure }: Seen): string {
  return failure?.kind === 'literal' ? ` (${String(failure.value)})` : '';
}

function statusOf(result: string): Status {
  return result.startsWith('threw ') ? 'rejected' : result.startsWith('returned ') ? 'fulfilled' : 'pending';
}
