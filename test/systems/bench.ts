import { readdirSync, readFileSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import type { ReadModule } from '../../src/language/index.js';
import type { ProblemKind, RaceExploration, Verdict } from '../../src/model/index.js';
import { closeRace, verdictOf, type ClosedRace } from '../../src/proof/index.js';
import { createNodeSimulator } from '../../src/simulator/node.js';
import type { Simulator } from '../../src/simulator/index.js';
import { allOf, explorationOf, labelOf, settingsOf, type Chosen } from '../../src/systems/index.js';
import { readCatalogue } from '../../src/systems/node.js';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const systemsFolder = join(root, 'systems');
export const { catalogue, problems } = readCatalogue(systemsFolder);
export const variants = allOf(catalogue);
export const systems = catalogue.families.flatMap((family) => family.systems);

/** One essential line of a system, taken away or swapped. */
export interface Mutant {
  readonly variant: string;
  readonly what: string;
  /** In the system's folder. */
  readonly file: string;
  readonly replace: readonly [from: string, to: string];
  readonly problem: ProblemKind;
}

export function mutantsOf(system: string): readonly Mutant[] {
  const path = join(root, 'test/systems/mutants', `${system}.json`);
  return statSync(path, { throwIfNoEntry: false }) ? (JSON.parse(readFileSync(path, 'utf8')) as Mutant[]) : [];
}

/** Every list of mutants there is, by the name of its system. */
export function mutantLists(): string[] {
  const folder = join(root, 'test/systems/mutants');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json')).map((name) => name.replaceAll('\\', '/').slice(0, -'.json'.length));
}

/** A system as it is, or with other texts in place of some of its files (paths from the root of the repository). */
export function close({ variant }: Chosen, replaced: ReadonlyMap<string, string> = new Map()): ClosedRace {
  const file = `systems/${variant.file}`;
  return closeRace({ file, text: replaced.get(file) ?? readFileSync(join(root, file), 'utf8') }, readWith(replaced), settingsOf(variant));
}

function readWith(replaced: ReadonlyMap<string, string>): ReadModule {
  return (file) => {
    const stats = statSync(join(root, file), { throwIfNoEntry: false });
    if (stats?.isDirectory()) return { kind: 'folder' };
    return stats?.isFile() ? { kind: 'file', text: replaced.get(file) ?? readFileSync(join(root, file), 'utf8') } : undefined;
  };
}

export interface Judged {
  readonly verdict: Verdict;
  readonly exploration: RaceExploration;
}

/**
 * As many simulators as there are processors, each a process of its own; explorations wait for a free one. They have a limit of their own
 * (`explorationOf`), so the tests that wait for them need none.
 */
export class Bench {
  readonly #all = Array.from({ length: availableParallelism() }, () => createNodeSimulator({ workerPath: join(root, 'dist/simulator-worker.js'), isProcess: true }));
  readonly #idle: Simulator[] = [...this.#all];
  readonly #waiting: ((simulator: Simulator) => void)[] = [];

  constructor() {
    afterAll(async () => void (await Promise.all(this.#all.map((simulator) => simulator.dispose()))));
  }

  async judge(chosen: Chosen, replaced?: ReadonlyMap<string, string>, more: { readonly stopAtFirst?: boolean } = {}): Promise<Judged> {
    const simulator = await this.#take();
    try {
      const exploration = await simulator.exploreRace(close(chosen, replaced).race, { ...explorationOf(chosen.variant), ...more });
      return { verdict: verdictOf(exploration), exploration };
    } finally {
      this.#giveBack(simulator);
    }
  }

  #take(): Promise<Simulator> {
    const simulator = this.#idle.pop();
    return simulator ? Promise.resolve(simulator) : new Promise((resolve) => this.#waiting.push(resolve));
  }

  #giveBack(simulator: Simulator): void {
    const next = this.#waiting.shift();
    if (next) next(simulator);
    else this.#idle.push(simulator);
  }
}

/** A mutant's texts. @throws if what it replaces is not there exactly once. */
export function mutated(system: string, { file, replace: [from, to] }: Mutant): ReadonlyMap<string, string> {
  const path = `systems/${system}/${file}`;
  const parts = readFileSync(join(root, path), 'utf8').split(from);
  if (parts.length !== 2) throw new Error(`${path} holds the text to replace ${parts.length - 1} times, not once: ${JSON.stringify(from)}`);
  return new Map([[path, parts.join(to)]]);
}

export function chosenIn(system: string, variant: string): Chosen {
  const found = variants.find((each) => each.system.name === system && each.variant.name === variant);
  if (!found) throw new Error(`${system} has no variant ${variant}; there are ${variants.filter((each) => each.system.name === system).map(labelOf).join(', ')}`);
  return found;
}
