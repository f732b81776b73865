import { readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { noConfiguration } from '../model/index.js';
import { configurationFile, parseConfiguration, type ParsedConfiguration } from './parse.js';

/** The configurations of a tree of files: each file has that of the nearest folder around it that holds one. */
export interface Configurations {
  /** @param path Absolute path of a file that is checked. */
  of(path: string): FoundConfiguration;
}

export interface FoundConfiguration extends ParsedConfiguration {
  /** Why the file could not be read at all, and how it is named. */
  readonly unreadable?: { readonly file: string; readonly error: unknown };
}

const none: FoundConfiguration = { configuration: noConfiguration, problems: [] };

/** @param rules Ids of all rules. */
export function readConfigurations(cwd: string, rules: readonly string[]): Configurations {
  const byFolder = new Map<string, FoundConfiguration>();
  const inFolder = (folder: string): FoundConfiguration => {
    let found = byFolder.get(folder);
    if (!found) byFolder.set(folder, (found = read(folder, cwd, rules) ?? (dirname(folder) === folder ? none : inFolder(dirname(folder)))));
    return found;
  };
  return { of: (path) => inFolder(dirname(path)) };
}

function read(folder: string, cwd: string, rules: readonly string[]): FoundConfiguration | undefined {
  const place = { folder: between(cwd, folder), above: '' };
  const isAbove = place.folder.split('/').every((part) => part === '..');
  const file = place.folder === '' ? configurationFile : `${place.folder}/${configurationFile}`;
  try {
    const text = readFileSync(join(folder, configurationFile), 'utf8');
    return parseConfiguration({ file, text, ...(isAbove ? { folder: place.folder, above: between(folder, cwd) } : place) }, rules);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    return { ...none, unreadable: { file, error } };
  }
}

function between(from: string, to: string): string {
  return relative(from, to).replaceAll(sep, '/');
}
