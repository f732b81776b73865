import type { DraftedFix } from '../fixes/index.js';
import { containsRange, isSameRange, pathKey, type ArgumentPlan, type EntryPath, type EntryPoint, type Finding, type Region, type Scenario, type ScenarioOracle, type SourceRange, type TaskPlan } from '../model/index.js';
import { compileClaim, type Claim, type Settling } from './prove.js';

/** The old claim, about the new text, of which `functions` are the entries; undefined if what may overlap is not found again. */
export function claimAfter({ rule, region, overlaps }: Finding, oracle: ScenarioOracle | undefined, fix: DraftedFix, functions: readonly EntryPoint[]): Claim | undefined {
  const images = (ranges: readonly SourceRange[]): SourceRange[] => ranges.flatMap((range) => fix.moved(range));
  const found = overlaps.map((pair) => pair.map((entry) => entryAfter(entry, fix, functions)));
  if (found.length === 0 || found[0]!.includes(undefined)) return undefined;
  // Whoever waited for ever may not come to where it did so any more; that it gets its first lock is enough.
  const acts = images(oracle === 'stuck' ? [...region.acts, ...region.reads] : region.acts);
  const after: Region = { ...region, reads: images(region.reads), suspensions: images(region.suspensions), acts };
  return { rule, regions: [after], overlaps: found.flatMap(([one, other]) => (one && other ? [[one, other] as const] : [])), isCured: true, ...(oracle && { oracle }) };
}

/** The scenario about the changed code. */
export function scenarioAfter(scenario: Scenario, fix: DraftedFix, claim: Claim, settling: Settling): Scenario {
  const { source } = settling;
  const isLinked = scenario.program.sites.some(({ range }) => range.file !== source.file);
  const compiled = compileClaim(claim, settling, new Set());
  const { program } = isLinked || compiled.linked.length === 0 ? compiled : compileClaim(claim, { source }, new Set());
  const task = (plan: TaskPlan): TaskPlan => ({ ...plan, path: pathAfter(plan.path, fix) });
  const { tasks, prelude, setup } = scenario;
  // Whoever is handed an object with a new field is told of the same object.
  return { ...scenario, program, regions: claim.regions, countsOutside: true, untold: fix.added, ...(claim.oracle && { oracle: claim.oracle }), tasks: tasks.map(task), prelude: prelude.map(task), setup: setupAfter([...tasks, ...prelude], setup, fix) };
}

/** The innermost of the entries that a place lies in. */
export function entryAround(place: SourceRange, entries: readonly EntryPoint[]): EntryPoint | undefined {
  return entries.filter(({ range }) => containsRange(range, place)).sort((a, b) => (containsRange(a.range, b.range) ? 1 : -1))[0];
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
