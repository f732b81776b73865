import { globToRegExp, matchesFile, pathIn } from '../../model/index.js';
import type { Configuration } from '../../model/index.js';
import type { FunctionInfo } from './functions.js';

/** What a project says of a function: two runs of it may overlap, or it runs once. `isNamed`: it is meant itself, not only its file. */
export interface Declared {
  readonly runs: 'overlapping' | 'once';
  readonly isNamed: boolean;
}

/** What the configuration says of a function. Its name comes before its file; said both ways, it runs once. */
export function declaredEntry(fn: FunctionInfo, configuration: Configuration): Declared | undefined {
  const { entryPoints } = configuration;
  if (entryPoints.overlapping.length === 0 && entryPoints.once.length === 0) return undefined;
  const file = pathIn(configuration, fn.module.source.file);
  for (const isNamed of [true, false]) {
    const isMeant = (pattern: string): boolean => pattern.includes('#') === isNamed && means(pattern, file, fn);
    if (entryPoints.once.some(isMeant)) return { runs: 'once', isNamed };
    if (entryPoints.overlapping.some(isMeant)) return { runs: 'overlapping', isNamed };
  }
  return undefined;
}

function means(pattern: string, file: string, { name, ownName, kind }: FunctionInfo): boolean {
  const hash = pattern.indexOf('#');
  if (hash < 0) return matchesFile(pattern, file);
  const isFile = hash === 0 || matchesFile(pattern.slice(0, hash), file);
  const expression = globToRegExp(pattern.slice(hash + 1));
  return isFile && kind !== 'constructor' && (expression.test(name) || (ownName !== '' && expression.test(ownName)));
}
