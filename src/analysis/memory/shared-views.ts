import type { Node, TSESTree, Variable } from '../../language/index.js';
import { walk } from '../../language/index.js';
import { unwrap } from '../flow/places.js';
import { calleeText, keyName } from '../model/functions.js';
import type { ClassInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { textOf } from '../model/text.js';

/** The memory under a view, as far as it can be told from others. */
export interface Memory {
  /** Equal for views of the same kind over the same stretch of the same buffer. */
  readonly key: string;
  /** True if a SharedArrayBuffer surely lies under it. */
  readonly isShared: boolean;
}

/** What the parameters of a function that is read in place of its call stand for. */
export type Bindings = ReadonlyMap<Variable, { readonly node: Node; readonly bindings: Bindings }>;

export const noBindings: Bindings = new Map();

const VIEW = /^(?:(?:Big)?(?:Int|Uint)(?:8|16|32|64)|Uint8Clamped|Float(?:16|32|64))Array$|^DataView$/;
const MOST_HOPS = 6;

/** Says which memory the views of a module look at. Names that are posted to another agent mean the same there as here. */
export class SharedViews {
  readonly #model: ModuleModel;
  /** What is handed to other agents, by the name it has in the message. */
  readonly #posted = new Map<string, string>();
  /** Names in messages under which a shared buffer is handed over. */
  readonly sharedMessages = new Set<string>();
  /** True for a module that makes one shared buffer and hands it over under one name. */
  readonly #isOnlyOne: boolean;

  constructor(model: ModuleModel) {
    this.#model = model;
    walk(model.module.program, (node) => this.#notePosted(node));
    this.#isOnlyOne = this.sharedMessages.size === 1 && model.module.nodes.of('NewExpression').filter(isSharedBuffer).length === 1;
  }

  memoryOf(view: Node, bindings: Bindings, hops = 0): Memory | undefined {
    const node = unwrap(view);
    if (hops > MOST_HOPS) return undefined;
    if (node.type === 'NewExpression') return this.#viewed(node, bindings, hops);
    const bound = boundTo(node, bindings, this.#model);
    if (bound) return this.memoryOf(bound.node, bound.bindings, hops + 1);
    const handed = this.#postedAs(node);
    if (handed !== undefined) return { key: handed, isShared: this.sharedMessages.has(handed) };
    const first = this.#firstValue(node);
    const known = first && (/^(?:NewExpression|Identifier|MemberExpression)$/.test(unwrap(first).type) ? this.memoryOf(first, bindings, hops + 1) : undefined);
    if (known) return known;
    const name = this.#nameOf(node);
    return name === undefined ? undefined : { key: this.#posted.get(name) ?? name, isShared: false };
  }

  /** The name in a message of a view that is handed over itself. */
  #postedAs(node: Node): string | undefined {
    const name = this.#posted.size > 0 && (node.type === 'Identifier' || node.type === 'MemberExpression') ? this.#nameOf(node) : undefined;
    return name === undefined ? undefined : this.#posted.get(name);
  }

  #viewed({ callee, arguments: [buffer, offset] }: TSESTree.NewExpression, bindings: Bindings, hops: number): Memory | undefined {
    if (!buffer || !VIEW.test(calleeText(callee))) return undefined;
    const under = this.#bufferAt(buffer, bindings, hops + 1);
    return under && { key: `${under.key} ${calleeText(callee)} ${offset ? textOf(offset, this.#model) : '0'}`, isShared: under.isShared };
  }

  #bufferAt(buffer: Node, bindings: Bindings, hops: number): Memory | undefined {
    const node = unwrap(buffer);
    if (hops > MOST_HOPS) return undefined;
    if (isSharedBuffer(node)) return { key: this.#posted.get(`@${node.range[0]}`) ?? `@${node.range[0]}`, isShared: true };
    const view = viewOfBuffer(node, (of) => this.#firstValue(of));
    if (view) return this.#bufferAt(view, bindings, hops + 1);
    const bound = boundTo(node, bindings, this.#model);
    if (bound) return this.#bufferAt(bound.node, bound.bindings, hops + 1);
    const first = this.#firstValue(node);
    const under = first && this.#bufferAt(first, bindings, hops + 1);
    const name = this.#nameOf(node);
    const isShared = (first !== undefined && isSharedBuffer(unwrap(first))) || under?.isShared === true || this.#isTypedShared(node) || (buffer.type === 'TSAsExpression' && isSharedType(buffer.typeAnnotation));
    if (name === undefined) return under;
    const posted = this.#posted.get(name) ?? this.#onlyOneFor(node);
    return { key: posted ?? under?.key ?? name, isShared };
  }

  /** `poll(shared: SharedArrayBuffer)`: the one that the module has made, as a rule. */
  #onlyOneFor(node: Node): string | undefined {
    const variable = this.#isOnlyOne && node.type === 'Identifier' ? this.#model.scopes.variableOf(node) : undefined;
    return variable?.defs[0]?.type === 'Parameter' && isSharedType(typeOfName(variable)) ? [...this.sharedMessages][0] : undefined;
  }

  /** What a constant, or a field as its class first has it, is given. */
  #firstValue(node: Node): Node | undefined {
    if (node.type === 'Identifier') {
      const variable = this.#model.scopes.variableOf(node);
      const definition = variable?.defs[0];
      if (!variable || definition?.type !== 'Variable' || !this.#model.sharing.isConstant(variable)) return undefined;
      const { id, init } = definition.node;
      if (id.type === 'Identifier') return init ?? undefined;
      return init && unwrap(init).type === 'ThisExpression' ? this.#ownerOf(node)?.fields.get(node.name)?.value : undefined;
    }
    const field = this.#fieldOf(node);
    return field?.value;
  }

  /** `m.name` for what comes in a message, else one for each variable, field and path. */
  #nameOf(node: Node): string | undefined {
    const message = this.#inMessage(node);
    if (message !== undefined) return message;
    if (node.type === 'Identifier') {
      const variable = this.#model.scopes.variableOf(node);
      const definition = variable?.defs[0];
      if (!variable) return undefined;
      const picked = definition?.type === 'Variable' && definition.node.id.type === 'ObjectPattern' && definition.node.init ? { from: definition.node.init, name: node.name } : undefined;
      if (picked) return this.#inMessage(picked.from) !== undefined ? `m.${picked.name}` : unwrap(picked.from).type === 'ThisExpression' ? this.#fieldName(node, picked.name) : `v${variable.$id}`;
      // Functions of one module that take a view of the same name are given the same one, as a rule.
      return definition?.type === 'Parameter' ? `p.${node.name}` : `v${variable.$id}`;
    }
    if (node.type !== 'MemberExpression') return undefined;
    const name = keyName(node.property, node.computed);
    if (node.object.type === 'ThisExpression' && name !== undefined) return this.#fieldName(node, name);
    return name === undefined ? undefined : `x.${textOf(node, this.#model)}`;
  }

  /** `workerData`, `event.data`, `event.data.sab` */
  #inMessage(given: Node): string | undefined {
    const node = unwrap(given);
    if (node.type === 'Identifier') return node.name === 'workerData' ? 'm' : this.#received(node);
    if (node.type !== 'MemberExpression') return undefined;
    const name = keyName(node.property, node.computed);
    const object = unwrap(node.object);
    if (name === 'data' && !(object.type === 'Identifier' && this.#received(object)) && object.type === 'Identifier' && /^(?:e|ev|evt|event|msg|message|m)$/.test(object.name)) return 'm';
    const whole = this.#inMessage(object);
    return whole !== undefined && name !== undefined ? `${whole}.${name}` : undefined;
  }

  /** `parentPort.on('message', (sab) => …)`, `(…, ({ sab }) => …)`: Node hands over the message itself. */
  #received(node: TSESTree.Identifier): string | undefined {
    const definition = this.#model.scopes.variableOf(node)?.defs[0];
    if (definition?.type !== 'Parameter' || !isMessageHandler(definition.node)) return undefined;
    const [message] = definition.node.params;
    if (message === definition.name) return 'm';
    const picked = message?.type === 'ObjectPattern' ? message.properties.find((property) => property.type === 'Property' && property.value === definition.name) : undefined;
    const name = picked?.type === 'Property' ? keyName(picked.key, picked.computed) : undefined;
    return name === undefined ? undefined : `m.${name}`;
  }

  #fieldName(node: Node, name: string): string {
    return `f${this.#ownerOf(node)?.id ?? ''}.${name}`;
  }

  #fieldOf(node: Node): { readonly value: Node | undefined; readonly type: Node | undefined } | undefined {
    if (node.type !== 'MemberExpression' || node.object.type !== 'ThisExpression') return undefined;
    const name = keyName(node.property, node.computed);
    return name === undefined ? undefined : this.#ownerOf(node)?.fields.get(name);
  }

  #ownerOf(node: Node): ClassInfo | undefined {
    for (let at: Node | undefined = node; at; at = at.parent) {
      const owner = this.#model.table.classOf(at);
      if (owner) return owner;
    }
    return undefined;
  }

  #isTypedShared(node: Node): boolean {
    const type = node.type === 'Identifier' ? typeOfName(this.#model.scopes.variableOf(node)) : this.#fieldOf(node)?.type;
    return isSharedType(type) || isSharedType(node.type === 'Identifier' ? this.#assertedType(node) : undefined) || (SHARED_NAME.test(calleeText(node)) && this.#nameOf(node)?.startsWith('m.') === true);
  }

  /** `const { cells } = workerData as { cells: SharedArrayBuffer }`, `const cells = workerData.cells as SharedArrayBuffer` */
  #assertedType(node: TSESTree.Identifier): Node | undefined {
    const definition = this.#model.scopes.variableOf(node)?.defs[0];
    const init = definition?.type === 'Variable' ? definition.node.init : undefined;
    if (definition?.type !== 'Variable' || init?.type !== 'TSAsExpression') return undefined;
    const { id } = definition.node;
    const type = init.typeAnnotation;
    if (id.type !== 'ObjectPattern' || type.type !== 'TSTypeLiteral') return type;
    const picked = id.properties.find((property) => property.type === 'Property' && property.value === definition.name);
    const name = picked?.type === 'Property' ? keyName(picked.key, picked.computed) : undefined;
    const member = type.members.find((each) => each.type === 'TSPropertySignature' && keyName(each.key, each.computed) === name);
    return member?.type === 'TSPropertySignature' ? member.typeAnnotation?.typeAnnotation : undefined;
  }

  /** `new Worker(file, { workerData: { sab } })`, `worker.postMessage({ sab })` */
  #notePosted(node: Node): void {
    if (node.type !== 'NewExpression' && node.type !== 'CallExpression') return;
    const name = calleeText(node.callee);
    const message = node.type === 'NewExpression' ? (name === 'Worker' ? optionOf(node.arguments[1], 'workerData') : undefined) : name === 'postMessage' ? node.arguments[0] : undefined;
    if (message) this.#post(unwrap(message), 'm');
  }

  #post(message: Node, as: string): void {
    if (message.type === 'ObjectExpression') {
      for (const property of message.properties) {
        const name = property.type === 'Property' ? keyName(property.key, property.computed) : undefined;
        if (property.type === 'Property' && name !== undefined) this.#post(unwrap(property.value), `${as}.${name}`);
      }
      return;
    }
    const name = this.#nameOf(message);
    if (name === undefined || /^m(?:\.|$)/.test(name) || this.#posted.has(name)) return;
    if (this.#bufferAt(message, noBindings, 0)?.isShared === true || this.memoryOf(message, noBindings)?.isShared === true) this.sharedMessages.add(as);
    this.#posted.set(name, as);
    const under = viewOfBuffer(message, (of) => this.#firstValue(of));
    if (under && isSharedBuffer(unwrap(under))) this.#posted.set(`@${unwrap(under).range[0]}`, as);
  }
}

function isMessageHandler({ parent: call }: Node): boolean {
  if (call?.type !== 'CallExpression' || call.callee.type !== 'MemberExpression' || !/^(?:on|once|addListener)$/.test(calleeText(call.callee))) return false;
  const [event] = call.arguments;
  return event?.type === 'Literal' && event.value === 'message';
}

/** What is called so in a message is no copy. */
const SHARED_NAME = /^(?:sab|shared(?:Array)?(?:Buffer|Memory|Mem)?)$/i;

function isSharedType(type: Node | undefined): boolean {
  return type?.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && type.typeName.name === 'SharedArrayBuffer';
}

function isSharedBuffer(node: Node): boolean {
  return node.type === 'NewExpression' && calleeText(node.callee) === 'SharedArrayBuffer';
}

/** What the view lies over whose buffer is asked for: `gate.buffer`, of `const gate = new Int32Array(memory)`. */
function viewOfBuffer(node: Node, firstValue: (of: Node) => Node | undefined): Node | undefined {
  if (node.type !== 'MemberExpression' || keyName(node.property, node.computed) !== 'buffer') return undefined;
  const made = firstValue(unwrap(node.object));
  const view = made && unwrap(made);
  return view?.type === 'NewExpression' && VIEW.test(calleeText(view.callee)) ? view.arguments[0] : undefined;
}

function boundTo(node: Node, bindings: Bindings, model: ModuleModel): { readonly node: Node; readonly bindings: Bindings } | undefined {
  const variable = node.type === 'Identifier' ? model.scopes.variableOf(node) : undefined;
  return variable && bindings.get(variable);
}

function typeOfName(variable: Variable | undefined): Node | undefined {
  const name = variable?.identifiers[0];
  return name && 'typeAnnotation' in name ? name.typeAnnotation?.typeAnnotation : undefined;
}

function optionOf(options: Node | undefined, name: string): Node | undefined {
  if (options?.type !== 'ObjectExpression') return undefined;
  const property = options.properties.find((each) => each.type === 'Property' && keyName(each.key, each.computed) === name);
  return property?.type === 'Property' ? property.value : undefined;
}
