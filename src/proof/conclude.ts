import type { LeftOut } from '../language/index.js';
import { lastToAsk, type Limit, type Proof } from '../model/index.js';
import { isSerializable } from './compare.js';
import { remedies } from './remedy.js';
import { limits } from './sentence.js';
import { isMet, isReachedByAll, type Explored } from './explored.js';
import type { SearchResult } from './search.js';
import type { Claim, ScenarioProof } from './prove.js';

const harms: Readonly<Record<string, string>> = {
  'lost-update': 'lose an update',
  'check-then-act': 'act on a check that is out of date',
  'file-lost-update': 'lose what another task has written',
  'double-initialization': 'do the work twice',
  'self-deadlock': 'leave a task waiting for itself',
  'lock-order-cycle': 'leave tasks waiting for each other',
  'wait-under-lock': 'leave a task waiting, under a lock, for what another needs the lock to do',
  'lock-not-released': 'leave a task waiting for a lock that nobody gives back',
};

/** What the explored scenarios say, as a verdict with its reason; that something which takes part was left out is told unless the verdict holds whatever it does. */
export function conclude(result: SearchResult, claim: Pick<Claim, 'rule' | 'isCured' | 'knownGaps'>, leftOut: readonly LeftOut[] = []): ScenarioProof {
  const proof = judge(result, claim);
  const [first, ...others] = leftOut;
  if (!first) return proof;
  const more = others.length === 0 ? '' : `, and ${others.length} more`;
  return { ...proof, reason: `${proof.reason} (taken as coming from outside: '${first.specifier}', since ${first.why}${more})` };
}

