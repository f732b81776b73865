import { createAnalyser, type Analyser } from '../analysis/index.js';
import { fixesFor, packagesFor, type DraftedFix } from '../fixes/index.js';
import { CompileError, syntaxErrorIn, type SourceText } from '../language/index.js';
import { isSameRange, pathKey, type ArgumentPlan, type Configuration, type EntryPath, type EntryPoint, type Exploration, type Finding, type JudgedFix, type Region, type Scenario, type SourceRange, type TaskPlan } from '../model/index.js';
import { SimulatorError, type Simulator } from '../simulator/index.js';
import { differenceBetween, isSerializable } from './compare.js';
import { compileClaim, prove, settle, type Claim, type ProveOptions, type ScenarioProof, type Settling } from './prove.js';

export interface FixOptions extends ProveOptions {
  readonly configuration?: Configuration;
  /** Fixes that are proved at most; further ones are not looked at. */
  readonly most?: number;
  /** What `prove` has said of the finding, if it was asked. */
  readonly proof?: ScenarioProof;
}

const budgetOfFix = { strategy: 'optimal', maxExecutions: 2_000, maxMilliseconds: 2_000, stopAtFirst: false } as const;

/**
 * The fixes for a confirmed finding, proved ones first, each in the order in which a person would want them. None for a finding that
 * is not confirmed, or whose code is not its own file's. Rejects only with the signal's reason.
 */
export async function proveFixes(finding: Finding, source: SourceText, simulator: Simulator, { most = 3, configuration, proof, ...options }: FixOptions = {}): Promise<JudgedFix[]> {
  const drafted = fixesFor(finding, source, options.read ? packagesFor(source.file, options.read) : undefined);
  if (drafted.length === 0) return [];
  const original = proof ?? (await prove(finding, source, simulator, options));
  if (original.verdict !== 'confirmed' || !original.scenario) return drafted.map((fix) => unproved(fix, `the finding itself is ${original.verdict}`));
  const prover = new FixProver(finding, source, original.scenario, simulator, options, configuration);
  const judged: Tried[] = [];
  for (const fix of drafted) {
    if (judged.filter(isProved).length >= most) break;
    judged.push(await prover.judge(fix));
  }
  return judged.sort((a, b) => rank(a) - rank(b)).map(({ fix }) => fix);
}

/** A fix after its trial. */
interface Tried {
  readonly fix: JudgedFix;
  /** How the tasks may end, effects and all, is how they end one after the other. */
  readonly isSerializable: boolean;
}

function isProved({ fix }: Tried): boolean {
  return fix.verdict === 'proved';
}

/** What leaves every effect as it is without races comes first: a re-check after the payment refuses somebody who has paid. */
function rank(tried: Tried): number {
  return isProved(tried) ? (tried.isSerializable ? 0 : 1) : 2;
}

function unproved({ title, edits }: DraftedFix, reason: string): JudgedFix {
  return { title, edits, verdict: 'unproved', reason };
}

/** What was explored of a fix that has stood the test. */
interface Passed {
  readonly executions: number;
  readonly isSerializable: boolean;
}

/** Judges fixes of one finding by what the changed code does in the scenario that broke the old one, and in all others. */
class FixProver {
  readonly #finding: Finding;
  readonly #source: SourceText;
  readonly #scenario: Scenario;
  readonly #simulator: Simulator;
  readonly #options: ProveOptions;
  readonly #configuration: Configuration | undefined;
  readonly #analyser: Analyser;
  #before: Exploration | undefined;

  constructor(finding: Finding, source: SourceText, scenario: Scenario, simulator: Simulator, options: ProveOptions, configuration?: Configuration) {
    this.#finding = finding;
    this.#source = source;
    this.#scenario = scenario;
    this.#simulator = simulator;
    this.#options = options;
    this.#configuration = configuration;
    this.#analyser = createAnalyser(options.read);
  }

