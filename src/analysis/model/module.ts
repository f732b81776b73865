import type { Configuration } from '../../model/index.js';
import { analyzeScopes } from '../../language/index.js';
import type { Node, ParsedModule, Scopes, Variable } from '../../language/index.js';
import { callersOf } from './callers.js';
import { EntryFinder } from './entries.js';
import type { Entry } from './entries.js';
import { exportsOf } from './exports.js';
import type { ExportTable } from './exports.js';
import { tabulateFunctions } from './functions.js';
import type { FunctionInfo, FunctionTable } from './functions.js';
import type { KnownLock } from './lock-kinds.js';
import { classAt, originOf } from './origin.js';
import type { Origin } from './origin.js';
import { findSharing } from './sharing.js';
import type { Sharing } from './sharing.js';
import { isSwitchedOff } from './switched-off.js';
import { UseFinder } from './uses.js';
import type { Use } from './uses.js';

/** How the modules of a program see each other. */
export interface Links {
  /** What the project says of itself. */
  readonly configuration: Configuration;
  /** The module that `specifier` names in the file `from`; undefined if it is no part of the program, or holds nothing that can matter. */
  moduleAt(from: string, specifier: string): ModuleModel | undefined;
  modelOf(module: ParsedModule): ModuleModel;
  /** The module that declares a variable. */
  moduleOf(variable: Variable): ModuleModel;
}

/** What is known of a module before any of its functions is followed. */
export interface ModuleModel {
  readonly module: ParsedModule;
  readonly file: string;
  readonly links: Links;
  readonly scopes: Scopes;
  readonly table: FunctionTable;
  readonly exports: ExportTable;
  /** What names stand for, as far as it was asked (`originOf`). */
  readonly origins: Map<Variable, Origin | undefined>;
  /** The locks that expressions give, as far as it was asked (`lockOf`). */
  readonly locks: Map<Node, KnownLock | undefined>;
  readonly sharing: Sharing;
  readonly entries: readonly Entry[];
  readonly entryFinder: EntryFinder;
  usesOf(fn: FunctionInfo): readonly Use[];
  entryOf(fn: FunctionInfo): Entry | undefined;
}

export function modelModule(module: ParsedModule, links: Links): ModuleModel {
  const { file } = module.source;
  const scopes = analyzeScopes(module);
  const table = tabulateFunctions(module, scopes, (variable) => classAt(originOf(variable, model)));
  const exports = exportsOf(module.program, scopes);
  const finder = new UseFinder(scopes, table, file);
  const uses = new Map<FunctionInfo, readonly Use[]>();
  const usesOf = (fn: FunctionInfo): readonly Use[] => {
    const known = uses.get(fn) ?? finder.usesOf(fn);
    uses.set(fn, known);
    return known;
  };
  // Who extends whom may be known only with the help of other modules, so what rests on it comes later.
  let sharing: Sharing | undefined;
  const entryFinder = new EntryFinder({ usesOf, usesAsValue: (fn) => finder.usesAsValue(fn), callersOf: (fn) => callersOf(fn, table), isShared: (owner) => model.sharing.isSharedClass(owner), isSwitchedOff: (fn) => isSwitchedOff(fn, scopes, table), file, configuration: links.configuration });
  let entries: ReadonlyMap<FunctionInfo, Entry> | undefined;
  const byFunction = (): ReadonlyMap<FunctionInfo, Entry> => (entries ??= new Map(table.functions.flatMap((fn) => entryFinder.entryOf(fn) ?? []).map((entry) => [entry.fn, entry])));
  const model: ModuleModel = {
    module, file, links, scopes, table, exports, origins: new Map(), locks: new Map(), entryFinder, usesOf,
    get sharing() { return (sharing ??= findSharing(module, scopes, table, usesOf)); },
    get entries() { return [...byFunction().values()]; },
    entryOf: (fn) => byFunction().get(fn),
  };
  return model;
}
