import type { Node, TSESTree } from '../../language/index.js';
import { advisory, advisoryName } from '../catalog/locks/index.js';
import { calleeText } from '../model/functions.js';
import { unknownValue } from '../model/value.js';
import type { Value } from '../model/value.js';
import type { Lowering } from './lowering.js';
import { lowerArguments } from './run-under.js';
import { isWaitedFor } from './waited-for.js';

/** ``client.query('SELECT pg_advisory_lock($1)', [key])``: takes or gives back a lock of the connection's session; undefined if it is none of that. */
export function lowerAdvisoryLock(l: Lowering, node: TSESTree.CallExpression): Value | undefined {
  const [statement, values] = node.arguments;
  const sql = node.callee.type === 'MemberExpression' && advisory.query.test(calleeText(node.callee)) && statement ? textOfSql(statement) : undefined;
  if (sql === undefined || advisory.releaseAll.test(l.model.module.source.text)) return undefined;
  const [tried, given] = [advisory.attempt.exec(sql), advisory.release.exec(sql)];
  const taken = tried ?? advisory.acquire.exec(sql);
  const key = (taken ?? given)?.[2];
  if (key === undefined || (taken && given)) return undefined;
  const lock = advisoryName([key.trim().split(/\s*,\s*(?=\d+$)/)[0], values && l.textOf(values)].filter(Boolean).join(' '));
  lowerArguments(l, node);
  l.suspend(node, unknownValue, 'query');
  // Taken again by its own session it keeps nobody waiting: how many may hold it is left open.
  if (taken) l.graph.add('acquire', node, { lock, form: 'call', isCertain: !tried, ...(tried && { mayFail: true }), isAwaited: isWaitedFor(l, node), permits: undefined, expires: true });
  else l.graph.add('release', node, { lock });
  return unknownValue;
}

function textOfSql(node: Node): string | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  return node.type === 'TemplateLiteral' ? node.quasis.map(({ value }) => value.raw).join('?') : undefined;
}
