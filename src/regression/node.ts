import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { chooseAssertion, type Observations, type Seen } from './choose.js';
import { planTest, type Confirmed } from './make-plan.js';
import type { FrameworkName } from './frameworks.js';
import { formatAsProject } from './node-format.js';
import { Overlay } from './node-overlay.js';
import { surveyProject, type TestPlace } from './node-project.js';
import { runTests, type TestRun } from './node-run.js';
import { NoTest, type TestPlan } from './plan.js';
import { renderObservation, renderTest } from './render.js';
import type { Order, Rendering } from './sheet.js';


export interface RegressionTest {
  readonly text: string;
  /** Where it belongs, relative to the working directory, with `/`. */
  readonly file: string;
  readonly framework: FrameworkName;
  /** What the test says of today's code: it was run, and failed so. */
  readonly failure: string;
  /** Whether it passes on the cured text that was given. */
  readonly passesOnCure?: boolean;
}

export interface RegressionOptions {
  readonly cwd: string;
  /** What the project uses, if absent. */
  readonly framework?: FrameworkName;
  /** The file as it would be with a fix. */
  readonly cured?: string;
  readonly signal?: AbortSignal;
}

/**
 * Writes a test that forces the witness's order, in the project's own framework and style, and runs it in Node, in a copy of the project made of
 * links: it is given only if it fails on today's code by its assertion. @throws NoTest with the reason why there is none; the signal's reason.
 */
export async function writeRegressionTest(confirmed: Confirmed, { cwd, framework, cured, signal }: RegressionOptions): Promise<RegressionTest> {
  const plan = planTest(confirmed);
  const path = resolve(cwd, confirmed.source.file);
  const place = surveyProject(path, { isCommonJs: plan.isCommonJs, ...(framework && { framework }) });
  checkMocks(plan, place);
  const overlay = new Overlay(place.root);
  try {
    overlay.write(path, confirmed.source.text);
    const rendering: Rendering = { plan: rebased(plan, path, place), framework: place.framework, style: place.style };
    const observations = await observe(rendering, overlay, place, signal);
    const assertion = chooseAssertion(plan, observations, confirmed.witness);
    const target = join(place.folder, place.name);
    const text = await formatAsProject(renderTest(rendering, assertion), target);
    const today = await check(text, target, overlay, place, signal);
    if (today.status === 'passed') throw new NoTest('the test that was written passes on the code as it is');
    if (today.status === 'broken') throw new NoTest(`the test that was written does not run: ${today.message}`);
    if (cured !== undefined) overlay.write(path, cured);
    const after = cured === undefined ? undefined : await check(text, target, overlay, place, signal);
    return { text, file: relative(cwd, target).replaceAll('\\', '/'), framework: place.framework, failure: today.message, ...(after && { passesOnCure: after.status === 'passed' }) };
  } finally {
    overlay.dispose();
  }
}

async function check(text: string, target: string, overlay: Overlay, place: TestPlace, signal?: AbortSignal): Promise<TestRun> {
  const [run] = await runTests(overlay, place, [overlay.write(target, text)], signal);
  return run!;
}

/** Runs the calls under the order of the witness, and one after the other. */
async function observe(rendering: Rendering, overlay: Overlay, place: TestPlace, signal?: AbortSignal): Promise<Observations> {
  const started = rendering.plan.steps.flatMap((step) => (step.kind === 'start' ? [step.task] : []));
  const orders: readonly Order[] = ['witness', started, [...started].reverse()];
  const outputs = orders.map((_, index) => join(overlay.folder, `raceproof-seen-${index}.json`));
  const files = orders.map((order, index) => overlay.write(join(place.folder, place.name.replace('.race', `.race-observed-${index}`)), renderObservation(rendering, order, outputs[index]!)));
  const runs = await runTests(overlay, place, files, signal);
  const broken = runs.find(({ status }) => status !== 'passed');
  if (broken) throw new NoTest(`the code cannot be run in Node with what stands in for the outside: ${broken.message}`);
  const [witness, ...serial] = outputs.map((path) => JSON.parse(readFileSync(path, 'utf8')) as Seen);
  return { witness: witness!, serial };
}

function checkMocks({ modules }: TestPlan, { framework, style }: TestPlace): void {
  const required = modules.find(({ isRequired }) => isRequired);
  if (framework === 'vitest' && required) throw new NoTest(`vitest cannot stand in for '${required.specifier}', which the module requires as CommonJS`);
  if (framework === 'node' && style.isModule && modules[0]) throw new NoTest(`node:test cannot stand in for '${modules[0].specifier}' before Node's mock.module is stable; with vitest it can be done`);
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
