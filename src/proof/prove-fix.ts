import { createAnalyser, type Analyser } from '../analysis/index.js';
import { fixesFor, packagesFor, type DraftedFix } from '../fixes/index.js';
import { CompileError, syntaxErrorIn, typeProblemsIn, type SourceText } from '../language/index.js';
import type { Configuration, EntryPoint, Exploration, Finding, JudgedFix, Scenario } from '../model/index.js';
import { SimulatorError, type Simulator } from '../simulator/index.js';
import { claimAfter, scenarioAfter } from './changed.js';
import { differenceBetween, isSerializable } from './compare.js';
import { prove, settle, type Claim, type ProveOptions, type ScenarioProof, type Settling } from './prove.js';
import { trialOf, unlessAborted, type Trial } from './trial.js';

export interface FixOptions extends ProveOptions {
  readonly configuration?: Configuration;
  /** Once so many are proved that leave every effect as it is without races, further ones are not looked at. */
  readonly most?: number;
  /** What `prove` has said of the finding, if it was asked. */
  readonly proof?: ScenarioProof;
}

const budgetOfFix = { strategy: 'optimal', maxExecutions: 2_000, maxMilliseconds: 2_000, stopAtFirst: false } as const;
/** Scenarios in which a fix may show what it leaves wrong: counted, so that the same fix is judged alike on every machine. */
const scenariosOfFix = 100;
/** The part of a proof's time that they may take. What is not through by then is not proved. */
const shareOfFix = 0.3;

/**
 * Changes of the finding's own file that cure it, proved ones first, each kind in the order in which a person would want them. Those that are
 * not proved are told for a finding that was not confirmed, if the analyser has nothing to say of the changed code. Rejects only with the signal's reason.
 */
