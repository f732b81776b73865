import type { Problem } from '../../model/index.js';
import type { Asks } from './asks.js';
import type { ExecutionEnd } from './execution-end.js';
import { historiesOf, historyKey, type HistoryCall } from './history.js';
import { candidates, isComplete, linearize } from './linearizability.js';
import type { SequentialSpecification, SpecifiedState } from './specification.js';
import { stepNumber } from './wording.js';

/** Judges the histories of recorded objects one by one. */
export function linearizability(end: ExecutionEnd, { linearizable = {} }: Asks): Problem | undefined {
  if (Object.keys(linearizable).length === 0) return undefined;
  for (const [object, calls] of historiesOf(end.steps)) {
    const specification = Object.hasOwn(linearizable, object) ? linearizable[object] : undefined;
    if (specification === undefined) continue;
    const verdict = specification.verdictOf(historyKey(calls), () => linearize(calls, specification).verdict);
    if (verdict === 'wrong') return problemOf(object, calls, linearize(calls, specification).order, specification);
  }
  return undefined;
}

function problemOf(object: string, calls: readonly HistoryCall[], order: readonly number[], specification: SequentialSpecification): Problem {
  const header = `${object} is not linearizable: no sequential order gives what its calls answered`;
  return {
    kind: 'linearizability',
    message: [header, ...calls.map((call) => `  ${call.task}: ${callText(call)}`), ...deadEnd(object, calls, order, specification)].join('\n'),
    steps: calls.flatMap(({ invoked, responded }) => (Number.isFinite(responded) ? [invoked, responded] : [invoked])),
  };
}

function callText(call: HistoryCall): string {
  const span = isComplete(call) ? `steps ${call.invoked + 1} to ${call.responded + 1}` : `${stepNumber(call.invoked)}, never answered`;
  return `${operationText(call)}${isComplete(call) ? ` -> ${answerText(call)}` : ''} (${span})`;
}

function operationText({ method, args }: HistoryCall): string {
  const items: unknown = JSON.parse(args);
  return `${method}(${Array.isArray(items) ? items.map((item) => JSON.stringify(item)).join(', ') : args})`;
}

function answerText({ result = '' }: { readonly result: string | undefined }): string {
  return result.replace(/^returned /, '');
}

/** Where the longest allowed beginning ends, and what the specification would have answered there. */
function deadEnd(object: string, calls: readonly HistoryCall[], order: readonly number[], specification: SequentialSpecification): string[] {
  let state: SpecifiedState = specification.start();
  for (const at of order) state = specification.apply(state, calls[at]!).state;
  const next = candidates(calls, calls.map((_, at) => order.includes(at))).map((at) => calls[at]!).filter(isComplete);
  const after = order.length === 0 ? 'at first' : `after ${order.map((at) => operationText(calls[at]!)).join(', ')}`;
  return next.map((call) => `${after} a sequential ${object} answers ${operationText(call)} with ${answerText(specification.apply(state, call))}, not ${answerText(call)}`);
}