  async judge(fix: DraftedFix): Promise<Tried> {
    const { title, edits, text } = fix;
    const failure = syntaxErrorIn({ file: this.#source.file, text });
    const result = failure ? `it would not parse: ${failure.message}` : (this.#whatIsNew(fix) ?? (await this.#explore(fix)));
    if (typeof result === 'string') return { fix: unproved(fix, result), isSerializable: false };
    const { executions, isSerializable: isSerial } = result;
    return { fix: { title, edits, verdict: 'proved', reason: `none of ${executions} interleavings goes wrong, and one after the other the tasks end as before` }, isSerializable: isSerial };
  }

  /** A finding that the old text did not have. */
  #whatIsNew({ text }: DraftedFix): string | undefined {
    const { file } = this.#source;
    const known = this.#findingsIn(this.#source.text).map(kindOf);
    for (const finding of this.#findingsIn(text)) {
      const at = known.indexOf(kindOf(finding));
      if (at < 0) return `the changed code has a finding of its own: ${finding.rule} of ${finding.location} at ${file}:${finding.range.start.line}`;
      known.splice(at, 1);
    }
    return undefined;
  }

  #findingsIn(text: string): readonly Finding[] {
    return this.#analyser.analyse({ file: this.#source.file, text }, { functions: false, ...(this.#configuration && { configuration: this.#configuration }) }).findings;
  }

  /** What goes wrong, in one sentence, or what was explored. */
  async #explore(fix: DraftedFix): Promise<string | Passed> {
    const source = { file: this.#source.file, text: fix.text };
    const claim = this.#claimAfter(fix, source);
    if (!claim) return 'the code that may overlap is not found again';
    const settling: Settling = { source, simulator: this.#simulator, exploration: budgetOfFix, ...(this.#options.signal && { signal: this.#options.signal }), ...(this.#options.read && { read: this.#options.read }) };
    const compared = await this.#compare(fix, claim, settling);
    if (typeof compared === 'string') return compared;
    const proof = await settle(claim, settling);
    if (proof.verdict === 'refuted') return { ...compared, executions: compared.executions + proof.executions };
    return proof.verdict === 'confirmed' ? `it does not help in every case: ${proof.reason}` : `the changed code is ${proof.verdict}: ${proof.reason}`;
  }

  /** The old claim, about the new text. */
  #claimAfter(fix: DraftedFix, source: SourceText): Claim | undefined {
    const { rule, region, overlaps, oracle } = this.#finding;
    const images = (ranges: readonly SourceRange[]): SourceRange[] => ranges.flatMap((range) => fix.moved(range));
    const functions = this.#analyser.analyse(source, this.#configuration ? { configuration: this.#configuration } : {}).functions.map(({ entry }) => entry);
    const found = overlaps.map((pair) => pair.map((entry) => entryAfter(entry, fix, functions)));
    if (found.length === 0 || found[0]!.includes(undefined)) return undefined;
    const after: Region = { ...region, reads: images(region.reads), suspensions: images(region.suspensions), acts: images(region.acts) };
    return {
      rule, regions: [after], overlaps: found.flatMap(([one, other]) => (one && other ? [[one, other] as const] : [])), isCured: true,
      ...((oracle === 'deadlock' || oracle === 'held-lock') && { oracle: 'stuck' as const }),
    };
  }

  /** In the scenario that breaks the old code: one after the other the tasks end as before, and however they overlap in a state to which that leads. */
  async #compare(fix: DraftedFix, claim: Claim, settling: Settling): Promise<string | Passed> {
    const { signal } = settling;
    try {
      const before = (this.#before ??= await this.#simulator.explore({ ...this.#scenario, countsOutside: true }, { ...budgetOfFix, stopAtFirst: true }, signal));
      const after = await this.#simulator.explore(this.#scenarioAfter(fix, claim, settling), budgetOfFix, signal);
      return differenceBetween(before, after, claim.oracle === 'stuck') ?? { executions: after.executions, isSerializable: isSerializable(after) };
    } catch (error) {
      if (signal?.aborted || !(error instanceof SimulatorError || error instanceof CompileError)) throw error;
      return error.message;
    }
  }

  #scenarioAfter(fix: DraftedFix, claim: Claim, settling: Settling): Scenario {
    const { source, read } = settling;
    const isLinked = this.#scenario.program.sites.some(({ range }) => range.file !== source.file);
    const { program } = compileClaim(claim, { source, ...(isLinked && read && { read }) }, new Set());
    const task = (plan: TaskPlan): TaskPlan => ({ ...plan, path: pathAfter(plan.path, fix) });
    const { tasks, prelude, setup } = this.#scenario;
    return { ...this.#scenario, program, regions: claim.regions, countsOutside: true, tasks: tasks.map(task), prelude: prelude.map(task), setup: setupAfter([...tasks, ...prelude], setup, fix) };
  }
}

/** The same finding, wherever it now stands. */
function kindOf({ rule, location, overlaps }: Finding): string {
  return JSON.stringify([rule, location, overlaps[0]?.[0].name]);
}

function entryAfter(entry: EntryPoint, fix: DraftedFix, functions: readonly EntryPoint[]): EntryPoint | undefined {
  const same = functions.filter(({ name }) => name === entry.name);
  const [range] = fix.moved(entry.range);
  return (same.length === 1 ? same[0] : undefined) ?? same.find((one) => range && isSameRange(one.range, range)) ?? (range && { ...entry, range, ...(entry.path && { path: pathAfter(entry.path, fix) }) });
}

function pathAfter({ root, steps }: EntryPath, fix: DraftedFix): EntryPath {
  return { root, steps: steps.map((step) => (step.kind === 'closure' ? { ...step, range: fix.moved(step.range)[0] ?? step.range } : step)) };
}

/** Arguments on the way to a task are kept by the way, and that may lead through a function that has moved. */
function setupAfter(tasks: readonly TaskPlan[], setup: Scenario['setup'], fix: DraftedFix): Scenario['setup'] {
  const after: Record<string, readonly ArgumentPlan[]> = {};
  for (const { path } of tasks) {
    path.steps.forEach((_, index) => {
      const plans = setup[pathKey(path, index + 1)];
      if (plans) after[pathKey(pathAfter(path, fix), index + 1)] = plans;
    });
  }
  return after;
}
