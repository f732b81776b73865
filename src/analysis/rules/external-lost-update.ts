import { isDoneTogether } from '../catalog/keyed-stores.js';
import { isStarting } from '../catalog/work.js';
import { calleeText } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import { storedKeyOf } from '../model/location.js';
import { textOf } from '../model/text.js';
import { provenancesOf } from '../regions/provenance.js';
import type { RegionInQuestion, Rule } from './rule.js';

export const externalLostUpdate: Rule = {
  id: 'external-lost-update',
  category: 'external-state',
  summary: 'What a store keeps under a key is read, and a value made from it is saved there, while others do the same.',
  explanation:
    'Between the answer to the read and the write another task, or another process, reads the same value: what it then saves, or what this one does, is lost. ' +
    'Have the store do it in one step (an atomic increment, a transaction, a row lock, a version that is compared), or guard the whole of it with a mutex for the key.',
  accuses: (region) => !isOfFile(region) && isStoredUpdate(region),
};

/** True of a stretch from the read of what is kept outside the program to the write of what was made from it. */
export function isStoredUpdate(region: RegionInQuestion): boolean {
  const { candidate, study } = region;
  if (storedKeyOf(candidate.location) === undefined || candidate.dependence !== 'update' || candidate.renewed.length > 0) return false;
  return !candidate.isAdvance && !candidate.isAppended && !candidate.isEmptying && !isOnce(study.fn) && !isToldTogether(region) && isMadeOfIt(region);
}

/** `readFile(path)`, `writeFile(path, text)` */
export function isOfFile({ candidate: { location } }: RegionInQuestion): boolean {
  return storedKeyOf(location)?.startsWith('File ') ?? false;
}

/** Folders of what a person or a build runs by itself: `scripts/`, `migrations/`. */
const BY_ITSELF = /(?:^|\/)(?:migrations?|scripts?|maintenance|gulp|codegen|build)\//;

/** What is set up, brought to a new form, or run as a script is that once, when nobody else is about. */
export function isOnce({ ownName: name, module: { source } }: FunctionInfo): boolean {
  return BY_ITSELF.test(source.file) || (isStarting(name) && /^(?:init|start|boot|setup|set_?up|activate|install|restore|ensure)/i.test(name)) || /^(?:migrate|upgrade|seed|repair|backfill|main)/i.test(name);
}

/** The code around says that the store, or something that is not seen here, keeps others out. */
function isToldTogether({ candidate: { act, stale } }: RegionInQuestion): boolean {
  return [act, ...stale].some(({ frame: { fn } }) => isDoneTogether(textOf(fn.node, fn)));
}

/** The value goes into the new one itself; where it was only asked with over a suspension, what came of that is an answer of its own. */
function isMadeOfIt({ candidate: { act, stale }, work, study: { graph } }: RegionInQuestion): boolean {
  const { reads, asked, makers } = provenancesOf(graph.effects).of(act.value);
  const isOnlyAsked = stale.every(({ id }) => asked.has(id) || !reads.has(id));
  const [read, write] = [stale[0]!, act].map(({ at }) => (at.type === 'CallExpression' ? calleeText(at.callee) : ''));
  return !isOnlyAsked || !work.some((name) => name !== read && name !== write && makers.has(name));
}
