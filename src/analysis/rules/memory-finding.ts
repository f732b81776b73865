import { rangeOf } from '../../language/index.js';
import type { Access, Finding, OracleKind } from '../../model/index.js';
import type { MemoryAccess } from '../memory/history.js';
import type { ModuleModel } from '../model/module.js';
import { textOf } from '../model/text.js';
import type { RuleDescription } from './rule.js';

/** A finding about accesses of shared memory: the first is the one to mend, the last what it meets. */
export function memoryFinding({ id, category }: RuleDescription, oracle: OracleKind, accesses: readonly [MemoryAccess, ...MemoryAccess[]], message: string): Finding {
  const [first] = accesses;
  const location = memoryText(first);
  const ranges = accesses.map(({ node, root }) => rangeOf(node, root.model.file));
  const [one, two] = accesses.map(({ root }) => root.fn && root.model.entryFinder.pointOf(root.fn, true));
  return {
    rule: id, category, oracle, message, range: ranges[0]!, location,
    accesses: accesses.map(accessOf),
    region: { location, dependence: 'guard', reads: ranges.slice(0, 1), suspensions: [], acts: ranges.slice(-1) },
    overlaps: one && two ? [[one, two]] : [],
  };
}

export function memoryText({ node, root }: Pick<MemoryAccess, 'node' | 'root'>): string {
  return textOf(node, root.model);
}

/** `line 4`, and for another file `line 4 of worker.ts`. */
export function memoryLine({ node, root }: MemoryAccess, model: ModuleModel): string {
  const { file } = root.model;
  const text = `line ${node.loc.start.line}`;
  return root.model === model ? text : `${text} of ${file.slice(file.lastIndexOf('/') + 1)}`;
}

function accessOf({ kind, node, root }: MemoryAccess): Access {
  return { kind: kind === 'notify' ? 'read' : kind, range: rangeOf(node, root.model.file), function: root.fn?.name ?? '<module>', locks: [] };
}