export async function proveFixes(finding: Finding, source: SourceText, simulator: Simulator, { most = 3, configuration, proof, ...options }: FixOptions = {}): Promise<JudgedFix[]> {
  const drafted = fixesFor(finding, source, options.read ? packagesFor(source.file, options.read) : undefined);
  if (drafted.length === 0) return [];
  const original = proof ?? (await prove(finding, source, simulator, options));
  const prover = new FixProver(finding, source, original.scenario, simulator, options, configuration);
  if (original.verdict === 'refuted') return [];
  if (original.verdict !== 'confirmed') {
    const silencing = drafted.filter((fix) => prover.silences(fix));
    const trial = silencing.length === 0 ? undefined : await trialOf(finding, { source, simulator, options, exploration: budgetOfFix, entriesOf: (text) => prover.entriesOf(text) });
    const judged: JudgedFix[] = [];
    for (const fix of silencing) if (judged.filter(({ verdict }) => verdict === 'proved').length < most) judged.push(await tryOut(fix, trial, `the finding itself is ${original.verdict}`, options));
    return judged.sort((a, b) => Number(a.verdict === 'unproved') - Number(b.verdict === 'unproved')).slice(0, most);
  }
  const tried: Tried[] = [];
  for (const fix of drafted) {
    if (tried.filter((other) => rank(other) === 0).length >= most) break;
    if (!tried.some((other) => isProved(other) && other.fix.title === fix.title)) tried.push(await prover.judge(fix));
  }
  const judged = tried.sort((a, b) => rank(a) - rank(b)).map(({ fix }) => fix);
  return judged.filter(({ title }, at) => judged.findIndex((other) => other.title === title) === at);
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

/** A fix of what was told from the text: proved if it was run, and what went wrong before does not any more. */
async function tryOut(fix: DraftedFix, trial: Trial | undefined, otherwise: string, options: ProveOptions): Promise<JudgedFix> {
  if (!trial || fix.caution !== undefined) return unproved(fix, fix.caution ?? otherwise);
  try {
    const { isProved, reason } = await trial(fix);
    return isProved ? { title: fix.title, edits: fix.edits, verdict: 'proved', reason } : unproved(fix, reason);
  } catch (error) {
    return unlessAborted(error, options, unproved(fix, otherwise));
  }
}

function unproved({ title, edits }: DraftedFix, reason: string): JudgedFix {
  return { title, edits, verdict: 'unproved', reason };
}

/** What was explored of a fix that has stood the test. */
interface Passed {
  readonly executions: number;
  readonly isSerializable: boolean;
  /** There are further scenarios than those that were tried. */
  readonly areMore?: boolean;
}

type Analysis = ReturnType<Analyser['analyse']>;

/** Judges fixes of one finding by what the changed code does in the scenario that broke the old one, and in all others. */
class FixProver {
  readonly #finding: Finding;
  readonly #source: SourceText;
  readonly #scenario: Scenario | undefined;
  readonly #simulator: Simulator;
  readonly #options: ProveOptions;
  readonly #configuration: Configuration | undefined;
  readonly #analyser: Analyser;
  #before: Exploration | undefined;
  #typeProblems: readonly string[] | undefined;
  #kindsBefore: readonly string[] | undefined;
  #last: { readonly text: string; readonly analysis: Analysis } | undefined;

  constructor(finding: Finding, source: SourceText, scenario: Scenario | undefined, simulator: Simulator, options: ProveOptions, configuration?: Configuration) {
    this.#finding = finding;
    this.#source = source;
    this.#scenario = scenario;
    this.#simulator = simulator;
    this.#options = options;
    this.#configuration = configuration;
    this.#analyser = createAnalyser(options.read);
  }

  /** True if a compiler objects to nothing new, and the analyser has nothing to say any more. */
  silences({ text }: DraftedFix): boolean {
    if (this.#misfitIn(text) !== undefined) return false;
    const known = this.#known();
    const kinds = this.#findingsIn(text).map(kindOf);
    return !kinds.includes(kindOf(this.#finding)) && added(known, kinds).length === 0;
  }

  /** What the old text is accused of. */
  #known(): readonly string[] {
    return (this.#kindsBefore ??= this.#findingsIn(this.#source.text).map(kindOf));
  }

  async judge(fix: DraftedFix): Promise<Tried> {
    const { title, edits, text, caution } = fix;
    const result = caution ?? this.#misfitIn(text) ?? this.#whatIsNew(fix) ?? (await this.#explore(fix));
    if (typeof result === 'string') return { fix: unproved(fix, result), isSerializable: false };
    const { executions, isSerializable: isSerial, areMore } = result;
    const reason = `none of ${executions} interleavings goes wrong, and one after the other the tasks end as before${areMore === true ? '; not every further scenario could be tried' : ''}`;
    return { fix: { title, edits, verdict: 'proved', reason }, isSerializable: isSerial };
  }

  /** What a compiler would object to that it did not object to before. */
  #misfitIn(text: string): string | undefined {
    const { file } = this.#source;
    const failure = syntaxErrorIn({ file, text });
    if (failure) return `it would not parse: ${failure.message}`;
    this.#typeProblems ??= typeProblemsIn(this.#source, this.#options.read);
    const known = new Set(this.#typeProblems);
    // A name that is unknown here was before: it comes from elsewhere.
    const problem = added(this.#typeProblems, typeProblemsIn({ file, text }, this.#options.read)).find((one) => !(/^Cannot find name|has no exported member/.test(one) && known.has(one)));
    return problem === undefined ? undefined : `it would not type-check: ${problem}`;
  }

  /** A finding that the old text did not have. */
  #whatIsNew({ text }: DraftedFix): string | undefined {
    const { file } = this.#source;
    const known = this.#known();
    const after = this.#findingsIn(text);
    const [kind] = added(known, after.map(kindOf));
    const finding = after.find((one) => kindOf(one) === kind);
    return finding && `the changed code has a finding of its own: ${finding.rule} of ${finding.location} at ${file}:${finding.range.start.line}`;
  }

  #findingsIn(text: string): readonly Finding[] {
    return this.#analysisOf(text).findings;
  }

  /** The last one is kept: a fix is asked for its findings, and then for the entry points of its text. */
  #analysisOf(text: string): Analysis {
    if (this.#last?.text !== text) this.#last = { text, analysis: this.#analyser.analyse({ file: this.#source.file, text }, this.#configuration ? { configuration: this.#configuration } : {}) };
    return this.#last.analysis;
  }

  /** What goes wrong, in one sentence, or what was explored. */
  async #explore(fix: DraftedFix): Promise<string | Passed> {
    const source = { file: this.#source.file, text: fix.text };
    const claim = this.#claimAfter(fix, source);
    if (!claim) return 'the code that may overlap is not found again';
    const settling: Settling = { source, simulator: this.#simulator, exploration: budgetOfFix, patience: shareOfFix, mostScenarios: scenariosOfFix, ...(this.#options.signal && { signal: this.#options.signal }), ...(this.#options.read && { read: this.#options.read }) };
    const compared = await this.#compare(fix, claim, settling);
    if (typeof compared === 'string') return compared;
    const proof = await settle(claim, settling);
    if (proof.verdict === 'refuted' || proof.isEachWhole) return { ...compared, executions: compared.executions + proof.executions, areMore: proof.verdict !== 'refuted' };
    return proof.verdict === 'confirmed' ? `it does not help in every case: ${proof.reason}` : `the changed code is ${proof.verdict}: ${proof.reason}`;
  }

  /** The old claim, about the new text. */
  #claimAfter(fix: DraftedFix, source: SourceText): Claim | undefined {
    const { oracle } = this.#finding;
    const claim = claimAfter(this.#finding, oracle === 'deadlock' || oracle === 'held-lock' ? 'stuck' : undefined, fix, this.entriesOf(source));
    return claim && { ...claim, knownGaps: this.#scenario?.program.gaps ?? [] };
  }

  entriesOf(source: SourceText): readonly EntryPoint[] {
    return this.#analysisOf(source.text).functions.map(({ entry }) => entry);
  }

  /** In the scenario that breaks the old code: one after the other the tasks end as before, and however they overlap in a state to which that leads. */
  async #compare(fix: DraftedFix, claim: Claim, settling: Settling): Promise<string | Passed> {
    const { signal } = settling;
    try {
      const scenario = this.#scenario;
      if (!scenario) return 'there is no scenario to try it in';
      const before = (this.#before ??= await this.#simulator.explore({ ...scenario, countsOutside: true }, { ...budgetOfFix, stopAtFirst: true }, signal));
      const after = await this.#simulator.explore(scenarioAfter(scenario, fix, claim, settling), budgetOfFix, signal);
      return differenceBetween(before, after, { isStuck: claim.oracle === 'stuck', isAnswered: claim.regions.some(({ dependence }) => dependence === 'response') }) ?? { executions: after.executions, isSerializable: isSerializable(after) };
    } catch (error) {
      if (signal?.aborted || !(error instanceof SimulatorError || error instanceof CompileError)) throw error;
      return error.message;
    }
  }
}

/** What the second list has more of. */
function added(before: readonly string[], after: readonly string[]): string[] {
  const known = [...before];
  return after.filter((one) => {
    const at = known.indexOf(one);
    if (at >= 0) known.splice(at, 1);
    return at < 0;
  });
}

/** The same finding, wherever it now stands. */
function kindOf({ rule, location, overlaps }: Finding): string {
  return JSON.stringify([rule, location, overlaps[0]?.[0].name]);
}
