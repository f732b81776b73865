import { nodeError } from '../../events/errors.js';
import { latin1Of } from '../latin1.js';
import type { Fields } from './exchange.js';
import { FieldList } from './fields.js';
import type { HttpWorld } from './library.js';

type Callback = (error?: unknown) => void;

/** What is common to requests and responses on their way out. What is written while the head is unsent and the end is known goes out as one message. */
export function createOutgoing({ world: { loop }, Writable }: HttpWorld) {
  abstract class OutgoingMessage extends Writable {
    headersSent = false;
    sendDate = true;
    protected readonly fields = new FieldList();
    #isEnding = false;
    #kept = '';

    /** Sends a part of the body, behind the head if that is not sent. */
    protected abstract sendPart(bytes: string, isLast: boolean): void;
    /** Sends the head alone. */
    abstract flushHeaders(): void;

    setHeader(name: string, value: unknown): this {
      this.touch();
      if (this.headersSent) throw headersAreSent('set');
      this.fields.set(name, value);
      return this;
    }

    appendHeader(name: string, value: unknown): this {
      const before = this.getHeader(name);
      return this.setHeader(name, before === undefined ? value : [before, value].flat());
    }

    removeHeader(name: string): void {
      this.touch();
      if (this.headersSent) throw headersAreSent('remove');
      this.fields.delete(name);
    }

    getHeader(name: string): unknown { this.touch(); return this.fields.get(name); }
    hasHeader(name: string): boolean { this.touch(); return this.fields.has(name); }
    getHeaderNames(): string[] { this.touch(); return this.fields.names(); }
    getHeaders(): Record<string, unknown> { this.touch(); return this.fields.all(); }
    addTrailers(): never { throw new Error('addTrailers of node:http is not simulated'); }
    get finished(): boolean { return this.#isEnding; }

    protected touch(): void {
      loop.touch(loop.identity.of(this), '*', 'write');
    }

    override end(...args: unknown[]): this {
      this.touch();
      this.#isEnding = true;
      return super.end(...args);
    }

    _write(chunk: Uint8Array, _encoding: unknown, callback: Callback): void {
      const bytes = latin1Of(chunk);
      if (this.#isEnding) this.#kept += bytes;
      else this.sendPart(bytes, false);
      callback();
    }

    _final(callback: Callback): void {
      this.sendPart(this.#kept, true);
      callback();
    }

    /** The head's fields. `length`: of the whole body, if that is known; `hasBody`: there may be one. */
    protected headFields(length: number | undefined, hasBody: boolean, more: Fields): Fields {
      const own = this.fields.toFields();
      const framing: Fields = !hasBody || this.fields.has('content-length') || this.fields.has('transfer-encoding') ? [] : length === undefined ? [['Transfer-Encoding', 'chunked']] : [['Content-Length', String(length)]];
      return [...own, ...more.filter(([name]) => !this.fields.has(name)), ...framing];
    }
  }
  return OutgoingMessage;
}

export function headersAreSent(what: string): Error {
  return nodeError(Error, 'ERR_HTTP_HEADERS_SENT', `Cannot ${what} headers after they are sent to the client`);
}
