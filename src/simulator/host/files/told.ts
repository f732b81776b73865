import type { Given } from './calls.js';
import { constants } from './constants.js';

/** What a person reads of a call, behind the name of its file: `is read: "0"`. Closing is no news. */
export function told(method: string, { path, dest, flags, bytes, length, closes }: Given, result: unknown): { text: string } | undefined {
  const code = typeof result === 'object' && result !== null && 'code' in result ? String(result.code) : undefined;
  if (code !== undefined) return { text: `${method} fails, ${code}` };
  switch (method) {
    case 'read': return { text: `is read: ${short((result as { bytes: string }).bytes)}` };
    case 'write': return { text: `is written: ${short(bytes)}` };
    case 'open': return { text: opening(flags) };
    case 'truncate': return { text: `is cut to ${length} bytes` };
    case 'rename': return { text: `becomes ${dest}` };
    case 'link':
    case 'symlink': return { text: `${method}ed from ${dest}` };
    case 'unlink':
    case 'rmdir': return { text: 'is removed' };
    case 'mkdir': return { text: 'is made' };
    case 'readdir': return { text: `is listed: ${(result as { list: { name: string }[] }).list.map(({ name }) => name).join(', ')}` };
    case 'watch': return { text: 'is watched' };
    case 'unwatch':
    case 'close': return undefined;
    default: return { text: closes === true || path === undefined ? method : `${method} succeeds` };
  }
}

function opening(flags: number): string {
  if ((flags & constants.O_CREAT) !== 0 && (flags & constants.O_EXCL) !== 0) return 'is made';
  return (flags & constants.O_TRUNC) !== 0 ? 'is opened and emptied' : 'is opened';
}

function short(bytes: string): string {
  return JSON.stringify(bytes.length > 40 ? `${bytes.slice(0, 40)}…` : bytes);
}
