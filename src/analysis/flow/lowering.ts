import type { Node, ParsedModule, Variable } from '../../language/index.js';
import type { EffectGraph } from '../model/effect.js';
import type { FunctionInfo } from '../model/functions.js';
import type { Location } from '../model/location.js';
import type { Links, ModuleModel } from '../model/module.js';
import { originOf } from '../model/origin.js';
import type { Origin } from '../model/origin.js';
import { textOf } from '../model/text.js';
import type { Slot, Value } from '../model/value.js';
import { GraphBuilder } from './builder.js';

/** Where `break`, `continue` and `return` go, and what `finally` does on the way. Innermost last. */
export type Jump =
  | { readonly kind: 'loop'; readonly label: string | undefined; readonly breakTo: number; readonly continueTo: number }
  | { readonly kind: 'block'; readonly label: string | undefined; readonly breakTo: number }
  | { readonly kind: 'return'; readonly to: number; readonly slot: Slot; /** What each `return` gives, as far as it is a shared place. */ readonly places: (Location | undefined)[] }
  | { readonly kind: 'finally'; readonly run: () => void };

/** How the caller of an inlined function takes part in its suspensions. */
export interface Activation {
  /** True if the end of the function is waited for; if not, what it does after its first suspension belongs to nobody here. */
  readonly isAwaited: boolean;
  /** For a function nobody waits for: where control goes at its first suspension. */
  readonly leaveTo: number | undefined;
  /** The shared place that the promise of the function is put into. */
  readonly keptIn?: Location | undefined;
}

/** The state of lowering one entry to its graph; the functions beside this file do the work. */
export class Lowering {
  readonly links: Links;
  readonly graph: GraphBuilder;
  readonly inlined = new Set<FunctionInfo>();
  readonly stack: FunctionInfo[] = [];
  /** Local names of shared objects: `const self = this`, `const cache = this.cache`, a parameter. */
  readonly aliases = new Map<Variable, Location>();
  /** Functions that parameters are bound to. */
  readonly closures = new Map<Variable, FunctionInfo>();
  /** What a parameter is called where the argument was written; makes keys comparable across calls. */
  readonly texts = new Map<Variable, string>();
  /** What a parameter was given, as the caller wrote it. */
  readonly givens = new Map<Variable, Node>();
  /** Local names of what gives a lock back. */
  readonly releasers = new Map<Variable, { readonly lock: string; readonly isIdempotent: boolean }>();
  /** What the keys of elements that are about to be written were evaluated to. */
  readonly keys = new Map<Node, Value>();
  /** What a component's states were when it was rendered, as its callback sees them. */
  readonly rendered = new Map<Variable, Value>();
  readonly jumps: Jump[] = [];
  /** The shared places that calls of inlined functions give, by the calls as they were last followed. */
  readonly placesGiven = new Map<Node, Location>();
  /** What expressions were found to name, and callees to run: a call asks for its parts in several ways, each part by way of the next. See `forget`. */
  readonly places = new Map<Node, Location | undefined>();
  readonly callees = new Map<Node, FunctionInfo | undefined>();
  activation: Activation = { isAwaited: true, leaveTo: undefined };

  readonly #notesMentions: boolean;
  #asked: { readonly fn: FunctionInfo; readonly model: ModuleModel } | undefined;

  constructor(model: ModuleModel, entry: FunctionInfo, notesMentions = false) {
    this.links = model.links;
    this.#notesMentions = notesMentions;
    this.graph = new GraphBuilder(entry);
    this.stack.push(entry);
    this.inlined.add(entry);
  }

  /** The function whose text is being read. */
  get fn(): FunctionInfo {
    return this.stack.at(-1)!;
  }

  /** The module of that function. */
  get model(): ModuleModel {
    const { fn } = this;
    if (this.#asked?.fn !== fn) this.#asked = { fn, model: this.modelOf(fn) };
    return this.#asked.model;
  }

  /** To be called whenever another function is read, or a name stands for something else. */
  forget(): void {
    if (this.places.size > 0) this.places.clear();
    if (this.callees.size > 0) this.callees.clear();
  }

  modelOf({ module }: { readonly module: ParsedModule }): ModuleModel {
    return this.links.modelOf(module);
  }

  variable(identifier: Node): Variable | undefined {
    return this.model.scopes.variableOf(identifier);
  }

  /** What an identifier finally stands for, in whichever module. */
  origin(identifier: Node): Origin | undefined {
    const variable = identifier.type === 'Identifier' ? this.variable(identifier) : undefined;
    return variable && originOf(variable, this.model);
  }

  textOf(node: Node): string {
    return textOf(node, this.model);
  }

  mention(at: Node): void {
    if (this.#notesMentions) this.graph.add('mention', at, {});
  }

  /** A place where the task may be overtaken. What a function nobody waits for does after it is not followed. */
  suspend(at: Node, awaited: Value, callee: string): void {
    if (this.activation.leaveTo !== undefined) this.graph.goTo(this.activation.leaveTo);
    else this.graph.add('suspend', at, { awaited, callee });
  }

  finish(): EffectGraph {
    return { entry: this.stack[0]!, effects: this.graph.effects, inlined: this.inlined, isPartial: this.graph.isPartial };
  }
}
