import { notSimulated } from './errors.js';

const both = ['chown', 'lchmod', 'lchown', 'statfs'];
const numbered = ['fchown'];
const only = ['openAsBlob', 'unwatchFile', 'watchFile'];

/** What `fs` has in Node 20 and lacks here: each says so when it is called. */
export function refusedMembers(): Record<string, unknown> {
  return Object.fromEntries([...[...both, ...numbered].flatMap((name) => [name, `${name}Sync`]), ...only].map((name) => [name, notSimulated(name)]));
}

export function refusedPromises(): Record<string, unknown> {
  return Object.fromEntries([...both, 'glob'].map((name) => [name, notSimulated(`promises.${name}`)]));
}
