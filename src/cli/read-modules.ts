import { readdirSync, statSync, type Stats } from 'node:fs';
import { resolve } from 'node:path';
import type { ReadModule, SourceText } from '../language/index.js';
import type { SourceLines } from '../report/index.js';
import { explainError } from './problem.js';
import { readSource } from './read-source.js';
import { UsageError } from './usage.js';

type Found = ReturnType<ReadModule>;

/** What imports lead to, below the working directory or above; each path is looked up once. What cannot be read is not there. */
export function readModules(cwd: string): ReadModule {
  const known = new Map<string, Found>();
  return (file) => {
    if (!known.has(file)) known.set(file, lookUp(resolve(cwd, file), file));
    return known.get(file);
  };
}

/** The same for a scenario file. @throws UsageError for what is there and cannot be read. */
export function readBelow(cwd: string): ReadModule {
  return (file) => lookUp(resolve(cwd, file), file, (problem) => { throw new UsageError(`${file}: ${problem}`); });
}

function lookUp(path: string, file: string, fail?: (problem: string) => never): Found {
  const stats = statsOf(path);
  if (stats?.isDirectory()) return { kind: 'folder', names: () => readdirSync(path) };
  if (!stats?.isFile()) return undefined;
  const reading = readSource({ path, file, isNamed: true });
  if (reading.kind === 'text') return { kind: 'file', text: reading.text };
  return fail?.(reading.kind === 'problem' ? reading.message : explainError(new Error('it cannot be read')));
}

/** Of a path that leads through a file, or where one may not look, there is nothing. */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** The lines of whatever file a proof leads into. */
export function linesThrough(source: SourceText, read: ReadModule): SourceLines {
  const lines = new Map<string, readonly string[]>();
  const load = (file: string): readonly string[] => {
    const found = file === source.file ? undefined : read(file);
    return splitLines(found?.kind === 'file' ? found.text : file === source.file ? source.text : '');
  };
  return (file, line) => {
    let known = lines.get(file);
    if (!known) lines.set(file, (known = load(file)));
    return known[line - 1];
  };
}

export function splitLines(text: string): string[] {
  return text.split(/\r\n|[\n\r\u2028\u2029]/);
}
