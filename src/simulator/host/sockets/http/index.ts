import type { Helpers } from '../../node-modules.js';
import type { Platform, PlatformWorld } from '../../platform.js';
import { createClient } from './client.js';
import { statusTexts } from './fields.js';
import { createIncoming } from './incoming.js';
import { httpWorld } from './library.js';
import { createOutgoing } from './outgoing.js';
import { createServer } from './server.js';

const methods = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'TRACE'];

/**
 * The module `http`. A request, a response, and each part of a body that is written later, is a message and arrives in a turn of its own; two requests are in
 * no order. There is no `Date` field, for reading the clock would make all responses depend on all timers.
 */
export function createHttp(platform: Platform, world: PlatformWorld, helpers: Helpers): object {
  const http = httpWorld(platform, world, helpers);
  const incoming = createIncoming(http);
  const OutgoingMessage = createOutgoing(http);
  const { Server, ServerResponse } = createServer(http, OutgoingMessage, incoming);
  const { ClientRequest, request } = createClient(http, OutgoingMessage, incoming);
  /** Connections are not pooled, see `createServer`. */
  class Agent {
    constructor(readonly options: object = {}) {}
    destroy(): void {}
  }
  return {
    Server, ServerResponse, IncomingMessage: incoming.IncomingMessage, OutgoingMessage, ClientRequest, Agent, globalAgent: new Agent(), METHODS: methods, STATUS_CODES: { ...statusTexts }, maxHeaderSize: 16_384,
    createServer: (options?: unknown, listener?: unknown) => new Server(options, listener),
    request,
    get: (...args: unknown[]) => { const made = request(...args); made.end(); return made; },
  };
}
