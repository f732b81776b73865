import type { SharedCall, SharedObjectKind, SharedObjects, SharedWorld } from '../../agents/shared-objects.js';
import { EPOCH } from '../../runtime/timers.js';
import { calls, watched, type Given, type Plan } from './calls.js';
import { told } from './told.js';
import { Tree } from './tree.js';
import { Watches, watchersOf } from './watches.js';

/** The name of the kind: identities of open files, and of what they make, begin with it. */
export const fileKind = 'file';
/** All calls go to one object; what they touch tells different files apart. */
export const fileSystem = `${fileKind} system`;

/** The files of the simulated machine: what its kernel knows of them (POSIX.1-2017, as Linux does it). Every call is atomic. */
export const files: SharedObjectKind = { name: fileKind, create: (world) => new Files(world) };

class Files implements SharedObjects {
  readonly #tree: Tree;
  readonly #watches: Watches;

  constructor(world: SharedWorld) {
    this.#tree = new Tree(world, EPOCH);
    this.#watches = new Watches(world);
  }

  touches(call: SharedCall): Plan['touches'] {
    const { touches, news = [] } = this.#plan(call);
    if (news.length === 0) return touches;
    const { reads = [], writes = [] } = this.#watches.touches(news);
    return { reads: [...(touches.reads ?? []), ...reads], writes: [...(touches.writes ?? []), ...writes] };
  }

  perform(call: SharedCall): unknown {
    const { run, news = [] } = this.#plan(call);
    const result = run();
    const isFailed = typeof result === 'object' && result !== null && 'code' in result;
    if (!isFailed && news.length > 0) this.#watches.tell(news);
    return result;
  }

  /** A watch that is open, unless it says otherwise. */
  keepsAlive(agent: string): boolean {
    return this.#watches.isListening(agent);
  }

  logged({ method, payload }: SharedCall, result: unknown): { text: string } | undefined {
    return told(method, payload as Given, result);
  }

  #plan({ agent, method, payload }: SharedCall): Plan {
    if (method === 'watch') return this.#watch(agent, payload as Given);
    if (method === 'unwatch') return this.#unwatch(payload as Given);
    return calls[method]!(this.#tree, payload as Given);
  }

  #watch(agent: string, { path, handle, persists }: Given): Plan {
    const { reads, code, inode } = watched(this.#tree, path);
    if (inode === undefined) return { touches: { reads }, run: () => ({ code }) };
    const name = path.replace(/\/+$/, '').split('/').at(-1)!;
    return { touches: { reads, writes: [watchersOf(inode)] }, run: () => ({ watch: this.#watches.add(agent, inode, name, handle, persists === true) }) };
  }

  #unwatch({ handle }: Given): Plan {
    const inode = this.#watches.inodeOf(handle);
    return { touches: inode === undefined ? {} : { writes: [watchersOf(inode)] }, run: () => { this.#watches.remove(handle); return null; } };
  }
}
