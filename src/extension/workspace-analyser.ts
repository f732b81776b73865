import { statSync } from 'node:fs';
import { join } from 'node:path';
import { createAnalyser, type Analyser, type AnalysisOptions, type FileAnalysis } from '../analysis/index.js';
import type { SourceText } from '../language/index.js';
import { readFiles, type FilePlaces } from './read-files.js';

interface Workspace {
  readonly analyser: Analyser;
  places: FilePlaces;
  /** What was seen of each path that somebody asked for, as long as it stays so. */
  readonly seen: Map<string, string>;
  /** Goes through them, some at a time. */
  next: IterableIterator<string>;
}

/** While nothing was told to have changed, so many files are looked at each time all the same: what the host missed is found in its turn. */
const turn = 32;

/** Analyses files with what they import, and keeps what it knows of these until they change. */
export class WorkspaceAnalyser {
  readonly #workspaces = new Map<string, Workspace>();

  analyse(source: SourceText, places: FilePlaces, options: AnalysisOptions): FileAnalysis {
    const known = this.#workspaces.get(keyOf(places));
    const suspects = known && suspectsOf(known, places);
    const workspace = this.#workspaceAt(places);
    for (const file of suspects ?? []) {
      const stamp = workspace.seen.get(file);
      if (stamp === undefined || stampOf(file, places) === stamp) continue;
      workspace.seen.delete(file);
      workspace.analyser.forget(file);
    }
    return workspace.analyser.analyse(source, options);
  }

  #workspaceAt(places: FilePlaces): Workspace {
    const key = keyOf(places);
    const known = this.#workspaces.get(key);
    if (known) {
      known.places = places;
      return known;
    }
    const seen = new Map<string, string>();
    const workspace: Workspace = {
      places,
      seen,
      next: seen.keys(),
      analyser: createAnalyser((file) => {
        seen.set(file, stampOf(file, workspace.places));
        return readFiles(workspace.places)(file);
      }),
    };
    this.#workspaces.set(key, workspace);
    return workspace;
  }
}

function keyOf({ root = '' }: FilePlaces): string {
  return root;
}

/** The files that may be others than they were when the workspace was asked last. */
function suspectsOf(workspace: Workspace, places: FilePlaces): Iterable<string> {
  const { places: before, seen } = workspace;
  if (places.revision === undefined || places.revision !== before.revision) return [...seen.keys()];
  const suspects = new Set([...Object.keys(before.texts ?? {}), ...Object.keys(places.texts ?? {})]);
  for (let looked = 0; looked < turn; looked++) {
    const { value, done } = workspace.next.next() as IteratorResult<string, undefined>;
    if (done) {
      workspace.next = seen.keys();
      break;
    }
    suspects.add(value);
  }
  return suspects;
}

/** Tells one state of a file from another: its text while it is open and not saved, otherwise when it was written and how long it is. */
function stampOf(file: string, { root, texts = {} }: FilePlaces): string {
  if (Object.hasOwn(texts, file)) return `open ${texts[file]}`;
  if (root === undefined) return 'absent';
  try {
    const stats = statSync(join(root, file), { throwIfNoEntry: false });
    return stats ? `${stats.isDirectory() ? 'folder' : stats.mtimeMs} ${stats.isDirectory() ? '' : stats.size}` : 'absent';
  } catch {
    return 'absent';
  }
}
