// Parses all sources below the given folders with typescript-estree and does nothing else: the least that a linter of TypeScript can take. For `check.mjs`.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@typescript-eslint/typescript-estree';

let [parsed, failed] = [0, 0];
for (const folder of process.argv.slice(2)) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.[cm]?[jt]sx?$/i.test(entry.name)) continue;
    const file = join(entry.parentPath, entry.name);
    try {
      parse(readFileSync(file, 'utf8'), { loc: true, range: true, jsx: /x$/.test(file), filePath: file });
      parsed += 1;
    } catch {
      failed += 1;
    }
  }
}
console.log(JSON.stringify({ parsed, failed }));
