import type { JudgedFinding, Verdict, Witness } from '../model/index.js';
import type { CheckReport, ReportedTest } from './check-report.js';
import { tellingFacts } from './outcomes.js';

/** What exploration says of a finding, a line each, without layout. */
export function judgement({ proof, fixes: [fix] }: JudgedFinding): string[] {
  const cure = fix?.verdict === 'proved' ? [`proved fix: ${fix.title}`] : [];
  if (!proof.witness) return [proof.reason, ...cure];
  const { ending, expected, assumptions } = witnessTexts(proof.witness);
  return [proof.reason, ending, expected, ...assumptions, ...cure];
}

/** What a witness ends in, what should have been, and what it takes for granted. */
export function witnessTexts({ switches, outcome, expectedOutcomes, assumptions }: Witness): { readonly ending: string; readonly expected: string; readonly assumptions: readonly string[] } {
  const expected = new Set(expectedOutcomes.slice(0, 3).map((each) => tellingFacts(each, [outcome]).join('; ')));
  return {
    ending: `with ${counted(switches, 'switch', 'switches')} it ends in: ${tellingFacts(outcome, expectedOutcomes).join('; ')}`,
    expected: `expected: ${[...expected].join(', or ')}${expectedOutcomes.length > 3 ? ', ...' : ''}`,
    assumptions: assumptions.map(({ text }) => `assuming that ${text}`),
  };
}

export const nothingFixed = 'No confirmed finding has a proved fix; nothing was changed.';

/** How much was found, and how sure it is. */
export function foundText({ findings, stats }: CheckReport): string {
  if (stats.files === 0) return 'nothing was checked';
  if (findings.length === 0) return 'no race found';
  const count = (verdict: Verdict) => findings.filter(({ proof }) => proof.verdict === verdict).length;
  const verdicts = (['confirmed', 'bounded', 'unproven'] as const).filter((verdict) => count(verdict) > 0).map((verdict) => `${count(verdict)} ${verdict}`);
  return `${counted(findings.length, 'finding', 'findings')} (${verdicts.join(', ')})`;
}

/** What came of the test for a finding. */
export function testSentence(tested: ReportedTest): string {
  if ('reason' in tested) return `no test: ${tested.reason}`;
  const { test, isNew, failure, passesWith } = tested;
  return `${isNew ? `test written: ${test}` : `its test is there: ${test}`}; it fails on the code as it is (${failure})${passesWith === undefined ? '' : `, and passes with the fix: ${passesWith}`}`;
}

/** What is not among the findings, and why. */
export function asideTexts({ stats }: CheckReport): string[] {
  return [
    ...(stats.refuted > 0 ? [`${stats.refuted} refuted and not shown`] : []),
    ...(stats.suppressed > 0 ? [`${stats.suppressed} suppressed`] : []),
    ...(stats.failed > 0 ? [`${counted(stats.failed, 'file', 'files')} could not be checked`] : []),
  ];
}

/** One line: how much was found in how much code. */
export function summaryText(report: CheckReport): string {
  const { files, lines } = report.stats;
  return [`${foundText(report)} in ${counted(files, 'file', 'files')}, ${counted(lines, 'line', 'lines')}`, ...asideTexts(report)].join('; ');
}

export function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}
