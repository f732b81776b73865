import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { chooseAssertion, failureName, loadingName, type Observations, type Seen } from './choose.js';
import { planTest, type Confirmed } from './make-plan.js';
import type { FrameworkName } from './frameworks.js';
import { formatAsProject } from './node-format.js';
import { neighbourOf } from './node-neighbour.js';
import { Overlay } from './node-overlay.js';
import { nextPlace, surveyProject, type TestPlace } from './node-project.js';
import { NotTaken, runTests, type TestRun } from './node-run.js';
import { NoTest, type Replaced, type TestPlan } from './plan.js';
import { renderObservation, renderTest } from './render.js';
import { mended } from './repair.js';
import type { Order, Rendering } from './sheet.js';
import { canStartAtOnce } from './write-act.js';

export interface RegressionTest {
  readonly text: string;
  /** Where it belongs, relative to the working directory, with `/`. */
  readonly file: string;
  readonly framework: FrameworkName;
  /** What the test says of today's code: it was run, and failed so. */
  readonly failure: string;
  /** A test of the same name that is there already; `isSame`: it says the same. */
  readonly neighbour?: { readonly file: string; readonly isSame: boolean };
  /** It was run on the cured text that was given, and passed. */
  readonly passesOnCure?: true;
}

export interface RegressionOptions {
  readonly cwd: string;
  /** What the project uses, if absent. */
  readonly framework?: FrameworkName;
  /** The file as it would be with a fix. */
  readonly cured?: string;
  /** Files that are open and not saved, by their names as in `source`. */
  readonly texts?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/**
 * Writes a test that forces the witness's order, in the project's own framework and style, and runs it in Node, in a copy of the project made of
 * links: it is given only if it fails on today's code by its assertion, and passes on the cured one. @throws NoTest with the reason why there is none; the signal's reason.
 */
export async function writeRegressionTest(confirmed: Confirmed, { cwd, framework, cured, texts = {}, signal }: RegressionOptions): Promise<RegressionTest> {
  const plans = plansFor(confirmed);
  const path = resolve(cwd, confirmed.source.file);
  const nearest = surveyProject(path, { isCommonJs: plans[0]!.plan.isCommonJs, ...(framework && { framework }) });
  const overlay = new Overlay(nearest.root);
  try {
    for (const [file, text] of Object.entries(texts)) overlay.write(resolve(cwd, file), text);
    overlay.write(path, confirmed.source.text);
    const trialIn = (place: TestPlace) => (plan: TestPlan): Trial => ({ confirmed, rendering: { plan: rebased(plan, cwd, place), framework: place.framework, style: place.style }, overlay, place, path, target: join(place.folder, place.name), ...(cured !== undefined && { cured }), ...(signal && { signal }) });
    const { place, text, today, after } = await whereItIsTaken(nearest, (place) => asItsWorldIs(place, (there) => firstThatStands(plans.map(({ plan, replaced }) => ({ isTold: replaced !== 'alone', run: () => mendedUntilItStands(confirmed, plan, replaced, trialIn(there)) })))));
    const neighbour = neighbourOf(text, plans[0]!.plan.title, place);
    const named = (file: string): string => relative(cwd, file).replaceAll('\\', '/');
    return { text, file: named(join(place.folder, place.name)), framework: place.framework, failure: today.message, ...(neighbour && { neighbour: { ...neighbour, file: named(neighbour.file) } }), ...(after && { passesOnCure: true }) };
  } finally {
    overlay.dispose();
  }
}

/** In the first folder, of those that it may go to, that the framework looks for tests in. */
async function whereItIsTaken(place: TestPlace, write: (place: TestPlace) => Promise<Attempt>): Promise<Attempt & { readonly place: TestPlace }> {
  try {
    return { place, ...(await write(place)) };
  } catch (error) {
    const next = error instanceof NotTaken ? nextPlace(place) : undefined;
    if (!next) throw error;
    return whereItIsTaken(next, write);
  }
}

/** Once more, with what a browser's world lacks, if that is why nothing could be seen. */
async function asItsWorldIs(place: TestPlace, write: (place: TestPlace) => Promise<Attempt>): Promise<Attempt> {
  try {
    return await write(place);
  } catch (error) {
    if (!(error instanceof NoTest) || place.style.importsImmediate || !/setImmediate is not (?:defined|a function)/.test(error.message)) throw error;
    return write({ ...place, style: { ...place.style, importsImmediate: true } });
  }
}

/**
 * All imports replaced that the witness uses, as in the simulator; then, if that is another test, what is loaded beside them as well, since it may need more of stand-ins than they have, or take long;
 * then only those that hold the order: what else a module needs of the others has to be real.
 */
function plansFor(confirmed: Confirmed): { readonly plan: TestPlan; readonly replaced: Replaced }[] {
  const whole = { plan: planTest(confirmed), replaced: 'all' } as const;
  const alone = { plan: planTest(confirmed, 'alone'), replaced: 'alone' } as const;
  const others = alone.plan.modules.length > whole.plan.modules.length ? [alone] : [];
  return whole.plan.modules.length === 0 ? [whole, ...others] : [whole, ...others, { plan: planTest(confirmed, 'timely'), replaced: 'timely' }];
}

/** Things that stand-ins lacked, and have been given, before it is given up. */
const mostMended = 6;

/**
 * Where Node comes to code that the simulator has not run, since a stand-in is another value than what it stands in for, it may ask stand-ins for what the witness has not used of them. What a run
 * has failed for want of they are given, as if the witness had used it.
 */
async function mendedUntilItStands(confirmed: Confirmed, first: TestPlan, replaced: Replaced, trialOf: (plan: TestPlan) => Trial): Promise<Attempt> {
  let { uses } = confirmed;
  let plan = first;
  for (let count = 0; ; count++) {
    const trial = trialOf(plan);
    const failed: Seen[] = [];
    try {
      return await tryOut({ ...trial, onFailure: (seen) => void failed.push(seen) });
    } catch (error) {
      if (!(error instanceof NoTest) || error instanceof NotTaken || count === mostMended) throw error;
      const more = failed.map((seen) => mended(uses, seen)).find((known) => known !== undefined);
      if (more === undefined) throw error;
      uses = more;
      plan = planTest({ ...confirmed, uses }, replaced);
    }
  }
}

/** @throws NoTest of the last one whose reason is told, if there is none that stands. */
async function firstThatStands(attempts: readonly { readonly isTold: boolean; run(): Promise<Attempt> }[]): Promise<Attempt> {
  let refusal: unknown;
  for (const { isTold, run } of attempts) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof NoTest) || error instanceof NotTaken) throw error;
      if (isTold) refusal = error;
    }
  }
  throw refusal;
}

