import type { JudgedFix, Outcome, Proof, RaceExploration, Trace, Witness } from '../model/index.js';
import { wrap } from './columns.js';
import { limits } from './limits.js';
import { factsOf, tellingFacts } from './outcomes.js';
import { printable } from './printable.js';
import { counted } from './plain.js';
import { paintOf, shellWord } from './stylish.js';
import { paint, signsOf, type Terminal } from './terminal.js';
import { formatTimeline } from './timeline.js';
import type { SourceLines } from './timeline-rows.js';

const mostExpected = 8;

/** What was simulated, in words for the headline. */
export interface SimulatedSubject {
  /** `Account.withdraw`. */
  readonly name: string;
  readonly file: string;
  readonly line: number;
  /** The rule, if a finding stands there. */
  readonly rule?: string;
  readonly location?: string;
}

/** `raceproof simulate` for a person: verdict, counts, outcomes, and the witness from its first step to its end. */
export function formatSimulation(subject: SimulatedSubject, proof: Proof, sourceLine: SourceLines, terminal: Terminal, fixes: readonly JudgedFix[] = []): string {
  return [headOf(subject, proof, terminal), outcomesOf(proof, terminal), proof.witness ? witnessOf(subject, proof.witness, sourceLine, terminal) : '', fixesOf(subject, fixes, terminal)]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** One execution, as `--schedule` replays it. */
export function formatReplay(subject: SimulatedSubject, trace: Trace, sourceLine: SourceLines, terminal: Terminal): string {
  const end = [paint(terminal, 'strong', 'It ends in'), ...factsOf(trace.outcome).map((fact) => `  ${fact}`)].join('\n');
  return [titleOf(subject, terminal), formatTimeline(trace, sourceLine, terminal), end].join('\n\n');
}

/** The witness of a finding: its timeline, how it ends and how it should. */
export function formatWitness(witness: Witness, sourceLine: SourceLines, terminal: Terminal): string {
  return [
    formatTimeline(witness.trace, sourceLine, terminal),
    [paint(terminal, 'strong', 'This schedule ends in'), ...factLines(witness.outcome, witness.expectedOutcomes, 'bad', terminal)].join('\n'),
    ...(witness.expectedOutcomes.length > 0 ? [expectedOf(witness, terminal)] : []),
    ...(witness.assumptions.length > 0 ? [[paint(terminal, 'strong', 'Assuming that'), ...witness.assumptions.map(({ text }) => `  ${printable(text)}`)].join('\n')] : []),
  ].join('\n\n');
}

function expectedOf({ outcome, expectedOutcomes }: Witness, terminal: Terminal): string {
  const outcomes = distinct(expectedOutcomes.map((each) => factLines(each, [outcome], 'good', terminal).join('\n')));
  const more = outcomes.length > mostExpected ? [`  and ${outcomes.length - mostExpected} more`] : [];
  return [paint(terminal, 'strong', expectedOutcomes.length === 1 ? 'Expected' : 'Expected is one of'), ...outcomes.slice(0, mostExpected), ...more].join('\n');
}

function factLines(outcome: Outcome, others: readonly Outcome[], sign: 'good' | 'bad', terminal: Terminal): string[] {
  const mark = signsOf(terminal)[sign];
  return tellingFacts(outcome, others).map((fact, at) => `  ${paint(terminal, sign, `${at === 0 ? mark : ' '} ${fact}`)}`);
}

function titleOf({ name, file, line, rule, location }: SimulatedSubject, terminal: Terminal): string {
  const about = rule === undefined ? '' : `  ${rule}${location === undefined ? '' : ` of ${location}`}`;
  return `${paint(terminal, 'strong', printable(name))}  ${paint(terminal, 'faint', printable(`${file}:${line}${about}`))}`;
}

function headOf(subject: SimulatedSubject, proof: Proof, terminal: Terminal): string {
  const effort = `${counted(proof.executions, 'execution', 'executions')}, ${counted(proof.transitions, 'transition', 'transitions')}`;
  const scope = proof.exhaustive ? 'that is every interleaving that matters' : proof.limit ? limits[proof.limit] : 'not every interleaving was explored';
  const wrong = proof.wrong > 0 ? `; ${proof.wrong.toLocaleString('en-US')} ended wrongly` : '';
  return [
    titleOf(subject, terminal),
    ...wrap(printable(proof.reason), Math.max(30, terminal.width - 2 - proof.verdict.length)).map((line, at) => (at === 0 ? `${paint(terminal, paintOf(proof.verdict), proof.verdict)}: ${line}` : `  ${line}`)),
    ...(proof.executions > 0 ? wrap(`${effort}: ${scope}${wrong}`, terminal.width) : []),
  ].join('\n');
}

/** Most frequent first; the many that only differ in detail are summed up. */
export function outcomesOf({ outcomes, otherOutcomes = 0 }: Pick<RaceExploration, 'outcomes' | 'otherOutcomes'>, terminal: Terminal, shown = 12): string {
  if (outcomes.length === 0) return '';
  const signs = signsOf(terminal);
  const sorted = [...outcomes].sort((a, b) => Number(a.expected) - Number(b.expected) || b.count - a.count);
  const width = Math.max(...sorted.map(({ count }) => count.toLocaleString('en-US').length));
  const rows = sorted.slice(0, shown).flatMap(({ outcome, count, expected }) => {
    const facts = wrap(factsOf(outcome).join('; ') || 'nothing observed', Math.max(30, terminal.width - width - 9));
    const head = `  ${count.toLocaleString('en-US').padStart(width)} x  `;
    return facts.map((line, at) => (at === 0 ? head : ' '.repeat(head.length)) + paint(terminal, expected ? 'good' : 'bad', `${at === 0 ? (expected ? signs.good : signs.bad) : ' '} ${line}`));
  });
  const more = sorted.length > shown ? [`  and ${(sorted.length - shown).toLocaleString('en-US')} more`] : [];
  const others = otherOutcomes > 0 ? [`  and those of ${counted(otherOutcomes, 'execution', 'executions')} more, too many to list`] : [];
  return [paint(terminal, 'strong', 'Outcomes'), ...rows, ...more, ...others].join('\n');
}

function witnessOf(subject: SimulatedSubject, witness: Witness, sourceLine: SourceLines, terminal: Terminal): string {
  const place = `${shellWord(subject.file)}:${subject.line}`;
  return [
    paint(terminal, 'strong', `Witness: ${counted(witness.switches, 'switch', 'switches')}`),
    formatWitness(witness, sourceLine, terminal),
    paint(terminal, 'faint', `To replay it: raceproof simulate ${place} --export json > witness.json\n              raceproof simulate ${place} --schedule witness.json`),
  ].join('\n\n');
}

function fixesOf({ file }: SimulatedSubject, fixes: readonly JudgedFix[], terminal: Terminal): string {
  const proved = fixes.filter(({ verdict }) => verdict === 'proved');
  if (proved.length === 0) return '';
  const [first] = proved;
  return [
    paint(terminal, 'strong', counted(proved.length, 'proved fix', 'proved fixes')),
    ...proved.flatMap(({ title }) => wrap(printable(title), terminal.width - 4).map((line, at) => `  ${at === 0 ? paint(terminal, 'good', `${signsOf(terminal).good} ${line}`) : `  ${line}`}`)),
    ...wrap(printable(`Of the first: ${first!.reason}.`), terminal.width),
    paint(terminal, 'faint', `To apply it: raceproof check --fix ${shellWord(file)}`),
  ].join('\n');
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
