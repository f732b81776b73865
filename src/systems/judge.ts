import type { RaceExploration, Verdict } from '../model/index.js';
import type { Variant } from './catalogue.js';

/** What is not as the manifest expects, in words; undefined if all is. */
export function surpriseOf({ expected, problem, executions }: Variant, verdict: Verdict, exploration: Pick<RaceExploration, 'executions' | 'problems' | 'failure' | 'unmodelled'>): string | undefined {
  const { problems, failure, unmodelled } = exploration;
  if (verdict !== expected) {
    const [reason] = [failure?.reason, unmodelled[0], problems[0] && `${problems[0].kind}: ${problems[0].message}`].filter((each) => each !== undefined);
    return `${expected} was expected, and it is ${verdict}${reason === undefined ? '' : `: ${reason.split('\n')[0]!.replace(/\.$/, '')}`}`;
  }
  if (problem !== undefined && !problems.some(({ kind }) => kind === problem)) return `the problem ${problem} was expected, and there is ${[...new Set(problems.map(({ kind }) => kind))].join(', ')}`;
  if (executions !== undefined && executions !== exploration.executions) return `${executions} executions were expected, and there are ${exploration.executions}`;
  return undefined;
}