/** The test that a plan gives, if it fails on the code as it is and passes on what is cured. */
async function tryOut(trial: Trial): Promise<Attempt> {
  checkMocks(trial.rendering.plan, trial.place);
  const observed = await observe(trial);
  const first = await attempt(trial, observed);
  const last = first.after === undefined || first.after.status === 'passed' ? first : await attempt(trial, { ...observed, cured: await observeCured(trial, observed.order) });
  if (last.after && last.after.status !== 'passed') throw new NoTest(`the test that was written fails on the code with the fix, too: ${last.after.message}`);
  return last;
}

/** What is tried where. */
interface Trial {
  readonly confirmed: Confirmed;
  readonly rendering: Rendering;
  readonly overlay: Overlay;
  readonly place: TestPlace;
  /** The subject, and the test to be. */
  readonly path: string;
  readonly target: string;
  readonly cured?: string;
  readonly signal?: AbortSignal;
  /** Told what was seen where a call, or what comes before the calls, has failed. */
  readonly onFailure?: (seen: Seen) => void;
}

interface Attempt {
  readonly text: string;
  readonly today: TestRun;
  /** On the cured code. */
  readonly after?: TestRun;
}

/** Writes the test that observations ask for, and runs it both ways. */
async function attempt({ confirmed, rendering, overlay, place, path, target, cured, signal }: Trial, { order, importsLate, ...observations }: Observed): Promise<Attempt> {
  const assertion = chooseAssertion(rendering.plan, observations, confirmed.witness);
  const text = await formatAsProject(renderTest(rendering, order, assertion, importsLate), target);
  const test = overlay.write(target, text);
  const [today] = await runTests(overlay, place, [test], { signal });
  if (today!.status === 'passed') throw new NoTest('the test that was written passes on the code as it is');
  if (today!.status === 'broken') throw new NoTest(`the test that was written does not run: ${today!.message}`);
  if (cured === undefined) return { text, today: today! };
  overlay.write(path, cured);
  const [after] = await runTests(overlay, place, [test], { signal });
  overlay.write(path, confirmed.source.text);
  return { text, today: today!, after: after! };
}

