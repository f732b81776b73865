import { readdirSync, statSync, type Stats } from 'node:fs';
import { resolve } from 'node:path';
import type { ReadModule, SourceText } from '../language/index.js';
import type { SourceLines } from '../report/index.js';
import { explainError } from './problem.js';
import { readSource } from './read-source.js';
import { UsageError } from './usage.js';

/** What the imports of a scenario file lead to. @throws UsageError for what is there and cannot be read. */
export function readBelow(cwd: string): ReadModule {
  return (file) => {
    const path = resolve(cwd, file);
    const stats = statsOf(path);
    if (stats?.isDirectory()) return { kind: 'folder', names: () => readdirSync(path) };
    if (!stats?.isFile()) return undefined;
    const reading = readSource({ path, file, isNamed: true });
    if (reading.kind === 'text') return { kind: 'file', text: reading.text };
    throw new UsageError(`${file}: ${reading.kind === 'problem' ? reading.message : explainError(new Error('it cannot be read'))}`);
  };
}

/** Below a file there is nothing, as in a folder that is not there. */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** The same for the code of a finding: what cannot be read is not there, and stays opaque. */
export function readQuietly(cwd: string): ReadModule {
  const read = readBelow(cwd);
  return (file) => {
    try {
      return read(file);
    } catch {
      return undefined;
    }
  };
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
