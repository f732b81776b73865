import type { EffectGraph } from '../model/effect.js';
import type { Study } from '../regions/study.js';
import { isNamed } from './guarding.js';
import { heldIn } from './held.js';
import type { Acquire } from './held.js';

/** Somebody who holds one lock waits for another. */
export interface OrderEdge {
  readonly study: Study;
  readonly from: Acquire;
  readonly to: Acquire;
  /** What else is held then. */
  readonly gates: ReadonlySet<string>;
}

/** In which order locks are taken, in all the code that is started from outside. */
export function ordersIn(studies: readonly Study[]): OrderEdge[] {
  return studies.flatMap((study) => (study.entry ? edgesOf(study, study.graph) : []));
}

function edgesOf(study: Study, graph: EffectGraph): OrderEdge[] {
  return graph.effects.flatMap((effect) => {
    if (effect.kind !== 'acquire' || !isLock(effect)) return [];
    const held = heldIn(graph)[effect.id] ?? new Map<string, readonly Acquire[]>();
    return [...held].flatMap(([lock, [from]]) => {
      if (lock === effect.lock || !from || !isLock(from)) return [];
      return [{ study, from, to: effect, gates: new Set([...held.keys()].filter((other) => other !== lock)) }];
    });
  });
}

/** A lock by name and by what is done with it; queues of one's own work are too often something else. */
function isLock({ lock, isAwaited, form }: Acquire): boolean {
  return isAwaited && form !== 'scope' && isNamed(lock);
}

/** Two orders that meet: one waits for what the other holds, and no third lock keeps them apart. */
export function cyclesIn(edges: readonly OrderEdge[]): [OrderEdge, OrderEdge][] {
  const cycles = new Map<string, [OrderEdge, OrderEdge]>();
  for (const [index, one] of edges.entries()) {
    for (const other of edges.slice(index)) {
      if (one.from.lock !== other.to.lock || one.to.lock !== other.from.lock) continue;
      if ([...one.gates].some((gate) => other.gates.has(gate))) continue;
      const key = [one.from.lock, one.to.lock].sort().join('\n');
      if (!cycles.has(key)) cycles.set(key, [one, other]);
    }
  }
  return [...cycles.values()];
}

/**
 * Locks of two objects that a caller names: `transfer(a, b)` takes `a.lock` and then `b.lock`, and `transfer(b, a)` the other way
 * round. Where the objects are compared or sorted first, there is an order.
 */
export function swapsIn(edges: readonly OrderEdge[]): OrderEdge[] {
  return edges.filter(({ from, to }) => {
    const [one, other] = [parameterOf(from), parameterOf(to)];
    if (!one || !other || one.fn !== other.fn || one.index === other.index || one.rest !== other.rest || one.type !== other.type) return false;
    const { module, node } = one.fn;
    const text = module.source.text.slice(node.range[0], node.range[1]);
    const [a, b] = [one.name, other.name].map((name) => name.replace(/\$/g, '\\$&'));
    return !new RegExp(`\\bsort|\\b(?:${a}|${b})\\b[\\w.]*\\s*(?:[<>]=?|===?|!==?)\\s*[\\w.]*\\b(?:${a}|${b})\\b|localeCompare|compare|Math\\.(?:min|max)`).test(text);
  });
}

interface Parameter {
  readonly fn: Acquire['frame']['fn'];
  readonly index: number;
  readonly name: string;
  readonly type: string;
  /** What follows the parameter's name: `.lock`. */
  readonly rest: string;
}

/** The parameter of the function at hand, or of one around it, whose lock is taken. */
function parameterOf({ lock, frame, isCertain }: Acquire): Parameter | undefined {
  const match = /^(?:.*\[)?([\w$]+)((?:\.[#\w$]+)*)\]?$/.exec(lock);
  if (!match) return undefined;
  const keyed = lock.includes('[') ? lock.slice(0, lock.indexOf('[')) : '';
  if (!isCertain && !keyed && !match[2]) return undefined;
  for (let fn: Acquire['frame']['fn'] | undefined = frame.fn; fn; fn = fn.parent) {
    const index = fn.node.params.findIndex((parameter) => parameter.type === 'Identifier' && parameter.name === match[1]);
    const parameter = fn.node.params[index];
    if (parameter?.type !== 'Identifier') continue;
    const annotation = parameter.typeAnnotation;
    const type = annotation ? fn.module.source.text.slice(annotation.range[0], annotation.range[1]) : '';
    return { fn, index, name: parameter.name, type, rest: keyed + (match[2] ?? '') };
  }
  return undefined;
}
