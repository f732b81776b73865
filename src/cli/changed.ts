import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Candidate } from './discover.js';
import { UsageError } from './usage.js';

/** What files are compared with: the commit at which this branch left the default one, or the one at which it left `since`. */
export interface Changed {
  readonly since?: string;
}

/** Those of the files that differ from where this branch began, committed or not, and those that git does not know yet. */
export function onlyChanged(candidates: readonly Candidate[], { since }: Changed, cwd: string): Candidate[] {
  const root = git(cwd, 'rev-parse', '--show-toplevel')?.trimEnd();
  if (root === undefined) throw new UsageError('--changed: this folder is in no git repository, or git is not installed; name the files to check instead.');
  const base = since === undefined ? usualBase(cwd) : baseOf(cwd, since);
  if (base === undefined) throw new UsageError(`--since ${since}: git knows no such commit; name a branch, a tag or a commit.`);
  const differing = base === '' ? git(cwd, 'ls-files', '-z', '--full-name', root) : git(cwd, '-c', 'diff.relative=false', 'diff', '--name-only', '--no-renames', '-z', base);
  const unknown = git(cwd, 'ls-files', '--others', '--exclude-standard', '-z', '--full-name', root);
  const changed = new Set([differing, unknown].flatMap((names) => names?.split('\0') ?? []).map((name) => real(join(root, name))));
  return candidates.filter(({ path }) => changed.has(real(path)));
}

/** Where this branch left the remote's default branch; HEAD where there is none; empty before the first commit. */
function usualBase(cwd: string): string {
  return baseOf(cwd, 'origin/HEAD') ?? baseOf(cwd, 'origin/main') ?? baseOf(cwd, 'origin/master') ?? baseOf(cwd, 'HEAD') ?? '';
}

function baseOf(cwd: string, commit: string): string | undefined {
  const known = git(cwd, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${commit}^{commit}`)?.trim();
  if (known === undefined) return undefined;
  // A clone that is not deep enough knows no common commit: then all that differs.
  return git(cwd, 'merge-base', 'HEAD', known)?.trim() ?? known;
}

function git(cwd: string, ...args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, { cwd, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });
  return status === 0 ? stdout : undefined;
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
