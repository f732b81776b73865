import { isOfFile, isStoredUpdate } from './external-lost-update.js';
import type { Rule } from './rule.js';

export const fileLostUpdate: Rule = {
  id: 'file-lost-update',
  category: 'files',
  summary: 'A file is read, and a text made from what was in it is written over it, while others do the same.',
  explanation:
    'Whoever reads the file before this run has written it makes its text from the old one: what the first to write has put there is lost. ' +
    'Do one such update of a file after the other (a mutex or a queue for each path, a lock file where several processes do it), or append.',
  accuses: (region) => isOfFile(region) && isStoredUpdate(region),
};
