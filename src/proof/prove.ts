import type { FunctionSubject } from '../analysis/index.js';
import { compileSubject, CompileError, type CompiledSubject, type ReadModule, type SourceText } from '../language/index.js';
import { isSameRange, isWait, type EntryPoint, type ExplorationOptions, type Finding, type Proof, type Region, type Scenario, type ScenarioOracle, type Site, type SourceRange } from '../model/index.js';
import { hasModel, LimitReached, SimulatorError, type Simulator } from '../simulator/index.js';
import { bounded, conclude, unproven } from './conclude.js';
import { guideTo } from './guide.js';
import { askedNearby, homeward, leftBy, lookedThrough } from './homeward.js';
import { nearestFirst } from './nearest.js';
import { matters } from './packages.js';
import { candidateScenarios, startedBy } from './scenarios.js';
import type { Explored } from './explored.js';
import { IncompleteProgram, searchCandidates, type SearchBudget, type SearchResult } from './search.js';

/** A proof with the scenario that its witness replays in. */
export interface ScenarioProof extends Proof {
  readonly scenario?: Scenario;
  /** Of a `bounded` verdict: every scenario that was tried was explored to its end, and none goes wrong; only there are more of them than were tried, by their number and not by the clock. */
  readonly isEachWhole?: true;
}

export interface ProveOptions {
  /** Executions for each candidate scenario. */
  readonly budget?: number;
  /** How many times as long everything may take by the clock (default 1): a machine that does ten things at once needs more. */
  readonly patience?: number;
  readonly signal?: AbortSignal;
  /** Gives the files that imports lead to, by their paths as in `SourceText.file`; without it imports stay opaque. A reader is asked for a file once. */
  readonly read?: ReadModule;
  /** Calls of the outside may fail, each once in an execution; default: they succeed. */
  readonly faults?: boolean;
}

const defaultBudget = 2_000;
/** A busy machine takes longer: what a proof costs is counted in scenarios and executions, and time is what nothing goes beyond. */
const millisecondsPerScenario = 8_000;
const millisecondsPerFinding = 30_000;

/** What is to be shown as wrong, or not. */
export interface Claim {
  readonly rule?: string;
  readonly oracle?: ScenarioOracle;
  /** True of code that was changed so that the claim should not hold any more: then calls that are made in one turn need not be tried. */
  readonly isCured?: boolean;
  /** What could not be watched when the claim was shown to hold (`Program.gaps`), and need not be where it is shown not to hold any more. */
  readonly knownGaps?: readonly string[];
  readonly regions: readonly Region[];
  readonly overlaps: readonly (readonly [EntryPoint, EntryPoint])[];
}

/** Proves or refutes a finding by running its code. Rejects only with the signal's reason. */
export function prove(finding: Finding, source: SourceText, simulator: Simulator, { budget = defaultBudget, patience = 1, ...given }: ProveOptions = {}): Promise<ScenarioProof> {
  if (finding.oracle === 'none') return Promise.resolve(unproven('it follows from the text; no run of this module alone would say more'));
  if (finding.oracle === 'data-race') return Promise.resolve(unproven('a data race takes several agents, and this module alone does not say how they are started; a scenario file can start them with agent(…)'));
  return settle(claimOf(finding), { source, simulator, patience, ...given, exploration: { strategy: 'optimal', maxExecutions: budget, maxMilliseconds: patience * millisecondsPerScenario, stopAtFirst: false } });
}

/** Explores a finding, or any function of which two calls may overlap, with a budget of the caller's. Rejects only with the signal's reason. */
export function simulate(subject: Finding | FunctionSubject, source: SourceText, simulator: Simulator, { signal, read, faults = false, ...given }: Partial<ExplorationOptions> & Omit<ProveOptions, 'budget'> = {}): Promise<ScenarioProof> {
  return settle(claimOf(subject), { source, simulator, ...(signal && { signal }), ...(read && { read }), faults, exploration: { strategy: 'optimal', maxExecutions: 1_000_000, maxMilliseconds: 20_000, stopAtFirst: false, ...given }, countsAll: true });
}

export function claimOf(subject: Finding | FunctionSubject): Claim {
  if ('rule' in subject) return { rule: subject.rule, regions: [subject.region], overlaps: subject.overlaps, ...((subject.oracle === 'deadlock' || subject.oracle === 'held-lock') && { oracle: 'stuck' as const }) };
  const { entry, partners, regions } = subject;
  // What is not for outside callers is run through those that are.
  const starts = entry.isPublic || !partners.some(({ isPublic }) => isPublic) ? [entry] : partners.filter(({ isPublic }) => isPublic);
  const others = partners.filter(({ name }) => name !== entry.name);
  return { regions, overlaps: starts.flatMap((start) => [start, ...others.filter(({ isPublic, name }) => isPublic && name !== start.name)].map((other) => [start, other] as const)) };
}

