import type { SourceText } from '../language/index.js';
import type { EntryPoint, Finding, ProblemKind, RaceExploration } from '../model/index.js';
import { scenarioOfAgents } from './agents-scenario.js';
import { entryAround } from './changed.js';
import { closeRace } from './race.js';
import type { Trial, TrialGround } from './trial.js';

/** What has to go wrong when the old code is run; of the new one nothing may. */
const expected: Readonly<Record<string, readonly ProblemKind[]>> = {
  'data-race': ['data-race'],
  'non-atomic-update': ['serializability', 'data-race'],
  'lost-wakeup': ['lost-wakeup', 'deadlock'],
};

/**
 * Runs the functions that share memory in an agent each. In the old code what the rule says must come to pass; the new one must have no problem at all, and end in no way in
 * which the old one does not end.
 */
export async function rehearseAgents(finding: Finding, ground: TrialGround): Promise<Trial | undefined> {
  const { source } = ground;
  const kinds = expected[finding.rule] ?? [];
  for (const entries of subjectsOf(finding, ground.entriesOf(source))) {
    const names = entries.map(({ name }) => name);
    const before = await rehearse(source, names, finding, ground);
    const isShown = before?.exhaustive === true && before.unmodelled.length === 0 && before.problems.some(({ kind }) => kinds.includes(kind));
    if (isShown) return trialAgainst(before, names, finding, ground);
  }
  return undefined;
}

function trialAgainst(before: RaceExploration, names: readonly string[], finding: Finding, ground: TrialGround): Trial {
  const { source } = ground;
  const known = new Set(before.outcomes.map(({ outcome }) => JSON.stringify(outcome)));
  return async (fix) => {
    const after = await rehearse({ file: source.file, text: fix.text }, names, finding, ground);
    const fault = after ? faultOf(after) : 'the code that is run is not found again';
    if (!after || fault !== undefined) return { isProved: false, reason: fault! };
    if (!after.outcomes.every(({ outcome }) => known.has(JSON.stringify(outcome)))) return { isProved: false, reason: 'run by agents, the changed code ends otherwise than the old one ever does' };
    return { isProved: true, reason: `run by ${names.length} agents, ${before.wrong} of ${before.executions} interleavings of the old code go wrong, and none of ${after.executions} of the new one` };
  };
}

/** Others that the function which holds the finding is run beside. */
const mostOthers = 4;

/** Both functions, where the rule names two; else the one that holds the finding beside others, or beside itself where nobody waits. */
function subjectsOf({ overlaps, range, rule }: Finding, entries: readonly EntryPoint[]): readonly (readonly EntryPoint[])[] {
  if (overlaps[0]) return [overlaps[0]];
  const around = entryAround(range, entries);
  if (!around) return [];
  const others = entries.filter(({ name, path, isPublic }) => path && isPublic && name !== around.name).slice(0, mostOthers);
  return [...(rule === 'lost-wakeup' ? [] : [[around, around]]), ...others.map((other) => [around, other])];
}

async function rehearse(source: SourceText, names: readonly string[], { rule }: Finding, { simulator, exploration, options, entriesOf }: TrialGround): Promise<RaceExploration | undefined> {
  const entries = entriesOf(source);
  const found = names.map((name) => entries.filter((entry) => entry.name === name)).flatMap((same) => (same.length === 1 ? same : []));
  const scenario = found.length > 0 && found.length === names.length ? scenarioOfAgents(source, found, rule === 'non-atomic-update') : undefined;
  if (!scenario) return undefined;
  const { race } = closeRace(scenario, options.read ?? (() => undefined));
  return simulator.exploreRace(race, exploration, { signal: options.signal });
}

function faultOf({ exhaustive, problems, unmodelled, failure }: RaceExploration): string | undefined {
  if (failure) return `the changed code fails: ${failure.reason}`;
  if (unmodelled[0] !== undefined) return `${unmodelled[0]}, and has no model`;
  if (problems[0]) return `run by agents, the changed code still goes wrong: ${problems[0].kind}`;
  return exhaustive ? undefined : 'not all interleavings of the changed code could be tried';
}
