import { namesInCode, type Program } from '../../model/index.js';

/** What a program's text shows; it is looked through once for all of its scenarios. */
export interface TextOfProgram {
  readonly names: readonly (string | undefined)[];
  readonly showsPool: boolean;
}

const known = new WeakMap<Program, TextOfProgram>();

export function textOf(program: Program): TextOfProgram {
  let text = known.get(program);
  if (!text) known.set(program, (text = { names: mentionedNames(program), showsPool: showsPool(program) }));
  return text;
}

/**
 * The names of a program's parameters; undefined for one that its text does not mention, so that nobody has to make its value: what
 * the text does not have cannot be read, for it cannot evaluate text where the parameters are bound.
 */
export function mentionedNames({ code, names }: Program): (string | undefined)[] {
  const words = namesInCode(code.slice(code.indexOf(')')));
  return names.map((name) => (words === undefined || words.has(name) ? name : undefined));
}

/** Names of what shows memory that Buffers are cut from; `buffer` as a key only, for it is the name of many a variable. */
const poolNames = /\b(?:allocUnsafe|allocUnsafeSlow|SlowBuffer|byteOffset|poolSize)\b|["'{,.]\s*(?:buffer|parent)\b|\\u/;

/** Whether the program may see what `Buffer.allocUnsafe` hands out, or where in it a Buffer lies. */
export function showsPool({ code }: Program): boolean {
  return poolNames.test(code.slice(code.indexOf(')')));
}
