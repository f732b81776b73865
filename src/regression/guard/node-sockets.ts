import dgram from 'node:dgram';
import net from 'node:net';
import { mayChange, realPath, refusal } from './node-bounds.js';

type Method = (this: unknown, ...given: unknown[]) => unknown;

interface Place {
  readonly path?: string;
  readonly host?: string;
  readonly port?: unknown;
  readonly fd?: unknown;
}

/** No connection but by pipes in the run's own temporary folder, over which tools speak with their own processes. */
export function guardSockets(): void {
  guard(net.Socket.prototype, 'connect', (given) => beyond('connect to', given));
  guard(net.Server.prototype, 'listen', (given) => beyond('listen on', given));
  for (const name of ['bind', 'connect', 'send']) guard(dgram.Socket.prototype, name, () => 'open a UDP socket');
}

function guard(owner: object, name: string, judge: (given: readonly unknown[]) => string | undefined): void {
  const methods = owner as Record<string, Method>;
  const original = methods[name]!;
  methods[name] = function (...given) {
    const found = judge(given);
    if (found !== undefined) throw refusal(found);
    return original.apply(this, given);
  };
}

function beyond(verb: string, given: readonly unknown[]): string | undefined {
  // Node hands on what it has normalised as one list.
  const [first, second] = (Array.isArray(given[0]) ? given[0] : given) as [Place | string | number | undefined, unknown];
  if (typeof first === 'string' && !/^\d+$/.test(first)) return mayUsePipe(first) ? undefined : `${verb} ${first}`;
  if (typeof first !== 'object' || first === null) return `${verb} ${typeof second === 'string' ? second : 'localhost'}:${first ?? 0}`;
  if (first.path !== undefined && first.path !== null) return mayUsePipe(first.path) ? undefined : `${verb} ${first.path}`;
  // A handle that is there already, as a worker gets it from its parent.
  if (first.port === undefined && (first.fd !== undefined || '_handle' in first)) return undefined;
  return `${verb} ${first.host ?? 'localhost'}:${String(first.port ?? 0)}`;
}

/** A socket that is a file, or a pipe of Windows that is named after one. */
function mayUsePipe(name: string): boolean {
  return mayChange(realPath(name.replace(/^\\\\[.?]\\pipe\\/, ''), true));
}
