import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { chooseAssertion, type Observations, type Seen } from './choose.js';
import { planTest, type Confirmed } from './make-plan.js';
import type { FrameworkName } from './frameworks.js';
import { formatAsProject } from './node-format.js';
import { neighbourOf } from './node-neighbour.js';
import { Overlay } from './node-overlay.js';
import { surveyProject, type TestPlace } from './node-project.js';
import { runTests, type TestRun } from './node-run.js';
import { NoTest, type TestPlan } from './plan.js';
import { renderObservation, renderTest } from './render.js';
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
  const plan = planTest(confirmed);
  const path = resolve(cwd, confirmed.source.file);
  const place = surveyProject(path, { isCommonJs: plan.isCommonJs, ...(framework && { framework }) });
  checkMocks(plan, place);
  const overlay = new Overlay(place.root);
  try {
    for (const [file, text] of Object.entries(texts)) overlay.write(resolve(cwd, file), text);
    overlay.write(path, confirmed.source.text);
    const trial: Trial = { confirmed, rendering: { plan: rebased(plan, path, place), framework: place.framework, style: place.style }, overlay, place, path, target: join(place.folder, place.name), ...(cured !== undefined && { cured }), ...(signal && { signal }) };
    const observed = await observe(trial);
    const first = await attempt(trial, observed);
    const { text, today, after } = first.after === undefined || first.after.status === 'passed' ? first : await attempt(trial, { ...observed, cured: await observeCured(trial, observed.order) });
    if (after && after.status !== 'passed') throw new NoTest(`the test that was written fails on the code with the fix, too: ${after.message}`);
    const neighbour = neighbourOf(text, plan.title, place);
    const named = (path: string): string => relative(cwd, path).replaceAll('\\', '/');
    return { text, file: named(trial.target), framework: place.framework, failure: today.message, ...(neighbour && { neighbour: { ...neighbour, file: named(neighbour.file) } }), ...(after && { passesOnCure: true }) };
  } finally {
    overlay.dispose();
  }
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
}

interface Attempt {
  readonly text: string;
  readonly today: TestRun;
  /** On the cured code. */
  readonly after?: TestRun;
}

/** Writes the test that observations ask for, and runs it both ways. */
async function attempt({ confirmed, rendering, overlay, place, path, target, cured, signal }: Trial, { order, ...observations }: Observed): Promise<Attempt> {
  const assertion = chooseAssertion(rendering.plan, observations, confirmed.witness);
  const text = await formatAsProject(renderTest(rendering, order, assertion), target);
  const test = overlay.write(target, text);
  const [today] = await runTests(overlay, place, [test], signal);
  if (today!.status === 'passed') throw new NoTest('the test that was written passes on the code as it is');
  if (today!.status === 'broken') throw new NoTest(`the test that was written does not run: ${today!.message}`);
  if (cured === undefined) return { text, today: today! };
  overlay.write(path, cured);
  const [after] = await runTests(overlay, place, [test], signal);
  overlay.write(path, confirmed.source.text);
  return { text, today: today!, after: after! };
}

type Observed = Observations & { /** How the witness is written down best. */ readonly order: Order };

/** Runs the calls under the order of the witness, and one after the other. */
async function observe(trial: Trial): Promise<Observed> {
  const { plan } = trial.rendering;
  const started = plan.steps.flatMap((step) => (step.kind === 'start' ? [step.task] : []));
  const forced = plan.isTogether ? 'started-at-once' : 'witness';
  const [witness, one, other, atOnce] = await observeEach(trial, [forced, started, [...started].reverse(), ...(!plan.isTogether && canStartAtOnce(plan) ? ['started-at-once' as const] : [])]);
  const broken = [witness!, one!, other!].find((seen) => typeof seen === 'string');
  if (broken !== undefined) throw new NoTest(`the code cannot be run in Node with what stands in for the outside: ${broken as string}`);
  // A task whose first turn goes on after promise jobs has to come to its end before the next one starts.
  return { witness: witness as Seen, serial: [one as Seen, other as Seen], order: JSON.stringify(atOnce) === JSON.stringify(witness) ? 'started-at-once' : forced };
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
async function observeEach({ rendering, overlay, place, signal }: Trial, orders: readonly Order[]): Promise<(Seen | string)[]> {
  const outputs = orders.map((_, index) => join(overlay.folder, `raceproof-seen-${index}.json`));
  const files = orders.map((order, index) => overlay.write(join(place.folder, place.name.replace('.race', `.race-observed-${index}`)), renderObservation(rendering, order, outputs[index]!)));
  const runs = await runTests(overlay, place, files, signal);
  return runs.map(({ status, message }, index) => (status === 'passed' ? (JSON.parse(readFileSync(outputs[index]!, 'utf8')) as Seen) : message));
}

function checkMocks({ modules }: TestPlan, { framework, style }: TestPlace): void {
  const required = modules.find(({ isRequired }) => isRequired);
  if (framework === 'vitest' && required) throw new NoTest(`vitest cannot stand in for '${required.specifier}', which the module requires as CommonJS`);
  if ((framework === 'node' || framework === 'mocha') && style.isModule && modules[0]) throw new NoTest(`${framework === 'node' ? 'node:test' : framework} cannot stand in for '${modules[0].specifier}' before Node's mock.module is stable; with vitest it can be done`);
}

/** Relative specifiers as they are from the test's folder. */
function rebased(plan: TestPlan, path: string, { folder }: TestPlace): TestPlan {
  const from = (specifier: string): string => {
    if (!/^\.\.?(\/|$)/.test(specifier)) return specifier;
    const inside = relative(folder, join(dirname(path), specifier)).replaceAll('\\', '/');
    return inside.startsWith('.') ? inside : `./${inside}`;
  };
  return { ...plan, file: from(`./${path.slice(path.lastIndexOf('/') + 1)}`), modules: plan.modules.map((module) => ({ ...module, specifier: from(module.specifier) })) };
}
