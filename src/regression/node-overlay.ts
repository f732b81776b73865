import { lstatSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { Guard } from './node-guard.js';

/** A project as it would be with some files more, or others: a folder of links to the real one. Nothing of the project itself is touched: what runs here runs under the guard. */
export class Overlay {
  readonly folder: string;
  readonly guard: Guard;
  readonly #root: string;
  readonly #opened = new Set<string>();

  constructor(root: string) {
    this.#root = root;
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), 'raceproof-test-')));
    this.guard = new Guard(this.folder, realpathSync(root));
    this.#open('');
  }

  /** Where a file of the project is to be found here. */
  at(path: string): string {
    return join(this.folder, relative(this.#root, path));
  }

  write(path: string, text: string): string {
    const inside = relative(this.#root, path);
    const steps = dirname(inside).split(sep).filter((step) => step !== '.');
    steps.forEach((_, index) => this.#open(steps.slice(0, index + 1).join(sep)));
    const target = join(this.folder, inside);
    rmSync(target, { force: true });
    writeFileSync(target, text);
    return target;
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
    this.guard.dispose();
  }

  /** A folder of its own, with links to all that the real one has. */
  #open(inside: string): void {
    if (this.#opened.has(inside)) return;
    this.#opened.add(inside);
    const here = join(this.folder, inside);
    if (inside !== '') {
      if (isLink(here)) rmSync(here);
      mkdirSync(here, { recursive: true });
    }
    for (const name of namesIn(join(this.#root, inside))) if (name !== '.git') symlinkSync(join(this.#root, inside, name), join(here, name));
  }
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
