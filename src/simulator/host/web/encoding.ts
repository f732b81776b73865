import { computes } from '../../runtime/intrinsics.js';
import { runningLoop } from '../../runtime/loop.js';
import { sealClasses } from '../../runtime/sealed.js';
import { touchBytes } from '../buffer/memory.js';
import { invalidArgument, nodeError } from '../events/errors.js';
import { called } from './called.js';
import { ofThisRealm } from './host-errors.js';

const HostDecoder = TextDecoder;
const encoder = new TextEncoder();

/** `TextEncoder` (Encoding Standard, 8.2). */
class SimulatedTextEncoder {
  get encoding(): string {
    return 'utf-8';
  }

  encode(text: unknown = ''): Uint8Array {
    return encoder.encode(String(text));
  }

  encodeInto(text: unknown, target: Uint8Array): { read: number; written: number } {
    if (typeof text !== 'string') throw invalidArgument('src', 'of type string', text);
    if (!ArrayBuffer.isView(target)) throw invalidArgument('dest', 'an instance of Uint8Array', target);
    touchBytes(target, 'write');
    const { read, written } = encoder.encodeInto(text, new Uint8Array(target.buffer, target.byteOffset, target.byteLength));
    return { read, written };
  }
}

/** `TextDecoder` (8.1); one that is given text in pieces keeps what was left of the last. */
class SimulatedTextDecoder {
  readonly #decoder: TextDecoder;

  constructor(label: unknown = 'utf-8', options: { fatal?: unknown; ignoreBOM?: unknown } = {}) {
    runningLoop()?.identity.born(this);
    try {
      this.#decoder = new HostDecoder(String(label), { fatal: Boolean(options?.fatal), ignoreBOM: Boolean(options?.ignoreBOM) });
    } catch {
      throw nodeError(RangeError, 'ERR_ENCODING_NOT_SUPPORTED', `The "${String(label)}" encoding is not supported`);
    }
  }

  get encoding(): string { return this.#decoder.encoding; }
  get fatal(): boolean { return this.#decoder.fatal; }
  get ignoreBOM(): boolean { return this.#decoder.ignoreBOM; }

  decode(input?: unknown, options: { stream?: unknown } = {}): string {
    const loop = runningLoop();
    loop?.touch(loop.identity.of(this), 'rest', 'write');
    const bytes = input === undefined ? undefined : plainBytes(input);
    return ofThisRealm(() => this.#decoder.decode(bytes, { stream: Boolean(options?.stream) }));
  }
}

/** Shared memory is read element by element. */
function plainBytes(input: unknown): Uint8Array {
  if (input instanceof ArrayBuffer) return new Uint8Array(input);
  if (ArrayBuffer.isView(input)) {
    touchBytes(input, 'read');
    return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  }
  if (typeof input === 'object' && input !== null && (input as { BYTES_PER_ELEMENT?: unknown }).BYTES_PER_ELEMENT === 1) return Uint8Array.from(input as ArrayLike<number>);
  throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "list" argument must be an instance of SharedArrayBuffer, ArrayBuffer or ArrayBufferView.');
}

called(SimulatedTextEncoder, 'TextEncoder');
called(SimulatedTextDecoder, 'TextDecoder');
sealClasses(SimulatedTextEncoder, SimulatedTextDecoder);
computes(SimulatedTextEncoder.prototype.encode, SimulatedTextDecoder.prototype.decode);

export { SimulatedTextDecoder as TextDecoder, SimulatedTextEncoder as TextEncoder };

/** Functions of an execution's own. */
export const base64 = {
  atob: () => (text: unknown): string => ofThisRealm(() => atob(text as string)),
  btoa: () => (text: unknown): string => ofThisRealm(() => btoa(text as string)),
};
