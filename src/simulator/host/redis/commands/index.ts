import type { Commands } from './command.js';
import { hashes } from './hashes.js';
import { generic } from './keys.js';
import { lists } from './lists.js';
import { scripts } from './scripts.js';
import { sets } from './sets.js';
import { sortedSets } from './sorted-sets.js';
import { strings } from './strings.js';

export { meaningOf } from './scripts.js';
export { take } from './lists.js';

/** Commands that look at keys and change them, at once. */
export const commands: Commands = { ...generic, ...strings, ...hashes, ...lists, ...sets, ...sortedSets, ...scripts };

/** Commands about the connection itself, and those that may wait. */
export const ofConnection: ReadonlySet<string> = new Set(['multi', 'exec', 'discard', 'watch', 'unwatch', 'blpop', 'brpop', 'publish', 'subscribe', 'unsubscribe']);

export const commandNames: readonly string[] = [...Object.keys(commands), ...ofConnection];
