import type { DraftedFix } from '../fixes/index.js';
import { parseModule, rangeOf, walk, type Node, type SourceText } from '../language/index.js';
import { isSameRange, type Exploration, type Finding, type Outcome, type Region, type Scenario, type SourceRange } from '../model/index.js';
import { claimAfter, entryAround, scenarioAfter } from './changed.js';
import { settle, type Claim, type Settling } from './prove.js';
import type { Trial, TrialGround, TrialResult } from './trial.js';

/**
 * Runs a task alone, while set-up may still be under way, and asks whether it comes to one place before another that should come first. The old code must do so; the
 * new one in no run, and it still makes every call that the old one makes.
 */
export async function tryOrder(finding: Finding, ground: TrialGround): Promise<Trial | undefined> {
  const { source } = ground;
  const ordered = { ...finding, region: watchedIn(finding, source), overlaps: overlapsOf(finding, ground) };
  const claim: Claim = { rule: finding.rule, regions: [ordered.region], overlaps: ordered.overlaps, oracle: 'order' };
  const { verdict, scenario } = await settle(claim, settlingOf(ground, source));
  if (verdict !== 'confirmed' || !scenario) return undefined;
  const before = await ground.simulator.explore({ ...scenario, countsOutside: true }, ground.exploration, ground.options.signal);
  return (fix) => judge(fix, ordered, ground, scenario, before);
}

function overlapsOf({ overlaps, range }: Finding, { source, entriesOf }: TrialGround): Finding['overlaps'] {
  const around = entryAround(range, entriesOf(source));
  return overlaps.length > 0 || !around ? overlaps : [[around, around]];
}

/** The region with places that are seen when they are run: what is done with a value, not its name; what should come before the end for a `return`. */
function watchedIn({ region, rule }: Finding, source: SourceText): Region {
  const parsed = parseModule(source);
  if (parsed.kind !== 'module') return region;
  const nodes: Node[] = [];
  walk(parsed.program, (node) => { nodes.push(node); });
  const at = (range: SourceRange): Node | undefined => nodes.find((node) => isSameRange(rangeOf(node, source.file), range));
  const widened = (ranges: readonly SourceRange[]): SourceRange[] => ranges.flatMap((range) => [range, ...usesOf(at(range)).map((node) => rangeOf(node, source.file))]);
  if (region.reads.every((range) => at(range)?.type === 'ReturnStatement')) return { ...region, reads: region.acts };
  return rule === 'use-after-transfer' ? { ...region, acts: widened(region.acts) } : region;
}

/** `samples.length` and `samples.fill(0)` of `samples`. */
function usesOf(node: Node | undefined): Node[] {
  const member = node?.parent;
  if (member?.type !== 'MemberExpression' || member.object !== node) return [];
  return member.parent.type === 'CallExpression' && member.parent.callee === member ? [member, member.parent] : [member];
}

async function judge(fix: DraftedFix, finding: Finding, ground: TrialGround, scenario: Scenario, before: Exploration): Promise<TrialResult> {
  const source = { file: ground.source.file, text: fix.text };
  const claim = claimAfter(finding, 'order', fix, ground.entriesOf(source));
  if (!claim) return { isProved: false, reason: 'the code that is run is not found again' };
  const settling = settlingOf(ground, source);
  const after = await ground.simulator.explore(scenarioAfter(scenario, fix, claim, settling), ground.exploration, ground.options.signal);
  const loss = lossBetween(before, after);
  if (loss !== undefined) return { isProved: false, reason: loss };
  const { verdict, reason, executions } = await settle(claim, settling);
  if (verdict !== 'refuted') return { isProved: false, reason: verdict === 'confirmed' ? 'in some run the order is still the wrong one' : `the changed code is ${verdict}: ${reason}` };
  return { isProved: true, reason: `what went wrong in the old code does so in none of ${after.executions + executions} interleavings of the new one, and all calls are still made` };
}

function settlingOf({ simulator, exploration, options: { signal, read } }: TrialGround, source: Settling['source']): Settling {
  return { source, simulator, exploration, ...(signal && { signal }), ...(read && { read }) };
}

/** What the changed code does not do any more, or does not come to the end of. */
function lossBetween(before: Exploration, after: Exploration): string | undefined {
  if (after.failure) return `the changed code fails: ${after.failure.reason}`;
  if (after.unmodelled.length > 0) return `${after.unmodelled[0]}, and has no model`;
  if (!after.exhaustive) return 'not all interleavings of the changed code could be tried';
  const [ends, known] = [after, before].map(({ outcomes }) => outcomes.map(({ outcome }) => outcome)) as [Outcome[], Outcome[]];
  const errors = new Set(known.flatMap(errorsIn));
  const error = ends.flatMap(errorsIn).find((one) => !errors.has(one));
  if (error !== undefined) return `the changed code ends otherwise: ${error}`;
  const fewest = known.map(callsIn);
  const isKept = ends.map(callsIn).every((calls) => fewest.some((least) => [...least].every(([name, count]) => (calls.get(name) ?? 0) >= count)));
  return isKept ? undefined : 'the changed code makes fewer calls';
}

function errorsIn({ results }: Outcome): string[] {
  return Object.values(results).filter((result) => result.startsWith('threw ') || result === 'never finished');
}

/** How often each external function is called, whatever it is given. */
function callsIn({ effects }: Outcome): Map<string, number> {
  const calls = new Map<string, number>();
  for (const [label, count] of Object.entries(effects)) {
    const name = label.replace(/\(.*$/s, '');
    calls.set(name, (calls.get(name) ?? 0) + count);
  }
  return calls;
}