export interface Settling extends Pick<ProveOptions, 'signal' | 'read' | 'faults' | 'patience'>, Pick<SearchBudget, 'mostScenarios'> {
  readonly source: SourceText;
  readonly simulator: Simulator;
  readonly exploration: ExplorationOptions;
  /** Where a first look has a witness the rest of the budget is spent on counting what else goes wrong (default: not). */
  readonly countsAll?: boolean;
}

/** Files that fail while they are loaded are left out, one after the other; this many times. */
const mostRetries = 3;
/** Functions that are put back into a program, each with what it leads to, before nothing is left out any more. */
const mostMissed = 5;
/** Milliseconds beyond its time after which an exploration of linked files is given up. */
const grace = 500;
/** Milliseconds that the subject's own file is given at least, whatever linked files have taken. */
const leastAlone = 4_000;
/** Share of the time in which files that are linked in may lead to what was flagged. */
const linkedShare = 0.5;

/**
 * Explores a claim with other files linked in. Where these keep a run from coming to what was flagged (one throws while it is loaded, or a value from
 * outside is not what it takes it for), or where there is too much to explore, they are left out: the subject's own file decides.
 */
export async function settle(given: Claim, settling: Settling): Promise<ScenarioProof> {
  if (!given.overlaps.some((pair) => pair.every(({ path }) => path))) return unproven(`no way to start ${given.overlaps[0]?.[0].name ?? 'it'} from outside the module was found; export what leads to it, or call it in a scenario file`);
  const claim = { ...given, overlaps: nearestFirst(given.overlaps, given.regions, settling.source, settling.read) };
  const known: Known = new Map();
  const missed: SourceRange[] = [];
  while (missed.length < mostMissed) {
    try {
      return await settleWith(claim, { ...settling, cut: { missed }, known });
    } catch (error) {
      if (!(error instanceof IncompleteProgram)) throw error;
      const { range } = error;
      if (!range || missed.some((one) => isSameRange(one, range))) break;
      missed.push(range);
    }
  }
  return settleWith(claim, { ...settling, known });
}

/** What was explored, by the files that took part. */
type Known = Map<string, SearchBudget['known']>;

interface ClaimSettling extends Settling {
  readonly known: Known;
  /** Functions that nothing seems to lead to are left out of programs, but for those that runs came to all the same. */
  readonly cut?: { readonly missed: readonly SourceRange[] };
}

async function settleWith(claim: Claim, settling: ClaimSettling): Promise<ScenarioProof> {
  const { signal, read } = settling;
  const end = performance.now() + Math.max((settling.patience ?? 1) * millisecondsPerFinding, settling.exploration.maxMilliseconds);
  try {
    const without = new Set<string>();
    const share = performance.now() + linkedShare * (end - performance.now());
    let cut: ScenarioProof | undefined;
    for (let retries = 0; read && !cut && retries <= mostRetries && performance.now() < share; retries++) {
      const subject = compileClaim(claim, settling, without);
      if (subject.linked.length === 0) return conclude(await explore(claim, subject, settling, end), claim, subject.leftOut);
      const result = await exploreLinked(claim, subject, settling, share);
      if (result && isReached(result)) {
        const proof = conclude(result, claim, subject.leftOut);
        if (proof.verdict !== 'bounded' || proof.limit === undefined) return proof;
        cut = proof;
      } else {
        const failing = result && failingFile(result);
        if (failing === undefined || failing === settling.source.file) break;
        without.add(failing);
      }
    }
    const subject = compileClaim(claim, { ...settling, isAlone: true }, without);
    const proof = conclude(await explore(claim, subject, settling, Math.max(end, performance.now() + leastAlone)), claim, subject.leftOut);
    return cut && proof.verdict !== 'confirmed' ? cut : proof;
  } catch (error) {
    if (signal?.aborted) throw error;
    if (error instanceof LimitReached) return bounded(error.message, error.limit);
    if (error instanceof CompileError || error instanceof SimulatorError) return unproven(error.message);
    throw error;
  }
}