function judge(result: SearchResult, { rule, isCured = false, knownGaps = [] }: Pick<Claim, 'rule' | 'isCured' | 'knownGaps'>): ScenarioProof {
  const { explored, confirmed } = result;
  if (confirmed) return confirm(confirmed, rule);
  const reached = explored.filter(({ isReached }) => isReached);
  const sample = reached[0];
  if (!sample) return { ...unreached(explored), ...totals(explored) };
  const open = reached.flatMap(({ exploration }) => exploration.unmodelled)[0];
  if (open) return { ...unproven(`${open}, and has no model${remedies.unmodelled()}`), ...totals(explored) };
  // That others come to the place was seen before it was cured.
  if (!isCured && sample.scenario.oracle === undefined && sample.scenario.regions.length > 0 && !reached.some(isMet)) {
    return { ...unproven(`no run of ${reached.length} scenarios had another task write \`${sample.scenario.regions[0]!.location}\`${remedies.unmet()}`), ...totals(explored) };
  }
  const isCut = explored.some(({ exploration: { failure } }) => failure?.limit !== undefined);
  const isEachWhole = !result.isLate && !isCut && reached.every(({ exploration, scenario }) => exploration.exhaustive && !exploration.doubtful && scenario.program.gaps.every((gap) => knownGaps.includes(gap)));
  const isWhole = result.isComplete && isEachWhole;
  const counts = totals(explored);
  const limit = limitOf(reached);
  if (counts.executions === 0) return { ...bounded(`no run of ${reached.length} scenarios came to its end: the exploration ended at ${limits[limit ?? 'time']}${remedies.limit(limit ?? 'time')}`, limit ?? 'time'), ...counts };
  // Failures of calls that block, and of what lies outside altogether, are not tried.
  if (sample.scenario.oracle === 'held') return { ...unproven(`${sample.scenario.faults ? 'no failure in' : 'none of'} ${counts.executions} interleavings left the lock held; not all ${sample.scenario.faults ? 'failures' : 'ways out'} were tried${remedies.held()}`), ...counts, outcomes: sample.exploration.outcomes, scenario: sample.scenario };
  const inOneTurn = `handlers that are called in one turn were not tried${remedies.turn()}`;
  if (isWhole && !isCured && !explored.some(({ scenario }) => scenario.together === true)) {
    if (sample.scenario.oracle === 'stuck') return { ...bounded(`every task comes to its end in all ${counts.executions} interleavings; ${inOneTurn}`, 'turns'), ...counts, outcomes: sample.exploration.outcomes, scenario: sample.scenario };
    if (sample.scenario.regions.length > 0 && !reached.some(({ exploration }) => exploration.spanning)) return { ...bounded(`the accesses follow each other in one turn in all ${counts.executions} interleavings; ${inOneTurn}`, 'turns'), ...counts, outcomes: sample.exploration.outcomes, scenario: sample.scenario };
  }
  if (isWhole && !isCured && sample.scenario.regions.some(({ dependence }) => dependence === 'response') && !reached.some(tellsAnswersApart)) {
    return { ...unproven(`the tasks of all ${reached.length} scenarios ask the same, so that their answers cannot be told apart${remedies.alike()}`), ...counts, outcomes: sample.exploration.outcomes, scenario: sample.scenario };
  }
  if (isWhole && !isCured && sample.scenario.regions.some(({ isLate }) => isLate)) {
    return { ...unproven(`all ${counts.executions} interleavings end as if what ends it all had come first or last; whether it may come in between, how they end does not tell${remedies.late()}`), ...counts, outcomes: sample.exploration.outcomes, scenario: sample.scenario };
  }
  // The claim holds then: that nothing came of it with what the tasks were given says nothing of other values.
  if (isWhole && !isCured && rule !== undefined && reached.some(({ exploration }) => exploration.torn)) {
    return { ...unproven(`another task does come in between, and all ${counts.executions} interleavings tried end well all the same; with other values they may not${remedies.torn()}`), ...counts, outcomes: sample.exploration.outcomes, scenario: sample.scenario };
  }
  // Who does what cannot always be told: what a queue keeps is run by whoever empties it.
  if (isWhole && !isCured && rule !== undefined && sample.scenario.oracle === undefined && !reached.every(({ exploration }) => isSerializable(exploration))) {
    return { ...unproven(`some of ${counts.executions} interleavings end as no order of the tasks does, though none is seen to come in between${remedies.torn()}`), ...counts, outcomes: sample.exploration.outcomes, scenario: sample.scenario };
  }
  if (isWhole && sample.scenario.files !== undefined) return { ...unproven(`the ${counts.executions} interleavings tried end well; what else the file may hold was not${remedies.file()}`), ...counts, outcomes: sample.exploration.outcomes, scenario: sample.scenario };
  const vacuous = isWhole && !isCured ? whyVacuous(rule, reached) : undefined;
  if (vacuous !== undefined) return { ...unproven(vacuous), ...counts, outcomes: sample.exploration.outcomes, scenario: sample.scenario };
  if (isWhole && rule === 'lock-order-cycle' && !isCured && !reached.some(isReachedByAll)) return { ...unproven(`no run of ${reached.length} scenarios came to each of the acquisitions${remedies.unreached(sample.scenario, false)}`), ...counts, outcomes: sample.exploration.outcomes, scenario: sample.scenario };
  // Who is let in beside another is a third task, which no scenario has.
  if (isWhole && rule === 'double-release' && !isCured) return { ...unproven(`every task comes to its end in all ${counts.executions} interleavings; whether a third is let in beside another was not tried${remedies.third()}`), ...counts, outcomes: sample.exploration.outcomes, scenario: sample.scenario };
  // Which element goes, and how many there are, is the callers' choice; a few choices were made for them.
  if (isWhole && rule === 'unstable-iteration' && !isCured) return { ...unproven(`the ${counts.executions} interleavings tried end well; what else may be taken out, and when, was not${remedies.chosen()}`), ...counts, outcomes: sample.exploration.outcomes, scenario: sample.scenario };
  const hasNothing = sample.scenario.regions.length === 0 && sample.scenario.oracle === undefined;
  const reason = isWhole && hasNothing
    ? `there is nothing to judge: no act in it depends on shared state that was read before a suspension (${counts.executions} interleavings were run)`
    : isWhole
    ? `all ${counts.executions} interleavings end as they would without one task inside the other's region`
    : `none of ${counts.executions} interleavings in ${reached.length} scenarios ended wrongly; ${whyOpen(reached)}`;
  return { verdict: isWhole ? 'refuted' : 'bounded', reason, exhaustive: isWhole, ...(!isWhole && (isEachWhole ? { isEachWhole } : limit && { limit })), ...counts, wrong: 0, outcomes: sample.exploration.outcomes, scenario: sample.scenario };
}

/** Rules that say of two acquisitions that they wait for each other. */
const ofTwoAcquisitions: ReadonlySet<string> = new Set(['lock-order-cycle', 'self-deadlock']);

