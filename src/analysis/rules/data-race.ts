import { isSameRange } from '../../model/index.js';
import type { Access, EntryPoint, Finding } from '../../model/index.js';
import { rangeOf } from '../../language/index.js';
import type { MemoryAccess } from '../memory/history.js';
import { racesIn } from '../memory/races.js';
import type { MemoryRace } from '../memory/races.js';
import type { ModuleModel } from '../model/module.js';
import { nonAtomicUpdate } from './non-atomic-update.js';
import type { ModuleRule } from './rule.js';

/** Without these words nothing in a file is shared with another agent. */
const SHARING_WORD = /\bSharedArrayBuffer\b|\bAtomics\b|\bworkerData\b|\bWorker\b|\bonmessage\b/;

export const dataRace: ModuleRule = {
  id: 'data-race',
  category: 'shared-memory',
  summary: 'Two agents access a cell of shared memory, at least one of them to write it and at least one of them plainly, and nothing orders the two.',
  explanation:
    'What a plain read sees then is open: an old value, a new one before what was written earlier, half of a value. ' +
    'Use `Atomics.load` and `Atomics.store` for the cell, or order the plain accesses: write the data first and store a flag atomically, load the flag atomically and then read the data.',
  findingsIn(view) {
    const { model } = view;
    if (!SHARING_WORD.test(model.module.source.text)) return [];
    const told = nonAtomicUpdate.findingsIn(view).map(({ range }) => range);
    const isTold: Parameters<typeof racesIn>[1] = (node) => told.some((range) => isSameRange(range, rangeOf(node.parent!, model.file)));
    return racesIn(model, isTold).map((race) => findingOf(race, model));
  },
};

function findingOf(race: MemoryRace, model: ModuleModel): Finding {
  const { plain, other } = race;
  const location = textOf(plain);
  const range = rangeOf(plain.node, plain.root.model.file);
  return {
    rule: dataRace.id, category: dataRace.category, oracle: 'data-race', range, location,
    message: messageOf(race, model),
    accesses: plain === other ? [accessOf(plain)] : [accessOf(plain), accessOf(other)],
    region: { location, dependence: 'guard', reads: [range], suspensions: [], acts: [rangeOf(other.node, other.root.model.file)] },
    overlaps: overlapOf(race),
  };
}

function messageOf({ kind, plain, other, flag }: MemoryRace, model: ModuleModel): string {
  const at = (access: MemoryAccess): string => lineOf(access, model);
  const [name, line] = [`\`${textOf(plain)}\``, at(plain)];
  const verb = plain.kind === 'read' ? 'read' : 'written';
  const otherVerb = other.kind === 'read' ? 'reads' : 'writes';
  const who = nameOf(other);
  switch (kind) {
    case 'mixed':
      return `${name} is ${verb} plainly at ${line}, while ${who} ${otherVerb} the same cell with \`Atomics.${other.operation}\` at ${at(other)}: nothing orders the two.`;
    case 'early':
      return `${name} is ${verb} at ${line}, after \`${textOf(flag!)}\` at ${at(flag!)} has told ${who} that it may go on: it ${otherVerb} the memory at ${at(other)} meanwhile.`;
    case 'unlooked':
      return `${name} is ${verb} at ${line}, before \`${textOf(flag!)}\` at ${at(flag!)} says whether ${who} is done with it: that ${otherVerb} the memory at ${at(other)}.`;
    case 'unordered':
      return `${name} is ${verb} plainly at ${line}, and ${who} ${otherVerb} the same memory at ${at(other)}: nothing orders the two.`;
    case 'siblings':
      return `${name} is ${verb} plainly at ${line} by every worker that runs this code, and nothing orders them.`;
    case 'spin':
      return `${name} is read plainly at ${line} until another agent writes it: nothing says that the loop ever sees that, or what was written before.`;
  }
}

function nameOf({ root, side }: MemoryAccess): string {
  if (root.fn?.ownName) return `\`${root.fn.ownName}\``;
  return side === 'worker' ? 'the worker' : side === 'main' ? 'the main thread' : 'other code';
}

function textOf({ node, root }: MemoryAccess): string {
  return root.model.module.source.text.slice(...node.range);
}

function lineOf({ node, root }: MemoryAccess, model: ModuleModel): string {
  const { file } = root.model;
  const text = `line ${node.loc.start.line}`;
  return root.model === model ? text : `${text} of ${file.slice(file.lastIndexOf('/') + 1)}`;
}

function accessOf(access: MemoryAccess): Access {
  const { kind, node, root } = access;
  return { kind: kind === 'notify' ? 'read' : kind, range: rangeOf(node, root.model.file), function: root.fn?.name ?? '<module>', locks: [] };
}

function overlapOf({ plain, other }: MemoryRace): (readonly [EntryPoint, EntryPoint])[] {
  const [one, two] = [plain, other].map(({ root }) => root.fn && root.model.entryFinder.pointOf(root.fn, true));
  return one && two ? [[one, two]] : [];
}
