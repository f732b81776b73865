import { isWithin } from '../../language/index.js';
import type { Node } from '../../language/index.js';
import { eachElement } from '../catalog/collections.js';
import { calleeText } from '../model/functions.js';
import { variablesIn } from '../model/variables-in.js';
import { isOfFile, isStoredUpdate } from './external-lost-update.js';
import type { RegionInQuestion, Rule } from './rule.js';

export const fileLostUpdate: Rule = {
  id: 'file-lost-update',
  category: 'files',
  summary: 'A file is read, and a text made from what was in it is written over it, while others do the same.',
  explanation:
    'Whoever reads the file before this run has written it makes its text from the old one: what the first to write has put there is lost. ' +
    'Do one such update of a file after the other (a mutex or a queue for each path, a lock file where several processes do it), or append.',
  accuses: (region) => isOfFile(region) && isStoredUpdate(region) && !isEachItsOwn(region),
};

/** `files.map(async (name) => { const path = join(root, name); … })`: each element of a list has a file of its own. */
function isEachItsOwn({ candidate: { act }, study: { fn }, view: { model } }: RegionInQuestion): boolean {
  const { parent } = fn.node;
  if (parent?.type !== 'CallExpression' || parent.callee === fn.node || !eachElement.has(calleeText(parent.callee)) || act.frame.fn !== fn || act.at.type !== 'CallExpression') return false;
  const path = act.at.arguments[0];
  return path !== undefined && [...variablesIn(path, model)].some(({ defs: [definition] }) => definition !== undefined && isWithin(definition.name as Node, fn.node));
}
