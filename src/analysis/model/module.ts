import { analyzeScopes } from '../../language/index.js';
import type { ParsedModule, Scopes } from '../../language/index.js';
import { EntryFinder } from './entries.js';
import type { Entry } from './entries.js';
import { tabulateFunctions } from './functions.js';
import type { FunctionInfo, FunctionTable } from './functions.js';
import { findSharing } from './sharing.js';
import type { Sharing } from './sharing.js';
import { UseFinder } from './uses.js';
import type { Use } from './uses.js';

/** What is known of a module before any of its functions is followed. */
export interface ModuleModel {
  readonly module: ParsedModule;
  readonly file: string;
  readonly scopes: Scopes;
  readonly table: FunctionTable;
  readonly sharing: Sharing;
  readonly entries: readonly Entry[];
  readonly entryFinder: EntryFinder;
  usesOf(fn: FunctionInfo): readonly Use[];
  entryOf(fn: FunctionInfo): Entry | undefined;
}

export function modelModule(module: ParsedModule): ModuleModel {
  const { file } = module.source;
  const scopes = analyzeScopes(module);
  const table = tabulateFunctions(module, scopes);
  const finder = new UseFinder(scopes, table, file);
  const uses = new Map<FunctionInfo, readonly Use[]>();
  const usesOf = (fn: FunctionInfo): readonly Use[] => {
    const known = uses.get(fn) ?? finder.usesOf(fn);
    uses.set(fn, known);
    return known;
  };
  const sharing = findSharing(module, scopes, table, usesOf);
  const entryFinder = new EntryFinder(usesOf, (owner) => sharing.isSharedClass(owner), file);
  const entries = table.functions.flatMap((fn) => entryFinder.entryOf(fn) ?? []);
  const byFunction = new Map(entries.map((entry) => [entry.fn, entry]));
  return { module, file, scopes, table, sharing, entries, entryFinder, usesOf, entryOf: (fn) => byFunction.get(fn) };
}
