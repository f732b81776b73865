import type { Variable } from '../../language/index.js';
import type { Effect, EffectGraph, EffectOf } from '../model/effect.js';
import type { Links } from '../model/module.js';
import type { StartedWork } from './started.js';
import { mentions } from './early-use.js';
import { meanwhile } from './meanwhile.js';

/** Something is given up that the work has yet to use. */
export interface Closing {
  readonly effect: Effect;
  /** What is closed: `client`; the process as a whole if there is no late use. */
  readonly name: string;
  readonly lateUse: Effect | undefined;
}

const CLOSING = /^(?:close|end|destroy|disconnect|quit|release|dispose|terminate|stop|commit|rollback|commitTransaction|endSession|finalize|shutdown)$/;

/** Where a run closes what dropped work still uses, or ends the process while it is under way. */
export function earlyClosing(work: StartedWork, graph: EffectGraph, links: Links): Closing | undefined {
  const handed = new Set([...namesHanded(work, links)].filter((name) => graph.effects.some((one) => one.kind === 'call' && isClosing(one, name))));
  // In the next round of a loop the name stands for another one.
  for (const { effect, isLater, isOfHelper } of meanwhile(work, graph, (one) => one.kind === 'assign' && !('result' in one.slot) && handed.has(one.slot))) {
    if (isOfHelper) continue;
    if (effect.kind !== 'call') continue;
    if (isExit(effect) && !isLater && work.fate === 'dropped') return { effect, name: 'the process', lateUse: undefined };
    const [receiver] = effect.values;
    if (!CLOSING.test(effect.callee) || receiver?.kind !== 'slot' || 'result' in receiver.slot) continue;
    const variable = receiver.slot;
    const names = [variable, ...parametersFor(variable, work, links)];
    const isUse = (used: Effect): boolean => used.kind === 'call' && used.values.some((value, index) => !isText(used, index - 1) && names.some((name) => mentions(value, name)));
    const lateUse = isMadeBy(variable, work, links) ? (work.late.find(isUse) ?? (/^(?:commit|rollback)/.test(effect.callee) ? work.awaited.find(isUse) : undefined)) : undefined;
    if (lateUse) return { effect, name: variable.name, lateUse };
  }
  return undefined;
}

/** `log(`${user.id} has left`)`: a text that says what it was makes no use of it. */
function isText({ at }: EffectOf<'call'>, argument: number): boolean {
  return at.type === 'CallExpression' && /^(?:TemplateLiteral|BinaryExpression)$/.test(at.arguments[argument]?.type ?? '');
}

function isClosing({ callee, values: [receiver] }: EffectOf<'call'>, name: Variable): boolean {
  return CLOSING.test(callee) && receiver?.kind === 'slot' && receiver.slot === name;
}

/** The variables that a call is handed as they are. */
function namesHanded({ at, frame }: StartedWork, links: Links): Set<Variable> {
  const { scopes } = links.modelOf(frame.fn.module);
  return new Set(at.type !== 'CallExpression' ? [] : at.arguments.flatMap((argument) => (argument.type === 'Identifier' ? (scopes.variableOf(argument) ?? []) : [])));
}

/** Under which names the function that is started is handed what the variable holds. */
function parametersFor(variable: Variable, { at, frame, started }: StartedWork, links: Links): Variable[] {
  if (!started || at.type !== 'CallExpression') return [];
  const { scopes } = links.modelOf(frame.fn.module);
  return at.arguments.flatMap((argument, index) => {
    const parameter = started.node.params[index];
    const isHanded = parameter?.type === 'Identifier' && argument.type === 'Identifier' && scopes.variableOf(argument) === variable;
    const name = isHanded ? links.modelOf(started.module).scopes.variableOf(parameter) : undefined;
    return name ? [name] : [];
  });
}

function isExit({ at }: Effect): boolean {
  return at.type === 'CallExpression' && at.callee.type === 'MemberExpression' && at.callee.object.type === 'Identifier' && at.callee.object.name === 'process' && at.callee.property.type === 'Identifier' && at.callee.property.name === 'exit';
}

/** True for a local variable of the run that started the work. */
function isMadeBy(variable: Variable, { frame }: StartedWork, links: Links): boolean {
  const activation = links.moduleOf(variable).sharing.activationOf(variable);
  return activation === frame.fn || (activation === undefined && frame.fn.id < 0);
}