type Observed = Observations & { /** How the witness is written down best. */ readonly order: Order; readonly importsLate: boolean };

/** Runs the calls under the order of the witness, and one after the other, twice in the same order. */
async function observe(trial: Trial): Promise<Observed> {
  const { plan } = trial.rendering;
  const started = plan.steps.flatMap((step) => (step.kind === 'start' ? [step.task] : []));
  const forced = plan.isTogether ? 'started-at-once' : 'witness';
  const [witness, one, other, again, atOnce] = await observeEach(trial, [forced, started, [...started].reverse(), started, ...(!plan.isTogether && canStartAtOnce(plan) ? ['started-at-once' as const] : [])]);
  const broken = [witness!, one!, other!, again!].find((seen) => typeof seen === 'string');
  if (broken !== undefined) throw new NoTest(`the code cannot be run in Node with what stands in for the outside: ${broken as string}`);
  const { [loadingName]: loading } = witness as Seen;
  // A task whose first turn goes on after promise jobs has to come to its end before the next one starts.
  return { witness: witness as Seen, serial: [one as Seen, other as Seen], again: again as Seen, order: JSON.stringify(atOnce) === JSON.stringify(witness) ? 'started-at-once' : forced, importsLate: loading?.kind === 'literal' && loading.value === true };
}

async function observeCured(trial: Trial, order: Order): Promise<Seen> {
  const { overlay, path, cured, confirmed } = trial;
  overlay.write(path, cured!);
  const [seen] = await observeEach(trial, [order]);
  overlay.write(path, confirmed.source.text);
  if (typeof seen === 'string') throw new NoTest(`the code with the fix cannot be run in Node with what stands in for the outside: ${seen}`);
  return seen!;
}

/** What is seen under each order, or why nothing is. */
async function observeEach({ rendering, overlay, place, signal, onFailure }: Trial, orders: readonly Order[]): Promise<(Seen | string)[]> {
  const outputs = orders.map((_, index) => join(overlay.folder, `raceproof-seen-${index}.json`));
  const files = orders.map((order, index) => overlay.write(join(place.folder, place.name.replace('.race', `.race-observed-${index}`)), renderObservation(rendering, order, outputs[index]!)));
  for (const output of outputs) rmSync(output, { force: true });
  const runs = await runTests(overlay, place, files, { signal });
  const seen = outputs.map((output) => (existsSync(output) ? (JSON.parse(readFileSync(output, 'utf8')) as Seen) : {}));
  for (const each of seen) if (each[failureName]) onFailure?.(each);
  return runs.map(({ status, message }, index) => (status === 'passed' ? seen[index]! : message));
}

function checkMocks({ modules, steps }: TestPlan, { framework, style }: TestPlace): void {
  const required = modules.find(({ isRequired }) => isRequired);
  const importing = steps.find((step) => step.kind === 'import');
  const isModule = (framework === 'node' || framework === 'mocha') && !style.becomesCommonJs;
  if (importing?.kind === 'import' && isModule) throw new NoTest(`its order hangs on “${importing.about}”, which ${framework === 'node' ? 'node:test' : framework} cannot wait for; with vitest it can be done`);
  if (framework === 'vitest' && required) throw new NoTest(`vitest cannot stand in for '${required.specifier}', which the module requires as CommonJS`);
  if (isModule && modules[0]) throw new NoTest(`${framework === 'node' ? 'node:test' : framework} cannot stand in for '${modules[0].specifier}' before Node's mock.module is stable; with vitest it can be done`);
}

/** Relative specifiers as they are from the test's folder. */
function rebased(plan: TestPlan, cwd: string, { folder }: TestPlace): TestPlan {
  const from = (specifier: string, importer: string): string => {
    if (!/^\.\.?(\/|$)/.test(specifier)) return specifier;
    const inside = relative(folder, join(dirname(resolve(cwd, importer)), specifier)).replaceAll('\\', '/');
    return inside.startsWith('.') ? inside : `./${inside}`;
  };
  return { ...plan, file: from(`./${plan.file.slice(plan.file.lastIndexOf('/') + 1)}`, plan.file), modules: plan.modules.map((module) => ({ ...module, specifier: from(module.specifier, module.importer) })) };
}
