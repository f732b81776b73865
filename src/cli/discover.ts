import { readdirSync, realpathSync, statSync, type Stats } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { explainError, type Problem } from './problem.js';

/** A file to check. */
export interface Candidate {
  readonly path: string;
  /** Relative to the working directory, with `/`: the name that findings carry. */
  readonly file: string;
  /** Named by the user, so never left out in silence. */
  readonly isNamed: boolean;
}

export interface Discovery {
  readonly candidates: readonly Candidate[];
  readonly problems: readonly Problem[];
}

const checked = /\.[cm]?[jt]sx?$/i;
const leftOut = /\.d\.([^.]+\.)?[cm]?ts$|[.-]min\.[cm]?js$/i;
const foldersLeftOut = new Set(['node_modules', 'dist']);

/**
 * The files that paths stand for. Below a folder, what is no source of the project is left out; what is named is taken as it is,
 * so a path inside node_modules works. Each file comes once, whatever links lead to it, and links in a circle end.
 */
export function discover(paths: readonly string[], cwd: string): Discovery {
  const candidates: Candidate[] = [];
  const problems: Problem[] = [];
  const seen = new Set<string>();

  const visit = (path: string, isNamed: boolean): void => {
    const entry = look(path);
    if ('error' in entry) {
      if (isNamed || entry.error.code !== 'ENOENT') problems.push({ place: nameOf(path, cwd), message: explainError(entry.error) });
      return;
    }
    if (seen.has(entry.real)) return;
    if (entry.stats.isDirectory()) {
      seen.add(entry.real);
      visitFolder(path);
    } else if (isNamed || (entry.stats.isFile() && checked.test(path) && !leftOut.test(path))) {
      const problem = isNamed ? whyNotSource(path, entry.stats) : undefined;
      if (problem !== undefined) problems.push({ place: nameOf(path, cwd), message: problem });
      else {
        seen.add(entry.real);
        candidates.push({ path, file: nameOf(path, cwd), isNamed });
      }
    }
  };

  const visitFolder = (path: string): void => {
    try {
      for (const name of readdirSync(path).sort()) if (!foldersLeftOut.has(name) && !name.startsWith('.')) visit(join(path, name), false);
    } catch (error) {
      problems.push({ place: nameOf(path, cwd), message: explainError(error) });
    }
  };

  for (const path of paths) visit(resolve(cwd, path), true);
  return { candidates, problems };
}

/** Relative to the working directory, with `/`, as findings name files. */
export function nameOf(path: string, cwd: string): string {
  return relative(cwd, path).replaceAll(sep, '/') || '.';
}

function whyNotSource(path: string, stats: Stats): string | undefined {
  if (!stats.isFile()) return 'this is no regular file; name a TypeScript or JavaScript file, or a folder.';
  return checked.test(path) ? undefined : 'this is neither TypeScript nor JavaScript; files end in .ts, .tsx, .mts, .cts, .js, .jsx, .mjs or .cjs.';
}

function look(path: string): { readonly real: string; readonly stats: Stats } | { readonly error: NodeJS.ErrnoException } {
  try {
    return { real: realpathSync(path), stats: statSync(path) };
  } catch (error) {
    return { error: error as NodeJS.ErrnoException };
  }
}
