import { touchBytes } from '../buffer/memory.js';

/** Bytes as text of one character each (latin1), as they travel. */
export function latin1Of(bytes: Uint8Array): string {
  touchBytes(bytes, 'read');
  let text = '';
  for (let index = 0; index < bytes.length; index++) text += String.fromCharCode(bytes[index]!);
  return text;
}

export function bytesOf(latin1: string): Uint8Array {
  const bytes = new Uint8Array(latin1.length);
  for (let index = 0; index < latin1.length; index++) bytes[index] = latin1.charCodeAt(index);
  return bytes;
}
