import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestPlace } from './node-project.js';

/** A file of race tests beside the new one that has a test of its name. `isSame`: but for comments, which name lines of the code, it says the same. */
export function neighbourOf(text: string, title: string, { folder, name }: TestPlace): { readonly file: string; readonly isSame: boolean } | undefined {
  if (!existsSync(folder)) return undefined;
  const stem = /^.*?\.race/.exec(name)![0];
  const others = readdirSync(folder).filter((other) => other.startsWith(stem)).map((other) => ({ file: join(folder, other), text: readFileSync(join(folder, other), 'utf8') }));
  const same = others.find((other) => essence(other.text) === essence(text));
  const namesake = same ?? others.find((other) => other.text.includes(title));
  return namesake && { file: namesake.file, isSame: namesake === same };
}

function essence(text: string): string {
  return text.replace(/^\s*\/\/.*\n/gm, '').replace(/\s+/g, ' ');
}
