import type { LoggedStep } from './execution-end.js';
import type { Operation } from './specification.js';

/** A call of a recorded object, from its invocation to its response. */
export interface HistoryCall extends Operation {
  readonly task: string;
  readonly invoked: number;
  /** Infinity: it never answered. */
  readonly responded: number;
  readonly result: string | undefined;
}

/** The calls of each recorded object, in the order in which they were invoked. Objects can be judged one by one (locality: Herlihy and Wing). */
export function historiesOf(steps: readonly LoggedStep[]): ReadonlyMap<string, readonly HistoryCall[]> {
  const histories = new Map<string, HistoryCall[]>();
  const open = new Map<string, { readonly history: HistoryCall[]; readonly at: number }>();
  for (const { kind, call, task, index } of steps) {
    if (call === undefined) continue;
    if (kind === 'invoke') {
      const history = histories.get(call.object) ?? [];
      histories.set(call.object, history);
      open.set(call.id, { history, at: history.length });
      history.push({ task, method: call.method, args: call.args, invoked: index, responded: Infinity, result: undefined });
    } else if (kind === 'respond') {
      const { history, at } = open.get(call.id)!;
      history[at] = { ...history[at]!, responded: index, result: call.result ?? '' };
    }
  }
  return histories;
}

/**
 * Text that is equal for histories with the same calls, results and order in real time (which responses come before which
 * invocations), and so with the same judgement.
 */
export function historyKey(calls: readonly HistoryCall[]): string {
  const responses = calls.map(({ responded }) => responded).filter(Number.isFinite).sort((a, b) => a - b);
  const answersBefore = ({ invoked }: HistoryCall): number => responses.filter((responded) => responded < invoked).length;
  const groups = calls.map((call) => {
    const nextInvocation = calls.filter(({ invoked }) => invoked > call.responded).length;
    return JSON.stringify([answersBefore(call), Number.isFinite(call.responded) ? nextInvocation : -1, call.method, call.args, call.result]);
  });
  return groups.sort().join();
}
