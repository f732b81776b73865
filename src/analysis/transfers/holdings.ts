import type { Node } from '../../language/index.js';
import { ownerAround, thisHolder, unwrap } from '../flow/places.js';
import { calleeText, keyName } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { originOf } from '../model/origin.js';
import { isViewMaker, memoryKind } from './memory-kinds.js';

/** An object as one run of a graph knows it, by where it was first seen: `v12` in a variable, `t5.buffer` in a field, `@40` made at effect 40. */
export type Thing = string;

/** Where an expression stands: whose names it uses. */
export interface Standpoint {
  readonly fn: FunctionInfo;
  readonly model: ModuleModel;
}

/**
 * Which objects the names of a run hold, and which of these have been given away.
 *
 * 1. A name that was given nothing yet holds the object called after it.
 * 2. `contents` and the fields of what was made are certain; what a name holds, and what is spent, may be so on some way.
 */
export class Holdings {
  readonly #held: Map<string, ReadonlySet<Thing>>;
  readonly #contents: Map<Thing, ReadonlySet<Thing>>;
  /** By the effect that gave it away. */
  readonly #spent: Map<Thing, number>;

  constructor(held: Iterable<[string, ReadonlySet<Thing>]> = [], contents: Iterable<[Thing, ReadonlySet<Thing>]> = [], spent: Iterable<[Thing, number]> = []) {
    this.#held = new Map(held);
    this.#contents = new Map(contents);
    this.#spent = new Map(spent);
  }

