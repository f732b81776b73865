import { runningLoop } from '../../runtime/loop.js';
import { sealClasses } from '../../runtime/sealed.js';
import { bytesOf } from '../buffer/contents.js';
import { decode, requireEncoding, type Encoding } from '../buffer/encodings.js';
import { touchBytes } from '../buffer/memory.js';
import { invalidArgument } from '../events/errors.js';

/** `StringDecoder` of Node: bytes of a character that is not complete wait for the rest of it. */
export class StringDecoder {
  readonly encoding: Encoding;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(encoding?: unknown) {
    runningLoop()?.identity.born(this);
    this.encoding = requireEncoding(encoding);
  }

  write(chunk: unknown): string {
    if (typeof chunk === 'string') return chunk;
    if (!ArrayBuffer.isView(chunk)) throw invalidArgument('buf', 'an instance of Buffer, TypedArray, or DataView', chunk);
    this.#touch();
    touchBytes(chunk, 'read');
    const bytes = joined(this.#rest, bytesOf(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)));
    const kept = incomplete(bytes, this.encoding);
    this.#rest = bytes.slice(bytes.length - kept);
    return decode(bytes.subarray(0, bytes.length - kept), this.encoding);
  }

  end(chunk?: unknown): string {
    this.#touch();
    const text = chunk === undefined ? '' : this.write(chunk);
    const last = decode(this.#rest, this.encoding);
    this.#rest = new Uint8Array(0);
    return text + last;
  }

  #touch(): void {
    const loop = runningLoop();
    loop?.touch(loop.identity.of(this), '*', 'write');
  }
}

sealClasses(StringDecoder);

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/** How many bytes at the end wait for more. */
function incomplete(bytes: Uint8Array, encoding: Encoding): number {
  const { length } = bytes;
  switch (encoding) {
    case 'utf8': return incompleteUtf8(bytes);
    case 'utf16le': return length % 2 + (length > 1 && (bytes[length - length % 2 - 1]! & 0xfc) === 0xd8 ? 2 : 0);
    case 'base64':
    case 'base64url': return length % 3;
    default: return 0;
  }
}

function incompleteUtf8(bytes: Uint8Array): number {
  for (let count = 1; count <= Math.min(4, bytes.length); count++) {
    const byte = bytes[bytes.length - count]!;
    if ((byte & 0xc0) === 0x80) continue;
    const needed = (byte & 0xe0) === 0xc0 ? 2 : (byte & 0xf0) === 0xe0 ? 3 : (byte & 0xf8) === 0xf0 ? 4 : 1;
    return needed > count ? count : 0;
  }
  return 0;
}
