import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ancestors } from './node-project.js';

interface Prettier {
  resolveConfig(path: string): Promise<object | null>;
  format(text: string, options: object): Promise<string>;
}

/** The text as the project's own Prettier writes it, if it has one. */
export async function formatAsProject(text: string, path: string): Promise<string> {
  const folder = ancestors(dirname(path)).find((one) => existsSync(join(one, 'node_modules', 'prettier', 'package.json')));
  if (folder === undefined) return text;
  try {
    const place = createRequire(join(folder, 'package.json')).resolve('prettier');
    const loaded = (await import(pathToFileURL(place).href)) as { readonly default?: Prettier } & Prettier;
    const prettier = loaded.default ?? loaded;
    return await prettier.format(text, { ...(await prettier.resolveConfig(path)), filepath: path });
  } catch {
    // A formatter that fails has no say.
    return text;
  }
}
