import type { EventsModel } from '../events/index.js';
import { DOMException, missingArguments } from '../events/errors.js';
import { name } from '../events/event.js';
import { deserialise } from './deserialise.js';
import { endpointKind, type Delivery } from './endpoints.js';
import type { MessagesWorld, Ports } from './message-port.js';
import type { CloneRecord } from './record.js';
import { serialise } from './serialise.js';

/** `BroadcastChannel` (HTML, 9.5): a message goes to all others of the name, to each in an event of its own. */
export function createBroadcastChannel({ host, events }: MessagesWorld & { readonly events: EventsModel }, { MessageEvent, realm }: Ports) {
  const { EventTarget, defineHandler } = events.targets;

  class BroadcastChannel extends EventTarget {
    readonly #name: string;
    readonly #id: string;
    #isClosed = false;

    constructor(...args: readonly unknown[]) {
      if (args.length === 0) throw missingArguments('name');
      super();
      this.#name = String(args[0]);
      this.#id = host.identify(endpointKind);
      this.#call('open', { to: this.#channel });
      host.onInput(this.#id, (delivery) => this.#receive(delivery as Delivery));
    }

    get name(): string { return this.#name; }

    postMessage(...args: readonly unknown[]): void {
      if (args.length === 0) throw missingArguments('message');
      if (this.#isClosed) throw new DOMException('BroadcastChannel is closed.', 'InvalidStateError');
      this.#call('post', { to: this.#channel, record: serialise(args[0], [], realm) });
    }

    close(): void {
      if (this.#isClosed) return;
      this.#isClosed = true;
      this.#call('close', { to: this.#channel });
    }

    ref(): this { return this; }
    unref(): this { return this; }

    get #channel(): string {
      return `channel ${this.#name}`;
    }

    #call(method: string, payload: object): void {
      host.perform({ kind: 'shared', site: host.site, object: this.#id, method, payload, name: this.#channel });
    }

    #receive(delivery: Delivery): void {
      if (delivery.kind === 'message' && !this.#isClosed) this.dispatchEvent(new MessageEvent('message', { data: deserialise(delivery.record as CloneRecord, realm).value }));
    }
  }
  name(BroadcastChannel, 'EventTarget');
  for (const type of ['message', 'messageerror']) defineHandler(BroadcastChannel, type);
  return BroadcastChannel;
}
