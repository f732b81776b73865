import type { EffectGraph } from '../model/effect.js';
import type { FunctionInfo } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { mix } from '../model/value.js';
import { declarePattern } from './access.js';
import { lowerBody } from './inline.js';
import { acquireByDecorator } from './locks.js';
import { Lowering } from './lowering.js';

/** What whoever starts an entry asks it for. */
export const PARAMETER = 'parameter';
const asked = mix([], PARAMETER);

/** The effects of one run of `fn`, with the functions of the module that it calls and waits for inlined. */
export function graphOf(model: ModuleModel, fn: FunctionInfo): EffectGraph {
  const l = new Lowering(model, fn);
  const end = l.graph.join(fn.node);
  l.jumps.push({ kind: 'return', to: end, slot: { result: fn.name } });
  for (const parameter of fn.node.params) declarePattern(l, parameter, asked, undefined);
  acquireByDecorator(l, fn);
  lowerBody(l, fn);
  l.graph.goTo(end);
  return l.finish();
}
