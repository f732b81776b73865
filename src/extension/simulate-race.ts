import { CompileError } from '../language/index.js';
import { scenarioLine, type RaceOptions } from '../model/index.js';
import { closeRace, raceProof } from '../proof/index.js';
import type { Simulator } from '../simulator/index.js';
import type { EngineCalls, Simulation } from './engine-protocol.js';
import { readFiles } from './read-files.js';

const options: RaceOptions = { strategy: 'optimal', maxExecutions: 1_000_000, maxMilliseconds: 60_000, stopAtFirst: false };

/** A scenario file, whatever place of it was asked for: its default export is the subject. */
export async function simulateRace({ source, race: asked, ...places }: EngineCalls['simulate']['params'], simulator: Simulator, signal: AbortSignal): Promise<Simulation> {
  const range = scenarioLine(source)!;
  try {
    const { race, sources } = closeRace(source, readFiles(places), asked?.settings);
    const exploration = await simulator.exploreRace(race, { ...options, ...asked?.options, maxMilliseconds: options.maxMilliseconds }, { signal });
    return { kind: 'simulated', name: source.file.replace(/^.*\//, ''), range, proof: raceProof(exploration), linked: sources.slice(1), ...(exploration.witness && { message: exploration.witness.problem.message }) };
  } catch (error) {
    if (error instanceof CompileError) return { kind: 'syntax-error', message: error.message, range: error.range ?? range };
    throw error;
  }
}
