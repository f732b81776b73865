import type { Configuration } from './configuration.js';
import { globToRegExp, isGlob } from './glob.js';

/** True if a configuration lets a file be checked: one of `include`, where that says anything, and none of `exclude`. */
export function isIncluded(file: string, { folder, include, exclude }: Configuration): boolean {
  const own = pathBelow(folder, file);
  return (include.length === 0 || include.some((pattern) => matchesFile(pattern, own))) && !exclude.some((pattern) => matchesFile(pattern, own));
}

/** The path of a file as its configuration's patterns see it. */
export function pathBelow(folder: string, file: string): string {
  return folder !== '' && file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : file;
}

/** A pattern that names a folder stands for all that is below it. */
export function matchesFile(pattern: string, path: string): boolean {
  const plain = pattern.replace(/^\.\//, '').replace(/\/$/, '');
  if (!isGlob(plain)) return plain === '.' || path === plain || path.startsWith(`${plain}/`);
  return expressionOf(plain).test(path);
}

const expressions = new Map<string, RegExp>();

function expressionOf(pattern: string): RegExp {
  let expression = expressions.get(pattern);
  if (!expression) expressions.set(pattern, (expression = new RegExp(`${globToRegExp(pattern).source.slice(0, -1)}(?:/.*)?$`)));
  return expression;
}
