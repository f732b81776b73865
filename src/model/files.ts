import type { Configuration } from './configuration.js';
import { globToRegExp, isGlob } from './glob.js';

/** True if a configuration lets a file be checked: one of `include`, where that says anything, and none of `exclude`. */
export function isIncluded(file: string, configuration: Configuration): boolean {
  const { include, exclude } = configuration;
  if (include.length === 0 && exclude.length === 0) return true;
  const path = pathIn(configuration, file);
  return (include.length === 0 || include.some((pattern) => matchesFile(pattern, path))) && !exclude.some((pattern) => matchesFile(pattern, path));
}

/** The path of a file from the folder of a configuration, as its patterns see it. */
export function pathIn({ folder, above }: Pick<Configuration, 'folder' | 'above'>, file: string): string {
  if (above !== '') return normalPath(`${above}/${file}`);
  return folder !== '' && file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : file;
}

/** A pattern that names a folder stands for all that is below it. */
export function matchesFile(pattern: string, path: string): boolean {
  const plain = pattern.replace(/^\.\//, '').replace(/\/$/, '');
  if (!isGlob(plain)) return plain === '.' || path === plain || path.startsWith(`${plain}/`);
  return expressionOf(plain).test(path);
}

/** Without `.` and, as far as it goes, `..`. */
export function normalPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

const expressions = new Map<string, RegExp>();

function expressionOf(pattern: string): RegExp {
  let expression = expressions.get(pattern);
  if (!expression) expressions.set(pattern, (expression = new RegExp(`${globToRegExp(pattern).source.slice(0, -1)}(?:/.*)?$`)));
  return expression;
}
