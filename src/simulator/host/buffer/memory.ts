import { runningLoop } from '../../runtime/loop.js';

/**
 * Whether an object is one of our Buffers. To footprints the memory of a Buffer is one location, the whole of the object; parts of it
 * (`subarray`, `slice`) are known as the Buffer that they were cut from.
 */
const buffers = new WeakSet<object>();

export function isBufferObject(value: unknown): value is Uint8Array {
  return typeof value === 'object' && value !== null && buffers.has(value);
}

export function bufferBorn<T extends Uint8Array>(buffer: T): T {
  buffers.add(buffer);
  runningLoop()?.identity.born(buffer);
  return buffer;
}

export function partBorn<T extends Uint8Array>(part: T, whole: Uint8Array): T {
  buffers.add(part);
  runningLoop()?.identity.alias(part, whole);
  return part;
}

/** Bytes are read or written by code that is not instrumented. */
export function touchBytes(buffer: object, kind: 'read' | 'write'): void {
  const loop = runningLoop();
  if (loop !== undefined) loop.touch(loop.identity.of(buffer), '*', kind);
}
