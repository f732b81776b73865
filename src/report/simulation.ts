import type { Outcome, Proof, Trace, Witness } from '../model/index.js';
import { wrap } from './columns.js';
import { factsOf, tellingFacts } from './outcomes.js';
import { printable } from './printable.js';
import { counted, paintOf, shellWord } from './stylish.js';
import { paint, signsOf, type Terminal } from './terminal.js';
import { formatTimeline } from './timeline.js';
import type { SourceLines } from './timeline-rows.js';

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
export function formatSimulation(subject: SimulatedSubject, proof: Proof, sourceLine: SourceLines, terminal: Terminal): string {
  return [headOf(subject, proof, terminal), outcomesOf(proof, terminal), proof.witness ? witnessOf(subject, proof.witness, sourceLine, terminal) : '']
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
    [paint(terminal, 'strong', witness.expectedOutcomes.length === 1 ? 'Expected' : 'Expected is one of'), ...distinct(witness.expectedOutcomes.map((each) => factLines(each, [witness.outcome], 'good', terminal).join('\n')))].join('\n'),
    ...(witness.assumptions.length > 0 ? [[paint(terminal, 'strong', 'Assuming that'), ...witness.assumptions.map(({ text }) => `  ${printable(text)}`)].join('\n')] : []),
  ].join('\n\n');
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
  const scope = proof.exhaustive ? 'that is every interleaving that matters' : 'not every interleaving was explored';
  const wrong = proof.wrong > 0 ? `; ${proof.wrong.toLocaleString('en-US')} ended wrongly` : '';
  return [
    titleOf(subject, terminal),
    ...wrap(printable(proof.reason), Math.max(30, terminal.width - 2 - proof.verdict.length)).map((line, at) => (at === 0 ? `${paint(terminal, paintOf(proof.verdict), proof.verdict)}: ${line}` : `  ${line}`)),
    ...(proof.executions > 0 ? wrap(`${effort}: ${scope}${wrong}`, terminal.width) : []),
  ].join('\n');
}

/** Most frequent first; the many that only differ in detail are summed up. */
function outcomesOf({ outcomes }: Proof, terminal: Terminal, shown = 12): string {
  if (outcomes.length === 0) return '';
  const signs = signsOf(terminal);
  const sorted = [...outcomes].sort((a, b) => Number(a.expected) - Number(b.expected) || b.count - a.count);
  const width = Math.max(...sorted.map(({ count }) => count.toLocaleString('en-US').length));
  const rows = sorted.slice(0, shown).flatMap(({ outcome, count, expected }) => {
    const facts = wrap(factsOf(outcome).join('; ') || 'nothing observed', Math.max(30, terminal.width - width - 9));
    const head = `  ${count.toLocaleString('en-US').padStart(width)} x  `;
    return facts.map((line, at) => (at === 0 ? head : ' '.repeat(head.length)) + paint(terminal, expected ? 'good' : 'bad', `${at === 0 ? (expected ? signs.good : signs.bad) : ' '} ${line}`));
  });
  const more = sorted.length > shown ? [`  and ${sorted.length - shown} more`] : [];
  return [paint(terminal, 'strong', 'Outcomes'), ...rows, ...more].join('\n');
}

function witnessOf(subject: SimulatedSubject, witness: Witness, sourceLine: SourceLines, terminal: Terminal): string {
  const place = `${shellWord(subject.file)}:${subject.line}`;
  return [
    paint(terminal, 'strong', `Witness: ${counted(witness.switches, 'switch', 'switches')}`),
    formatWitness(witness, sourceLine, terminal),
    paint(terminal, 'faint', `To replay it: raceproof simulate ${place} --export json > witness.json\n              raceproof simulate ${place} --schedule witness.json`),
  ].join('\n\n');
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
