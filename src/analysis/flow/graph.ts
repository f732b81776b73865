import type { FunctionNode, Node } from '../../language/index.js';
import type { EffectGraph } from '../model/effect.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { mix } from '../model/value.js';
import { PARAMETER } from '../regions/provenance.js';
import { declarePattern } from './access.js';
import { lowerBody } from './inline.js';
import { acquireByDecorator } from './scoped-locks.js';
import { Lowering } from './lowering.js';
import { lowerStatements } from './statements.js';

const asked = mix([], PARAMETER);

/**
 * The effects of one run of `fn`, with the functions of the module that it calls and waits for inlined.
 * @param notesMentions True for a graph that also says where each name is evaluated or given a value.
 */
export function graphOf(model: ModuleModel, fn: FunctionInfo, notesMentions = false): EffectGraph {
  const l = new Lowering(model, fn, notesMentions);
  const end = l.graph.join(fn.node);
  l.jumps.push({ kind: 'return', to: end, slot: { result: fn.name }, places: [] });
  for (const parameter of fn.node.params) declarePattern(l, parameter, asked, undefined);
  acquireByDecorator(l, fn);
  lowerBody(l, fn);
  l.graph.goTo(end);
  return l.finish();
}

/** The effects of loading a module, with mentions. The graph's entry stands for the module's body, a function of no parameters. */
export function graphOfBody(model: ModuleModel): EffectGraph {
  const { module } = model;
  const { program } = module;
  // Whoever asks what the node of a function is, asks for its kind and what is around it: the program answers that as it should.
  const node = program as Node as FunctionNode;
  const l = new Lowering(model, { id: -1, module, node, name: '<module>', ownName: '<module>', kind: 'function', isAsync: true, isGenerator: false, isStatic: false, visibility: 'public', owner: undefined, parent: undefined, bound: undefined, decorators: [] }, true);
  lowerStatements(l, program.body);
  return l.finish();
}
