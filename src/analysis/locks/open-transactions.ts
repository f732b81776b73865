import { isFunction } from '../../language/index.js';
import type { Node, TSESTree } from '../../language/index.js';
import { isBegin, isEnd, mayEnd, sendsStatement } from '../catalog/transactions.js';
import type { Effect, EffectGraph, EffectOf } from '../model/effect.js';
import { ofKind } from '../model/effect.js';
import { calleeText } from '../model/functions.js';

/** A transaction that is begun and, on some way, neither committed nor rolled back. A failure counts only where the code deals with failures: it catches them, or rolls back elsewhere. */
export interface OpenTransaction {
  readonly begin: EffectOf<'call'>;
  /** Where the way leaves: a `return`, or a wait that failed. */
  readonly exit: Effect;
  readonly isFailure: boolean;
  /** The client whose connection it is of. */
  readonly client: string;
}

type Method = TSESTree.CallExpression & { readonly callee: TSESTree.MemberExpression };

/** `client.query('BEGIN')`, and a `return` before `client.query('COMMIT')`: the rows stay locked, and whoever gets the connection next is in that transaction. */
export function openTransactionsIn(graph: EffectGraph, textOf: (effect: Effect, node: Node) => string): OpenTransaction[] {
  if (graph.isPartial) return [];
  const calls = ofKind(graph.effects, 'call');
  return calls.flatMap((begin) => {
    const sent = statementAt(begin);
    if (!sent || !isBegin(sent.sql)) return [];
    const client = textOf(begin, sent.call.callee.object);
    const ends = calls.flatMap((other) => { const end = statementAt(other); return end !== undefined && isEnd(end.sql) && other.frame === begin.frame && textOf(other, end.call.callee.object) === client ? [end.sql] : []; });
    const way = ends.length > 0 ? wayOut(graph.effects, begin, { client, countsFailures: isCaught(begin.at) || ends.some((sql) => /rollback/i.test(sql)) }, textOf) : undefined;
    return way ? [{ begin, client, ...way }] : [];
  });
}

function isCaught(node: Node): boolean {
  for (let at = node; at.parent && !isFunction(at); at = at.parent) if (at.parent.type === 'TryStatement' && at.parent.block === at && at.parent.handler) return true;
  return false;
}

function statementAt({ at }: Effect): { readonly call: Method; readonly sql: string } | undefined {
  if (at.type !== 'CallExpression' || at.callee.type !== 'MemberExpression' || !sendsStatement(calleeText(at.callee))) return undefined;
  const [first] = at.arguments;
  const sql = first?.type === 'Literal' && typeof first.value === 'string' ? first.value : first?.type === 'TemplateLiteral' && first.expressions.length === 0 ? first.quasis[0]!.value.raw : undefined;
  return sql === undefined ? undefined : { call: at as Method, sql };
}

/** A condition that asks whether there is a transaction. */
const ASKS_FOR_TRANSACTION = /trans|begun|began|\btx|started|committed|done|finished|owns|nested|depth|level/i;

function wayOut(effects: readonly Effect[], begin: EffectOf<'call'>, { client, countsFailures }: { readonly client: string; readonly countsFailures: boolean }, textOf: (effect: Effect, node: Node) => string): Pick<OpenTransaction, 'exit' | 'isFailure'> | undefined {
  const seen = new Set<number>([begin.id]);
  // The wait for BEGIN itself: if that fails, nothing has begun.
  let isBegun = false;
  const pending: { readonly id: number; readonly exit: Effect | undefined; readonly isFailure: boolean; readonly isGivenBack: boolean }[] = begin.next.map(({ to }) => ({ id: to, exit: undefined, isFailure: false, isGivenBack: false }));
  for (let at = pending.shift(); at; at = pending.shift()) {
    if (seen.has(at.id)) continue;
    seen.add(at.id);
    const effect = effects[at.id]!;
    if ((effect.aside ?? 0) > (begin.aside ?? 0)) continue;
    if (effect.kind === 'call' && ends(effect, client, textOf)) continue;
    if (effect.kind === 'branch' && ASKS_FOR_TRANSACTION.test(textOf(effect, effect.at))) continue;
    const isGivenBack = at.isGivenBack || (effect.kind === 'call' && effect.callee === 'release');
    const exit = effect.kind === 'return' ? effect : at.exit;
    if (effect.kind === 'suspend' && effect.at.type === 'AwaitExpression') {
      if (countsFailures && isBegun && effect.handler !== undefined) pending.push({ id: effect.handler, exit: effect, isFailure: true, isGivenBack });
      isBegun = true;
    }
    if (effect.kind === 'throw') {
      if (!countsFailures) continue;
      const thrown = at.isFailure && at.exit ? at.exit : effect;
      if (effect.handler !== undefined) pending.push({ id: effect.handler, exit: thrown, isFailure: true, isGivenBack });
      else if (isGivenBack) return { exit: thrown, isFailure: true };
      continue;
    }
    if (effect.next.length === 0) {
      // Whoever fails without giving the connection back leaves that to others.
      if (exit && (!at.isFailure || isGivenBack)) return { exit, isFailure: at.isFailure };
      continue;
    }
    pending.push(...effect.next.map(({ to }) => ({ id: to, exit, isFailure: at.isFailure, isGivenBack })));
  }
  return undefined;
}

/** It commits, rolls back, or closes the connection; or what is handed the client may. */
function ends(effect: EffectOf<'call'>, client: string, textOf: (effect: Effect, node: Node) => string): boolean {
  const sent = statementAt(effect);
  if (sent) return isEnd(sent.sql);
  const { at, callee } = effect;
  if (mayEnd(callee)) return true;
  // `client.release(error)` closes the connection.
  return at.type === 'CallExpression' && callee === 'release' && at.arguments.length > 0 && textOf(effect, at).includes(client);
}
