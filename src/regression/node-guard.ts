import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guardText } from 'raceproof:test-guard';
import type { Bounds } from './guard/node-bounds.js';

/**
 * Keeps trial runs from reaching beyond the folder that they run in. In the project's own files, which run for real, made-up values could lead anywhere: files are changed in that folder,
 * in a temporary one, and in the caches of frameworks in `node_modules` alone; no process is started but Node and esbuild's service; nothing is connected to. What is
 * refused throws, and is remembered, since the code may catch it (docs/decisions/0015-trial-runs-are-guarded.md).
 */
export class Guard {
  /** What Node is started with. */
  readonly flags: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly #folder: string;
  readonly #record: string;
  readonly #started: string;

  /** Real paths: of the folder that a run takes place in, and of the project that its links lead to. */
  constructor(overlay: string, project: string) {
    // Short, since sockets in it have to fit in a hundred characters.
    this.#folder = realpathSync(mkdtempSync(join(tmpdir(), 'raceproof-')));
    this.#record = join(this.#folder, 'refusals');
    this.#started = join(this.#folder, 'started');
    const guard = join(this.#folder, 'guard.cjs');
    const bounds: Bounds = { overlay, temporary: this.#folder, project, record: this.#record, started: this.#started, guard };
    writeFileSync(guard, `const RACEPROOF_BOUNDS = ${JSON.stringify(bounds)};\n${guardText}`);
    this.flags = ['--require', guard];
    this.environment = { TMPDIR: this.#folder, TEMP: this.#folder, TMP: this.#folder };
    this.forget();
  }

  /** The first thing that was refused since `forget`, as a reason; undefined if nothing was. */
  refusal(): string | undefined {
    const [first] = readFileSync(this.#record, 'utf8').split('\n');
    return first === '' ? undefined : `it would ${first}, which the trial run of a test may not`;
  }

  forget(): void {
    writeFileSync(this.#record, '');
    writeFileSync(this.#started, '');
  }

  /** Ends what a run has started and left behind when it was ended itself: it may be an endless loop. */
  endStarted(): void {
    const ended = new Set<number>();
    // Whoever is ended may have started another one just before.
    for (let next = this.#left(ended); next.length > 0; next = this.#left(ended)) for (const pid of next) end(pid, ended);
  }

  #left(ended: ReadonlySet<number>): number[] {
    if (!existsSync(this.#started)) return [];
    return readFileSync(this.#started, 'utf8').split('\n').filter((line) => line !== '').map(Number).filter((pid) => !ended.has(pid));
  }

  dispose(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function end(pid: number, ended: Set<number>): void {
  ended.add(pid);
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
