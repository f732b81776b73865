import type { Node, Variable } from '../../language/index.js';
import { importOf } from './exports.js';
import type { Imported } from './exports.js';
import type { ClassInfo, FunctionInfo } from './functions.js';
import type { ModuleModel } from './module.js';

/** What a name finally stands for, however many modules have passed it on, and the module that it lives in. */
export type Origin =
  | { readonly kind: 'variable'; readonly variable: Variable; readonly model: ModuleModel }
  | { readonly kind: 'value'; readonly node: Node; readonly model: ModuleModel }
  | { readonly kind: 'module'; readonly model: ModuleModel };

/** Modules that pass names on to each other in circles are not followed for ever. */
const MOST_HOPS = 8;

/** Undefined for a name from a module that is no part of the program. A variable that is not imported is its own origin. */
export function originOf(variable: Variable, model: ModuleModel): Origin | undefined {
  if (!model.origins.has(variable)) {
    const imported = importOf(variable);
    model.origins.set(variable, imported ? originOfImport(imported, model, 0) : { kind: 'variable', variable, model });
  }
  return model.origins.get(variable);
}

/** What a module gives under a name. */
export function exportedAs(name: string, model: ModuleModel): Origin | undefined {
  return exported(name, model, 0);
}

function originOfImport({ specifier, name }: Imported, from: ModuleModel, hops: number): Origin | undefined {
  const model = hops < MOST_HOPS ? from.links.moduleAt(from.file, specifier) : undefined;
  if (!model) return undefined;
  if (name !== '*') return exported(name, model, hops + 1);
  const whole = model.exports.names.get('=');
  return whole && !(whole.kind === 'value' && whole.node.type === 'ObjectExpression') ? exported('=', model, hops + 1) : { kind: 'module', model };
}

function exported(name: string, model: ModuleModel, hops: number): Origin | undefined {
  const { names, stars } = model.exports;
  const found = names.get(name) ?? (name === 'default' ? names.get('=') : undefined);
  if (found?.kind === 'variable') {
    const { variable } = found;
    return { kind: 'variable', variable, model };
  }
  if (found?.kind === 'value') return { kind: 'value', node: found.node, model };
  if (found) return originOfImport(found.from, model, hops + 1);
  if (name === 'default' || hops >= MOST_HOPS) return undefined;
  for (const specifier of stars) {
    const behind = originOfImport({ specifier, name }, model, hops + 1);
    if (behind) return behind;
  }
  return undefined;
}

export function functionAt(origin: Origin | undefined): FunctionInfo | undefined {
  if (origin?.kind === 'variable') return origin.model.table.boundTo(origin.variable);
  return origin?.kind === 'value' ? origin.model.table.infoOf(origin.node) : undefined;
}

export function classAt(origin: Origin | undefined): ClassInfo | undefined {
  if (origin?.kind === 'variable') return origin.model.table.classBoundTo(origin.variable);
  return origin?.kind === 'value' ? origin.model.table.classOf(origin.node) : undefined;
}

/** The expression that a name, which is never assigned again, has its value from. */
export function initialiserOf(origin: Origin | undefined): Node | undefined {
  if (origin?.kind === 'value') return origin.node;
  const definition = origin?.kind === 'variable' ? origin.variable.defs[0] : undefined;
  return definition?.type === 'Variable' && definition.parent.kind === 'const' && definition.node.id.type === 'Identifier' ? (definition.node.init ?? undefined) : undefined;
}
