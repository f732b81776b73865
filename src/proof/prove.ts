import type { FunctionSubject } from '../analysis/index.js';
import { checkModule, compile, CompileError, type SourceText } from '../language/index.js';
import type { EntryPoint, ExplorationOptions, Finding, Proof, Region, Scenario } from '../model/index.js';
import { LimitReached, SimulatorError, type Simulator } from '../simulator/index.js';
import { bounded, conclude, unproven } from './conclude.js';
import { candidateScenarios } from './scenarios.js';
import { searchCandidates } from './search.js';

/** A proof with the scenario that its witness replays in. */
export interface ScenarioProof extends Proof {
  readonly scenario?: Scenario;
}

export interface ProveOptions {
  /** Executions for each candidate scenario. */
  readonly budget?: number;
  readonly signal?: AbortSignal;
}

const defaultBudget = 2_000;
const millisecondsPerScenario = 2_000;
const millisecondsPerFinding = 10_000;

/** What is to be shown as wrong, or not. */
interface Claim {
  readonly rule?: string;
  readonly regions: readonly Region[];
  readonly overlaps: readonly (readonly [EntryPoint, EntryPoint])[];
}

/** Proves or refutes a finding by running its code. Rejects only with the signal's reason. */
export function prove(finding: Finding, source: SourceText, simulator: Simulator, options: ProveOptions = {}): Promise<ScenarioProof> {
  const { budget = defaultBudget, signal } = options;
  if (finding.oracle === 'none') return Promise.resolve(unproven('it follows from the text; no run of this module alone would say more'));
  return settle(claimOf(finding), source, simulator, { strategy: 'optimal', maxExecutions: budget, maxMilliseconds: millisecondsPerScenario, stopAtFirst: false }, signal);
}

/** Explores a finding, or any function of which two calls may overlap, with a budget of the caller's. Rejects only with the signal's reason. */
export function simulate(subject: Finding | FunctionSubject, source: SourceText, simulator: Simulator, options: Partial<ExplorationOptions> & { readonly signal?: AbortSignal } = {}): Promise<ScenarioProof> {
  const { signal, ...given } = options;
  return settle(claimOf(subject), source, simulator, { strategy: 'optimal', maxExecutions: 1_000_000, maxMilliseconds: 20_000, stopAtFirst: false, ...given }, signal);
}

function claimOf(subject: Finding | FunctionSubject): Claim {
  if ('rule' in subject) return { rule: subject.rule, regions: [subject.region], overlaps: subject.overlaps };
  const { entry, partners, regions } = subject;
  // What is not for outside callers is run through those that are.
  const starts = entry.isPublic || !partners.some(({ isPublic }) => isPublic) ? [entry] : partners.filter(({ isPublic }) => isPublic);
  const others = partners.filter(({ name }) => name !== entry.name);
  return { regions, overlaps: starts.flatMap((start) => [start, ...others.filter(({ isPublic, name }) => isPublic && name !== start.name)].map((other) => [start, other] as const)) };
}

async function settle(claim: Claim, source: SourceText, simulator: Simulator, exploration: ExplorationOptions, signal?: AbortSignal): Promise<ScenarioProof> {
  if (!claim.overlaps.some((pair) => pair.every(({ path }) => path))) return unproven(`no way to start ${claim.overlaps[0]?.[0].name ?? 'it'} from outside the module was found`);
  try {
    const module = checkModule(source);
    const program = compile(module, closuresOf(claim.overlaps));
    const scenarios = candidateScenarios({ module, program, regions: claim.regions, effects: claim.rule === 'double-initialization' ? 'all' : 'changing', overlaps: claim.overlaps });
    const result = await searchCandidates(scenarios, simulator, { exploration, scenarios: 64, assumptionSets: 12, milliseconds: Math.max(millisecondsPerFinding, exploration.maxMilliseconds), ...(signal && { signal }) });
    return conclude(result, claim.rule);
  } catch (error) {
    if (signal?.aborted) throw error;
    if (error instanceof LimitReached) return bounded(error.message, error.limit);
    if (error instanceof CompileError || error instanceof SimulatorError) return unproven(error.message);
    throw error;
  }
}

function closuresOf(overlaps: Claim['overlaps']): Set<string> {
  return new Set(overlaps.flat().flatMap(({ path }) => path?.steps ?? []).flatMap((step) => (step.kind === 'closure' ? [`${step.range.start.line}:${step.range.start.column}`] : [])));
}
