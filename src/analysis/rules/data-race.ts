import { isSameRange } from '../../model/index.js';
import type { Finding } from '../../model/index.js';
import { rangeOf } from '../../language/index.js';
import type { MemoryAccess } from '../memory/history.js';
import { racesIn } from '../memory/races.js';
import type { MemoryRace } from '../memory/races.js';
import type { ModuleModel } from '../model/module.js';
import { unvalidatedReadsIn } from '../memory/unvalidated-reads.js';
import type { UnvalidatedRead } from '../memory/unvalidated-reads.js';
import { textOf } from '../model/text.js';
import { nodeFinding } from '../node-finding.js';
import { memoryFinding, memoryLine, memoryText } from './memory-finding.js';
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
    const races = racesIn(model, isTold).map((race) => memoryFinding(dataRace, 'data-race', race.plain === race.other ? [race.plain] : [race.plain, race.other], messageOf(race, model)));
    return [...races, ...unvalidatedReadsIn(model).map((read) => unvalidatedFinding(read, model))];
  },
};

function messageOf({ kind, plain, other, flag }: MemoryRace, model: ModuleModel): string {
  const at = (access: MemoryAccess): string => memoryLine(access, model);
  const [name, line] = [`\`${memoryText(plain)}\``, at(plain)];
  const verb = plain.kind === 'read' ? 'read' : 'written';
  const otherVerb = other.kind === 'read' ? 'reads' : 'writes';
  const who = nameOf(other);
  switch (kind) {
    case 'mixed':
      return `${name} is ${verb} plainly at ${line}, while ${who} ${otherVerb} the same cell with \`Atomics.${other.operation}\` at ${at(other)}: nothing orders the two.`;
    case 'early':
      return `${name} is ${verb} at ${line}, after \`${memoryText(flag!)}\` at ${at(flag!)} has told ${who} that it may go on: it ${otherVerb} the memory at ${at(other)} meanwhile.`;
    case 'unlooked':
      return `${name} is ${verb} at ${line}, before \`${memoryText(flag!)}\` at ${at(flag!)} says whether ${who} is done with it: that ${otherVerb} the memory at ${at(other)}.`;
    case 'unordered':
      return `${name} is ${verb} plainly at ${line}, and ${who} ${otherVerb} the same memory at ${at(other)}: nothing orders the two.`;
    case 'siblings':
      return `${name} is ${verb} plainly at ${line} by every worker that runs this code, and nothing orders them.`;
    case 'unlocked':
      return `${name} is ${verb} plainly at ${line} without the lock under which ${who} ${otherVerb} it at ${at(other)}: nothing orders the two.`;
    case 'spin':
      return `${name} is read plainly at ${line} until another agent writes it: nothing says that the loop ever sees that, or what was written before.`;
  }
}

function unvalidatedFinding({ look, reads: [first, last], write, fn, writer }: UnvalidatedRead, model: ModuleModel): Finding {
  return nodeFinding(dataRace, model, {
    fn, intruder: writer, location: textOf(first, model), dependence: 'guard', from: look, to: first, accesses: [['read', first], ['write', write, writer]],
    message: `\`${textOf(look, model)}\` at line ${look.loc.start.line} says that nobody writes, and is not asked again after \`${textOf(last, model)}\` at line ${last.loc.start.line}: \`${writer.ownName}\` may write (line ${write.loc.start.line}) while this reads, which then has half of the old and half of the new.`,
  });
}

function nameOf({ root, side }: MemoryAccess): string {
  if (root.fn?.ownName) return `\`${root.fn.ownName}\``;
  return side === 'worker' ? 'the worker' : side === 'main' ? 'the main thread' : 'other code';
}
