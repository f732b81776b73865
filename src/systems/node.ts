import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Catalogue, CatalogueProblem, System } from './catalogue.js';
import { readFamilies, readManifest, type Reading } from './manifest.js';

/**
 * Reads the folder `systems/`: whatever is wrong in it is told, and everything else is in the catalogue.
 * @throws if the folder itself cannot be read.
 */
export function readCatalogue(root: string): { readonly catalogue: Catalogue; readonly problems: readonly CatalogueProblem[] } {
  const problems: CatalogueProblem[] = [];
  const take = <T>({ value, problems: found }: Reading<T>): T => (problems.push(...found), value);
  const declared = take(readFamilies(readFileSync(join(root, 'families.json'), 'utf8')));
  for (const folder of foldersIn(root)) if (!declared.some(({ slug }) => slug === folder)) problems.push({ place: folder, message: 'families.json does not name this family; add it there.' });
  const families = declared.map(({ order, ...family }) => ({ ...family, systems: inOrder(foldersIn(join(root, family.slug)), order).flatMap((name) => readSystem(root, `${family.slug}/${name}`, take, problems)) }));
  return { catalogue: { families }, problems };
}

function readSystem(root: string, name: string, take: <T>(reading: Reading<T>) => T, problems: CatalogueProblem[]): System[] {
  const manifest = join(root, name, 'system.json');
  if (!isFile(manifest)) {
    problems.push({ place: name, message: 'there is no system.json in this folder; write one, as docs/systems.md tells.' });
    return [];
  }
  const before = problems.length;
  const system = take(readManifest(name, readFileSync(manifest, 'utf8')));
  for (const { name: variant, file } of system.variants) {
    if (!isFile(join(root, file))) problems.push({ place: `${name}/system.json`, message: `variants.${variant}: there is no file ${file.slice(name.length + 1)} beside the manifest; write it, or correct its name.` });
  }
  return problems.length > before ? [] : [system];
}

function inOrder(names: readonly string[], order: readonly string[]): string[] {
  return [...order.filter((name) => names.includes(name)), ...names.filter((name) => !order.includes(name))];
}

function foldersIn(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name).sort();
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
