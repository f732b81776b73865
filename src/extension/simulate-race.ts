import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CompileError, type ReadModule } from '../language/index.js';
import { scenarioLine, type RaceOptions } from '../model/index.js';
import { closeRace, raceProof } from '../proof/index.js';
import type { Simulator } from '../simulator/index.js';
import type { EngineCalls, Simulation } from './engine-protocol.js';

const options: RaceOptions = { strategy: 'optimal', maxExecutions: 1_000_000, maxMilliseconds: 60_000, stopAtFirst: false };

/** A scenario file, whatever place of it was asked for: its default export is the subject. */
export async function simulateRace({ source, root, race: asked }: EngineCalls['simulate']['params'], simulator: Simulator, signal: AbortSignal): Promise<Simulation> {
  const range = scenarioLine(source)!;
  try {
    const { race, sources } = closeRace(source, readFrom(root), asked?.settings);
    const exploration = await simulator.exploreRace(race, { ...options, ...asked?.options, maxMilliseconds: options.maxMilliseconds }, { signal });
    return { kind: 'simulated', name: source.file.replace(/^.*\//, ''), range, proof: raceProof(exploration), linked: sources.slice(1), ...(exploration.witness && { message: exploration.witness.problem.message }) };
  } catch (error) {
    if (error instanceof CompileError) return { kind: 'syntax-error', message: error.message, range: error.range ?? range };
    throw error;
  }
}

function readFrom(root: string | undefined): ReadModule {
  return (file) => {
    if (root === undefined) return undefined;
    const path = join(root, file);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory()) return { kind: 'folder' };
    return found?.isFile() ? { kind: 'file', text: readFileSync(path, 'utf8') } : undefined;
  };
}
