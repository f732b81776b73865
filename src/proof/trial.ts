import type { DraftedFix } from '../fixes/index.js';
import type { SourceText } from '../language/index.js';
import type { EntryPoint, ExplorationOptions, Finding } from '../model/index.js';
import { SimulatorError, type Simulator } from '../simulator/index.js';
import { CompileError } from '../language/index.js';
import { rehearseAgents } from './agents-trial.js';
import { tryOrder } from './order-trial.js';
import type { ProveOptions } from './prove.js';

/** What a trial of a fix runs in. */
export interface TrialGround {
  readonly source: SourceText;
  readonly simulator: Simulator;
  readonly options: ProveOptions;
  readonly exploration: ExplorationOptions;
  /** The entry points of a changed text. */
  entriesOf(source: SourceText): readonly EntryPoint[];
}

/** One way to run what is told from the text: what it shows of a fix in one sentence, and whether that proves it. */
export interface TrialResult {
  readonly isProved: boolean;
  readonly reason: string;
}

/** Judges a fix; undefined where the old code does not go wrong when it is run, so that nothing can be shown. */
export type Trial = (fix: DraftedFix) => Promise<TrialResult>;

/** How a finding that follows from the text is run all the same: an order of two places, or agents that share memory. */
export async function trialOf(finding: Finding, ground: TrialGround): Promise<Trial | undefined> {
  try {
    switch (finding.rule) {
      case 'missing-await':
      case 'use-before-ready':
      case 'use-after-transfer':
        return await tryOrder(finding, ground);
      case 'data-race':
      case 'lost-wakeup':
      case 'non-atomic-update':
        return await rehearseAgents(finding, ground);
      default:
        return undefined;
    }
  } catch (error) {
    return unlessAborted(error, ground.options, undefined);
  }
}

/** What is said where the simulator fails or the code does not compile. @throws anything else, and the signal's reason. */
export function unlessAborted<T>(error: unknown, { signal }: ProveOptions, otherwise: T): T {
  if (signal?.aborted || !(error instanceof SimulatorError || error instanceof CompileError)) throw error;
  return otherwise;
}
