import { folderOf, joined, type ReadModule } from '../language/index.js';

/** Names of the packages that the nearest manifest above a file lists as its dependencies. */
export function packagesFor(file: string, read: ReadModule): ReadonlySet<string> {
  for (let folder = folderOf(file); ; folder = folderOf(folder)) {
    const found = read(joined(folder, 'package.json'));
    if (found?.kind === 'file') return dependenciesIn(found.text);
    if (folder === '' || folder === '..') return new Set();
  }
}

function dependenciesIn(manifest: string): ReadonlySet<string> {
  try {
    const { dependencies = {}, peerDependencies = {} } = JSON.parse(manifest) as Record<string, Record<string, string> | undefined>;
    return new Set([...Object.keys(dependencies), ...Object.keys(peerDependencies)]);
  } catch {
    return new Set();
  }
}
