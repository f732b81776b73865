import { folderOf, joined, resolvePath, type ReadModule, type Resolution } from '../resolve.js';
import { objectOf, readObject, type Json, type JsonObject } from './json.js';
import { matchingPatterns } from './patterns.js';

export interface PackageName {
  /** `p-limit`, `@scope/name` */
  readonly name: string;
  /** `.`, `./debounce` */
  readonly subpath: string;
}

/** Folders above the working directory that are looked into: packages may be hoisted there. */
const mostAbove = 4;
/** ES module builds first: CommonJS ones bring helpers that emulate what the simulator has itself. */
const conditions: ReadonlySet<string> = new Set(['import', 'module', 'node', 'default']);
const further: ReadonlySet<string> = new Set([...conditions, 'browser', 'require']);

export function splitPackage(specifier: string): PackageName | undefined {
  const match = /^(@[\w.~-]+\/[\w.~-]+|[\w.~-]+)(\/.+)?$/.exec(specifier);
  return match ? { name: match[1]!, subpath: `.${match[2] ?? ''}` } : undefined;
}

/** The folder of an installed package as `from` sees it. */
export function installedFolder(from: string, name: string, read: ReadModule): string | undefined {
  for (const folder of foldersAbove(folderOf(from))) {
    const candidate = joined(folder, `node_modules/${name}`);
    if (read(`${candidate}/package.json`)?.kind === 'file') return candidate;
  }
  return undefined;
}

/** A folder and those that it lies in, the nearest first, beyond the working directory as well. */
export function foldersAbove(folder: string): string[] {
  const folders: string[] = [folder];
  for (let at = folder; at !== '' && !at.endsWith('..'); ) folders.push((at = folderOf(at)));
  for (let count = 1; count <= mostAbove; count++) folders.push(Array(count).fill('..').join('/'));
  return folders;
}

/** The file that a subpath of a package means (Node's algorithm, ES module build preferred). */
export function resolveInPackage(folder: string, subpath: string, read: ReadModule): Resolution {
  const manifest = readObject(`${folder}/package.json`, read) ?? {};
  const builds = targetsOf(manifest, subpath).map((target) => resolvePath(joined(folder, target), false, read)).filter((found) => found.kind === 'file');
  return builds.find(({ text }) => !usesMachine.test(text)) ?? builds[0] ?? { kind: 'missing' };
}

/** One build may ask Node for what another one takes from the platform. */
const usesMachine = /['"](?:node:)?(?:crypto|fs|net|http|https)['"]/;

/** `#name` in a file of a package, by the `imports` of its manifest. */
export function resolvePrivate(from: string, specifier: string, read: ReadModule): Resolution {
  for (const folder of foldersAbove(folderOf(from))) {
    const imports = objectOf(readObject(joined(folder, 'package.json'), read)?.['imports']);
    if (!imports) continue;
    const found = mapped(imports, specifier).map((target) => resolvePath(joined(folder, target), false, read)).find(({ kind }) => kind === 'file');
    return found ?? { kind: 'missing' };
  }
  return { kind: 'missing' };
}

/** Paths inside the package that a subpath may mean by its manifest, the best first. */
export function targetsOf(manifest: JsonObject, subpath: string): string[] {
  const exports = manifest['exports'];
  if (exports !== undefined && exports !== null) return [...mapped(subpathsOf(exports), subpath)];
  if (subpath !== '.') return [subpath];
  return [manifest['module'], manifest['main'], './index'].filter((target): target is string => typeof target === 'string');
}

function subpathsOf(exports: Json): JsonObject {
  const object = objectOf(exports);
  return object && Object.keys(object).every((key) => key.startsWith('.')) ? object : { '.': exports };
}

function mapped(map: JsonObject, name: string): string[] {
  const match = matchingPatterns(Object.keys(map), name)[0];
  if (!match) return [];
  const wanted = map[match.pattern]!;
  return [...new Set([...chosen(wanted, conditions), ...chosen(wanted, further)])].map((target) => target.replaceAll('*', match.star));
}

function chosen(target: Json, known: ReadonlySet<string>): string[] {
  if (typeof target === 'string') return [target];
  if (Array.isArray(target)) return (target as readonly Json[]).flatMap((each) => chosen(each, known)).slice(0, 1);
  for (const [condition, inner] of Object.entries(objectOf(target) ?? {})) {
    const found = known.has(condition) ? chosen(inner, known) : [];
    if (found.length > 0) return found;
  }
  return [];
}
