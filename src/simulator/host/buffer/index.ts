import { isUtf8 } from './encodings.js';
import { createBuffer, maxLength, type BufferConstructor } from './buffer.js';
import type { Platform, PlatformWorld } from '../platform.js';

export type { BufferConstructor } from './buffer.js';

const buffers = new WeakMap<Platform, BufferConstructor>();

/** `Buffer` of an execution. */
export function bufferOf(platform: Platform, { opaque, showsPool = true }: PlatformWorld): BufferConstructor {
  let made = buffers.get(platform);
  if (made === undefined) buffers.set(platform, (made = createBuffer({ opaque, showsPool })));
  return made;
}

/** The module `buffer`. */
export function createBufferModule(platform: Platform, world: PlatformWorld): object {
  const Buffer = bufferOf(platform, world);
  const isAscii = (bytes: unknown): boolean => Array.from(Buffer.from(bytes)).every((byte) => byte < 0x80);
  return {
    Buffer, SlowBuffer: Buffer.allocUnsafeSlow, constants: Object.freeze({ MAX_LENGTH: maxLength, MAX_STRING_LENGTH: 536_870_888 }), kMaxLength: maxLength, kStringMaxLength: 536_870_888, INSPECT_MAX_BYTES: 50,
    isUtf8: (bytes: unknown) => isUtf8(Buffer.from(bytes)), isAscii,
    atob: platform.global('atob'), btoa: platform.global('btoa'), Blob: world.opaque.make('Blob'), File: world.opaque.make('File'),
    transcode: (): never => { throw new Error('buffer.transcode is not simulated'); },
  };
}