/** Why runs that all end well say nothing of a claim about locks. */
function whyVacuous(rule: string | undefined, reached: readonly Explored[]): string | undefined {
  const { scenario } = reached[0]!;
  const region = scenario.regions[0];
  if (rule === undefined || !region) return undefined;
  const [first, second] = scenario.tasks.map(({ path }) => path);
  const isOfTwo = ofTwoAcquisitions.has(rule);
  if (isOfTwo && reached.some(({ exploration: { outside } }) => outside.length > 0)) return `\`${region.location}\` comes from outside, so that nobody is kept waiting${remedies.unmodelled()}`;
  if (isOfTwo && !reached.some(({ exploration: { suspended } }) => suspended)) return `no task waits for anything in the runs of ${reached.length} scenarios: who gets the lock is told by a callback${remedies.untold()}`;
  // Which locks these are the callers say; a few choices were made for them.
  if (rule === 'lock-order-cycle' && (/\[/.test(region.location) || JSON.stringify(first) === JSON.stringify(second))) return `which locks are taken depends on what the tasks are given, and no choice of ${reached.length} closes the ring${remedies.chosen()}`;
  if (rule === 'missing-lock' && first && first.steps.some(({ kind }) => kind === 'construct' || kind === 'call') && !isOfInstance(region.location)) return `the tasks share one \`${first.root}\`, and with it its lock; two of them were not tried${remedies.third()}`;
  return undefined;
}

/** `Account#balance`, `Session.#token`; not what a class or a module has once. */
function isOfInstance(location: string): boolean {
  return location.includes('#');
}

/** What is there in the end depends on who asked last, so that an answer that overwrites a later one would be seen. */
function tellsAnswersApart({ exploration: { serial } }: Explored): boolean {
  return new Set(serial.map(({ state }) => JSON.stringify(Object.entries(state).filter(([name]) => name !== lastToAsk).sort()))).size > 1;
}

/** Which limit kept a scenario from being explored to its end. */
function limitOf(explored: readonly Explored[]): Limit | undefined {
  return explored.find(({ exploration }) => exploration.limit !== undefined)?.exploration.limit;
}

function whyOpen(reached: readonly Explored[]): string {
  const gap = reached.flatMap(({ scenario }) => scenario.program.gaps)[0];
  const limit = limitOf(reached);
  if (reached.some(({ exploration }) => exploration.doubtful)) return 'what was checked was replaced as a whole meanwhile, perhaps by its equal: a scenario file can say what must hold';
  if (limit !== undefined) return `not all could be tried: the exploration ended at ${limits[limit]}${remedies.limit(limit)}`;
  return gap === undefined ? `not every scenario could be tried${remedies.tooMany()}` : `not every access could be watched: ${gap}`;
}

/** No verdict, since the code overran a limit before it told anything. */
export function bounded(reason: string, limit: Limit): ScenarioProof {
  return { ...unproven(reason), verdict: 'bounded', limit };
}

/** The limit but for which a run might have come to what was flagged. */
function limitBeforeReaching({ exploration: { failure, limit, executions } }: Explored): Limit | undefined {
  if (failure) return failure.limit;
  return limit === 'turns' || executions === 0 ? limit : undefined;
}

/** No run has come to what was flagged. */
function unreached(explored: readonly Explored[]): ScenarioProof {
  const [limit, ...others] = new Set(explored.map(limitBeforeReaching));
  const reason = whyUnreached(explored);
  if (limit === undefined || others.length > 0) return unproven(reason);
  const isTold = explored.some(({ exploration }) => exploration.failure);
  return bounded(isTold ? reason : `${whyUnreached(explored, false)}; ${limit === 'turns' ? 'runs were cut' : 'the exploration ended'} at ${limits[limit]}${remedies.limit(limit)}`, limit);
}

export function unproven(reason: string): ScenarioProof {
  return { verdict: 'unproven', reason, exhaustive: false, executions: 0, wrong: 0, transitions: 0, outcomes: [] };
}

function confirm({ exploration, scenario }: Explored, rule?: string): ScenarioProof {
  const { witness, executions, wrong } = exploration;
  const harm = harms[rule ?? ''] ?? 'end as no order of whole regions does';
  const joint = scenario.together === true ? ', the calls made in one turn' : '';
  const of = exploration.exhaustive ? `${wrong} of ${executions}` : `at least ${wrong} of the first ${executions}`;
  const reason = `${of} interleavings ${harm}; shown with ${witness!.switches} ${witness!.switches === 1 ? 'switch' : 'switches'}${joint}`;
  return { verdict: 'confirmed', reason, exhaustive: exploration.exhaustive, executions, wrong, transitions: exploration.transitions, outcomes: exploration.outcomes, witness: witness!, scenario };
}

function totals(explored: readonly Explored[]): Pick<Proof, 'executions' | 'transitions'> {
  const sum = (pick: (one: Explored) => number): number => explored.reduce((total, one) => total + pick(one), 0);
  return { executions: sum(({ exploration }) => exploration.executions), transitions: sum(({ exploration }) => exploration.transitions) };
}

/** `isLast`: nothing is told after it, so that it ends with what can be done. */
function whyUnreached(explored: readonly Explored[], isLast = true): string {
  const failures = explored.flatMap(({ exploration }) => (exploration.failure ? [exploration.failure] : []));
  const failure = failures[0];
  if (failure && failures.length === explored.length) return `${failure.reason}${failure.range ? ` (near ${failure.range.file}:${failure.range.start.line})` : ''}`;
  if (explored.length === 0) return 'no scenario could be closed';
  const { scenario } = explored[0]!;
  const [region] = scenario.regions;
  if (explored.some(({ isTouched }) => isTouched)) return `no run of ${explored.length} scenarios suspended between its look at \`${region!.location}\` and what depends on it${isLast ? remedies.unsuspended(scenario) : ''}`;
  const thrown = explored.flatMap(({ exploration }) => exploration.outcomes).flatMap(({ outcome }) => Object.values(outcome.results)).find((result) => result.startsWith('threw '));
  return `no run of ${explored.length} scenarios reached the flagged accesses${thrown ? `: the task ${thrown}` : ''}${isLast ? remedies.unreached(scenario, thrown !== undefined) : ''}`;
}
