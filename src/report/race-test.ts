import type { RaceExploration, Verdict } from '../model/index.js';
import { wrap } from './columns.js';
import { printable } from './printable.js';
import { raceReason } from './race.js';
import { counted } from './plain.js';
import { paintOf } from './stylish.js';
import { paint, signsOf, type Terminal } from './terminal.js';

/** One scenario file that `raceproof test` has run. */
export interface JudgedRace {
  readonly file: string;
  readonly verdict: Verdict;
  readonly exploration: RaceExploration;
  readonly milliseconds: number;
}

/** One file of `raceproof test`, as soon as it is judged. */
export function formatRaceSummary({ file, verdict, exploration, milliseconds }: JudgedRace, terminal: Terminal): string {
  const signs = signsOf(terminal);
  const sign = verdict === 'confirmed' ? signs.bad : verdict === 'refuted' ? signs.good : signs.doubt;
  const head = `${paint(terminal, paintOf(verdict), `${sign} ${verdict.padEnd(9)}`)}  ${printable(file)}`;
  const effort = paint(terminal, 'faint', `  ${counted(exploration.executions, 'execution', 'executions')}, ${(milliseconds / 1000).toFixed(1)} s`);
  return [head + effort, ...(verdict === 'refuted' ? [] : wrap(printable(raceReason(exploration, verdict)), Math.max(30, terminal.width - 4)).map((line) => `    ${line}`))].join('\n');
}

/** The last line of `raceproof test`. */
export function formatTestTotal(races: readonly JudgedRace[], failed: number, terminal: Terminal): string {
  const count = (verdict: Verdict): number => races.filter((each) => each.verdict === verdict).length;
  const verdicts = (['confirmed', 'bounded', 'unproven', 'refuted'] as const).filter((verdict) => count(verdict) > 0).map((verdict) => `${count(verdict)} ${verdict}`);
  const bad = count('confirmed') > 0;
  const failures = failed > 0 ? `; ${counted(failed, 'file', 'files')} could not be run` : '';
  const how = bad ? 'bad' : failed > 0 || count('refuted') < races.length ? 'notice' : 'good';
  return paint(terminal, how, `${counted(races.length, 'scenario file', 'scenario files')}${verdicts.length > 0 ? `: ${verdicts.join(', ')}` : ''}${failures}`);
}
