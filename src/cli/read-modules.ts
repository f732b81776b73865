import { statSync, type Stats } from 'node:fs';
import { resolve } from 'node:path';
import type { ReadModule } from '../language/index.js';
import { readSource } from './read-source.js';

type Found = ReturnType<ReadModule>;

/** What imports lead to, below the working directory or above; each path is looked up once. What cannot be read is not there. */
export function readModules(cwd: string): ReadModule {
  const known = new Map<string, Found>();
  return (file) => {
    if (!known.has(file)) known.set(file, lookUp(resolve(cwd, file), file));
    return known.get(file);
  };
}

function lookUp(path: string, file: string): Found {
  const stats = statsOf(path);
  if (stats?.isDirectory()) return { kind: 'folder' };
  if (!stats?.isFile()) return undefined;
  const reading = readSource({ path, file, isNamed: true });
  return reading.kind === 'text' ? { kind: 'file', text: reading.text } : undefined;
}

/** Of a path that leads through a file, or where one may not look, there is nothing. */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
