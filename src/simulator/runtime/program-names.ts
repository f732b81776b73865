import type { Program } from '../../model/index.js';

/**
 * The names of a program's parameters; undefined for one that its text does not mention, so that nobody has to make its value: what
 * the text does not have cannot be read, for it cannot evaluate text where the parameters are bound.
 */
export function mentionedNames({ code, names }: Program): (string | undefined)[] {
  const body = code.slice(code.indexOf(')'));
  // An escaped letter may spell a name.
  if (body.includes('\\u')) return [...names];
  const words = new Set(body.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu));
  return names.map((name) => (words.has(name) ? name : undefined));
}