  copy(): Holdings {
    return new Holdings(this.#held, this.#contents, this.#spent);
  }

  get spent(): ReadonlyMap<Thing, number> {
    return this.#spent;
  }

  /** The effect that gave all of these away, or the first of them. */
  spentAt(things: readonly Thing[]): number | undefined {
    return things.length > 0 && things.every((thing) => this.#spent.has(thing)) ? this.#spent.get(things[0]!) : undefined;
  }

  /** The objects that an expression may give; none if nothing is known of it. */
  thingsOf(node: Node, at: Standpoint): readonly Thing[] {
    const expression = unwrap(node);
    switch (expression.type) {
      case 'Identifier': {
        const name = nameOf(expression, at);
        return name === undefined ? [] : this.#holds(name);
      }
      case 'ThisExpression':
        return [thisThing(at)];
      case 'MemberExpression': {
        const step = stepText(expression, at);
        if (step === '.buffer') return this.buffersOf(expression.object, at);
        return step === undefined ? [] : this.thingsOf(expression.object, at).flatMap((thing) => this.#holds(thing + step));
      }
      case 'ConditionalExpression':
        return [...this.thingsOf(expression.consequent, at), ...this.thingsOf(expression.alternate, at)];
      case 'LogicalExpression':
        return [...this.thingsOf(expression.left, at), ...this.thingsOf(expression.right, at)];
      case 'AssignmentExpression':
        return this.thingsOf(expression.right, at);
      default:
        return [];
    }
  }

  /** The memory that lies under a view. */
  buffersOf(node: Node, at: Standpoint): readonly Thing[] {
    const view = unwrap(node);
    if (view.type === 'NewExpression') return isViewMaker(view) ? this.#viewed(view.arguments[0], at) : [];
    if (view.type !== 'CallExpression') return this.thingsOf(view, at).flatMap((thing) => this.#holds(`${thing}.buffer`));
    const { callee } = view;
    if (callee.type !== 'MemberExpression') return [];
    if (calleeText(callee) === 'subarray') return this.buffersOf(callee.object, at);
    return calleeText(callee) === 'from' && calleeText(callee.object) === 'Buffer' ? this.#viewed(view.arguments[0], at) : [];
  }

  /** What is certainly in a list. */
  contentsOf(node: Node, at: Standpoint): readonly Thing[] {
    const list = unwrap(node);
    if (list.type !== 'ArrayExpression') return this.thingsOf(list, at).flatMap((thing) => [...(this.#contents.get(thing) ?? [])]);
    return list.elements.flatMap((element) => {
      if (!element || /^(?:Conditional|Logical)Expression$/.test(element.type)) return [];
      return element.type === 'SpreadElement' ? this.contentsOf(element.argument, at) : this.thingsOf(element, at);
    });
  }

  /** A name or field is given the value of `source`, or one that nothing is known of. */
  give(target: Node, source: Node | undefined, effect: number, at: Standpoint, from: Standpoint = at): void {
    this.#put(target, source ? this.thingsOf(source, from) : [], source, effect, at, from);
  }

  /** The same for a part of it that a pattern picks. */
  givePart(target: Node, source: Node, property: string, effect: number, at: Standpoint, from: Standpoint): void {
    const things = property === 'buffer' ? this.buffersOf(source, from) : this.thingsOf(source, from).flatMap((thing) => this.#holds(`${thing}.${property}`));
    this.#put(target, things, undefined, effect, at, from);
  }

  #put(target: Node, things: readonly Thing[], source: Node | undefined, effect: number, at: Standpoint, from: Standpoint): void {
    const made = `@${effect}`;
    const lasting = new Set(things.filter((thing) => !isOf(thing, made)));
    if (lasting.size === 0) this.#make(made, source, from);
    for (const name of this.#namesOf(target, at)) {
      this.#forget((key) => key.includes(`[${name}]`));
      this.#held.set(name, lasting.size > 0 ? lasting : new Set([made]));
    }
  }

  /** A name holds something that is not known any more. */
  lose(name: string, effect: number): void {
    this.#held.set(name, new Set([`@${effect}`]));
    this.#spent.delete(`@${effect}`);
  }

  add(list: Node, elements: readonly Node[], at: Standpoint): void {
    for (const thing of this.thingsOf(list, at)) this.#contents.set(thing, new Set([...(this.#contents.get(thing) ?? []), ...elements.flatMap((element) => this.thingsOf(element, at))]));
  }

  spend(things: readonly Thing[], effect: number): void {
    for (const thing of things) this.#spent.set(thing, effect);
  }

  /** Takes in what may be so on another way. True if that says more. */
  join(other: Holdings): boolean {
    let isMore = false;
    for (const name of new Set([...this.#held.keys(), ...other.#held.keys()])) {
      const [own, theirs] = [this.#holds(name), other.#holds(name)];
      const all = new Set([...own, ...theirs]);
      isMore ||= all.size > own.length;
      this.#held.set(name, all);
    }
    for (const [thing, own] of this.#contents) {
      const both = new Set([...own].filter((element) => other.#contents.get(thing)?.has(element)));
      isMore ||= both.size < own.size;
      this.#contents.set(thing, both);
    }
    for (const [thing, effect] of other.#spent) {
      if (this.#spent.has(thing)) continue;
      isMore = true;
      this.#spent.set(thing, effect);
    }
    return isMore;
  }

  #holds(name: string): readonly Thing[] {
    const held = this.#held.get(name);
    return held ? [...held] : [name];
  }

  #viewed(argument: Node | undefined, at: Standpoint): readonly Thing[] {
    return argument && memoryKind(argument, at.model) === 'buffer' ? this.thingsOf(argument, at) : [];
  }

  #namesOf(target: Node, at: Standpoint): readonly string[] {
    const place = unwrap(target);
    if (place.type === 'Identifier') return [nameOf(place, at) ?? []].flat();
    const step = place.type === 'MemberExpression' ? stepText(place, at) : undefined;
    return place.type === 'MemberExpression' && step !== undefined ? this.thingsOf(place.object, at).map((thing) => thing + step) : [];
  }

  /** An object comes into being anew, each time the effect is come to. */
  #make(made: Thing, source: Node | undefined, at: Standpoint): void {
    this.#forget((key) => isOf(key, made));
    const literal = source && unwrap(source);
    if (!literal) return;
    if (literal.type === 'ArrayExpression') this.#contents.set(made, new Set(this.contentsOf(literal, at)));
    else if (literal.type === 'ObjectExpression') this.#fill(made, literal.properties, at);
    else {
      const buffers = /^(?:New|Call)Expression$/.test(literal.type) ? this.buffersOf(literal, at) : [];
      if (buffers.length > 0) this.#held.set(`${made}.buffer`, new Set(buffers));
    }
  }

  #forget(isOver: (key: string) => boolean): void {
    for (const map of [this.#held, this.#contents, this.#spent]) for (const key of [...map.keys()]) if (isOver(key)) map.delete(key);
  }

  #fill(made: Thing, properties: readonly Node[], at: Standpoint): void {
    for (const property of properties) {
      const name = property.type === 'Property' ? keyName(property.key, property.computed) : undefined;
      if (property.type !== 'Property' || name === undefined) continue;
      const things = this.thingsOf(property.value, at);
      if (things.length > 0) this.#held.set(`${made}.${name}`, new Set(things));
      else if (property.value.type === 'ArrayExpression') this.#contents.set(`${made}.${name}`, new Set(this.contentsOf(property.value, at)));
    }
  }
}

/** True if a thing, or what a name leads to, is `whole` or a part of it. */
export function isOf(name: string, whole: Thing): boolean {
  return name === whole || (name.startsWith(whole) && /^[.[]/.test(name.slice(whole.length)));
}

/** `v12`; that of the module that declares it, for an import. */
export function nameOf(identifier: Node, { model }: Standpoint): string | undefined {
  const variable = model.scopes.variableOf(identifier);
  const origin = variable && originOf(variable, model);
  return origin?.kind === 'variable' && origin.variable.defs.length > 0 ? `v${origin.variable.$id}` : undefined;
}

/** The object that `this` is: one for each class, or function that is called on one. */
export function thisThing({ fn }: Standpoint): Thing {
  const around = ownerAround(fn);
  if (around) return `${around.isStatic ? 's' : 't'}${around.owner.id}`;
  return `o${thisHolder(fn)?.node.parent?.parent?.range[0] ?? ''}`;
}

/** An element by a computed key is told from others as long as the key is one variable that keeps its value, or a literal. */
function stepText({ property, computed }: Extract<Node, { type: 'MemberExpression' }>, at: Standpoint): string | undefined {
  const name = keyName(property, computed);
  if (name !== undefined) return `.${name}`;
  const variable = property.type === 'Identifier' ? at.model.scopes.variableOf(property) : undefined;
  return variable && at.model.sharing.isConstant(variable) ? `[v${variable.$id}]` : undefined;
}