export function compileClaim({ overlaps, regions }: Claim, { source, read, isAlone = false, cut }: Pick<ClaimSettling, 'source' | 'read' | 'cut'> & { readonly isAlone?: boolean }, without: ReadonlySet<string>): CompiledSubject {
  const flagged = regions.flatMap(({ reads, acts }) => [...reads, ...acts]);
  const placesOf = (entries: readonly EntryPoint[]): SourceRange[] => [...entries.map(({ range }) => range), ...flagged];
  const started = startedBy(overlaps, source.file);
  const starts = { places: placesOf(started), paths: started.map(({ path }) => path), ...(cut && { missed: cut.missed }) };
  return compileSubject(source, { closures: closuresOf(overlaps, source.file), places: placesOf(overlaps.flat()), hasModel, matters, without, isAlone, ...(read && { read }), ...(cut && { starts }) });
}

/** Where what an answer comes from is not asked in any run that puts something away, the calls that are waited for right there are taken for what asks. That what was flagged never ran refutes nothing. */
async function explore(claim: Claim, subject: CompiledSubject, settling: ClaimSettling, end: number): Promise<SearchResult> {
  const regions = claim.regions.map((region) => (claim.rule === 'lock-not-released' ? leftBy(region, subject) : lookedThrough(homeward(region, subject), subject)));
  const result = await exploreRegions(claim, regions, subject, settling, end);
  const { program: { sites } } = subject;
  if (isReached(result) || !result.explored.some(({ exploration: { reached } }) => reached.some((site) => regions.some(({ acts }) => acts.some((act) => isSameRange(act, sites[site]!.range)))))) return result;
  const nearer = regions.map((region) => askedNearby(region, subject));
  return nearer.every((region, index) => region === regions[index]) ? result : { ...(await exploreRegions(claim, nearer, subject, settling, end)), isComplete: false };
}

function exploreRegions(claim: Claim, regions: readonly Region[], subject: CompiledSubject, { simulator, exploration, signal, mostScenarios, faults = false, countsAll = false, known: all }: ClaimSettling, end: number): Promise<SearchResult> {
  const guide = guideTo(regions, claim.overlaps, subject);
  const exits = exitsOf(claim, regions, subject);
  const oracle = exits.length > 0 ? 'held' : claim.oracle;
  const scenarios = candidateScenarios({ subject, landmarks: guide.landmarks, state: guide.state, regions, effects: claim.rule === 'double-initialization' ? 'all' : 'changing', overlaps: claim.overlaps, ...(oracle && { oracle }), faults: faults || exits.some(isWait), isOfFile: claim.rule === 'file-lost-update' });
  const isSuspending = claim.rule !== undefined && claim.isCured !== true && claim.oracle === undefined && claim.regions.some(({ suspensions }) => suspensions.length > 0);
  const files = JSON.stringify([subject.linked, regions.map(({ reads }) => reads)]);
  const known = all.get(files) ?? new Map<string, Explored>();
  all.set(files, known);
  return searchCandidates(scenarios, guide, simulator, { exploration, program: subject.program, known, isSuspending, countsAll, milliseconds: Math.max(1_000, end - performance.now()), ...(signal && { signal }), ...(mostScenarios !== undefined && { mostScenarios }) });
}

/** Where a lock is said to be left held: that of a wait which fails nothing but a failure can show. */
function exitsOf({ rule, isCured }: Claim, regions: readonly Region[], { program: { sites } }: CompiledSubject): Site[] {
  if (rule !== 'lock-not-released' || isCured === true) return [];
  return sites.filter((site) => regions.some(({ acts }) => acts.some((act) => isSameRange(act, site.range))));
}

/** Undefined if the simulator failed or did not come to an end: another file may be to blame. */
async function exploreLinked(claim: Claim, subject: CompiledSubject, settling: ClaimSettling, end: number): Promise<SearchResult | undefined> {
  const overdue = AbortSignal.timeout(Math.max(0, Math.ceil(end - performance.now())) + grace);
  const signal = settling.signal ? AbortSignal.any([settling.signal, overdue]) : overdue;
  try {
    return await explore(claim, subject, { ...settling, signal }, end);
  } catch (error) {
    if (error instanceof SimulatorError || (overdue.aborted && settling.signal?.aborted !== true)) return undefined;
    throw error;
  }
}

function isReached({ explored }: SearchResult): boolean {
  return explored.some((one) => one.isReached);
}

/** The file that no run gets beyond. */
function failingFile({ explored }: SearchResult): string | undefined {
  const places = explored.map(({ exploration: { failure } }) => failure?.range?.file);
  return places[0] !== undefined && places.every((file) => file === places[0]) ? places[0] : undefined;
}

/** Function expressions of the subject's own file that tasks run. */
function closuresOf(overlaps: Claim['overlaps'], file: string): Set<string> {
  return new Set(overlaps.flat().flatMap(({ path }) => path?.steps ?? []).flatMap((step) => (step.kind === 'closure' && step.range.file === file ? [`${step.range.start.line}:${step.range.start.column}`] : [])));
}
