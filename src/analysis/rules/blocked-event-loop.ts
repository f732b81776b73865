import { rangeOf } from '../../language/index.js';
import type { Finding } from '../../model/index.js';
import { blockingCallsIn } from '../memory/blocking.js';
import type { BlockingCall } from '../memory/blocking.js';
import { calleeText } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import type { ModuleRule } from './rule.js';

export const blockedEventLoop: ModuleRule = {
  id: 'blocked-event-loop',
  category: 'shared-memory',
  summary: 'A handler of requests, a listener of VS Code, or the thread of a page, waits without letting anybody else run.',
  explanation:
    'Until the call is done the thread runs nothing else: no other request is answered, no timer fires, nothing is drawn. ' +
    'Use the asynchronous form of the call and await it, or do the work in a worker.',
  findingsIn: ({ model }) => blockingCallsIn(model).map((blocking) => findingOf(blocking, model)),
};

function findingOf(blocking: BlockingCall, model: ModuleModel): Finding {
  const { at, call, model: home } = blocking;
  const range = rangeOf(at, model.file);
  const location = `${calleeText(call.callee)}`;
  const place = rangeOf(call, home.file);
  return {
    rule: blockedEventLoop.id, category: blockedEventLoop.category, oracle: 'none', range, location,
    message: messageOf(blocking, model),
    accesses: [{ kind: 'read', range: place, function: home.table.around(call)?.name ?? '<module>', locks: [] }],
    region: { location, dependence: 'guard', reads: [place], suspensions: [], acts: [place] },
    overlaps: [],
  };
}

function messageOf({ call, model: home, in: runner, waitsFor, at }: BlockingCall, model: ModuleModel): string {
  const name = `\`${calleeText(call.callee)}\``;
  const line = `line ${call.loc.start.line}${home === model ? '' : ` of ${home.file.slice(home.file.lastIndexOf('/') + 1)}`}`;
  if (!('fn' in runner)) return `${name} at ${line} waits for ${waitsFor} on ${runner.kind === 'page' ? 'the thread that shows the page' : 'the main thread'}: until it is done nothing else runs there.`;
  const { fn } = runner;
  if (runner.kind === 'listener') return `${name} at ${line} waits for ${waitsFor} whenever that happens in the editor${at === call ? '' : ', through this call'}: until it is done no other extension runs.`;
  const handler = fn.ownName ? `\`${fn.ownName}\`` : `the handler at line ${fn.node.loc.start.line}`;
  return `${name} at ${line} waits for ${waitsFor} while ${handler} answers a request${at === call ? '' : ', through this call'}: until it is done no other request is served.`;
}
