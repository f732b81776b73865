import type { MemoryModel, ProblemTally, RaceExploration, RaceReplay, RaceWitness, Verdict } from '../model/index.js';
import { wrap } from './columns.js';
import { factsOf } from './outcomes.js';
import { printable } from './printable.js';
import { limits } from './limits.js';
import { formatWitness, outcomesOf } from './simulation.js';
import { counted } from './plain.js';
import { paintOf, shellWord } from './stylish.js';
import { paint, signsOf, type Terminal } from './terminal.js';
import { formatTimeline } from './timeline.js';
import type { SourceLines } from './timeline-rows.js';

export interface RaceSubject {
  readonly file: string;
  readonly memoryModel: MemoryModel;
}

/** `raceproof simulate` of a scenario file for a person: verdict, counts, problems, outcomes, and the witness from its first step to its end. */
export function formatRace(subject: RaceSubject, exploration: RaceExploration, verdict: Verdict, sourceLine: SourceLines, terminal: Terminal): string {
  return [
    headOf(subject, exploration, verdict, terminal),
    problemsOf(exploration.problems, terminal),
    outcomesOf(exploration, terminal),
    exploration.witness ? witnessOf(subject, exploration.witness, exploration.problems, sourceLine, terminal) : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** One execution, as `--schedule` replays it. */
export function formatRaceReplay(subject: RaceSubject, { trace, problems }: RaceReplay, sourceLine: SourceLines, terminal: Terminal): string {
  const wrong = problems.flatMap(({ kind, message }) => wrap(printable(`${kind}: ${message}`), terminal.width));
  const end = [paint(terminal, 'strong', 'It ends in'), ...factsOf(trace.outcome).map((fact) => `  ${fact}`)].join('\n');
  return [titleOf(subject, terminal), formatTimeline(trace, sourceLine, terminal), end, ...(wrong.length > 0 ? [wrong.join('\n')] : [])].join('\n\n');
}

function titleOf({ file, memoryModel }: RaceSubject, terminal: Terminal): string {
  return paint(terminal, 'strong', printable(file)) + (memoryModel === 'sc' ? '' : paint(terminal, 'faint', `  memory model ${memoryModel}`));
}

function headOf(subject: RaceSubject, exploration: RaceExploration, verdict: Verdict, terminal: Terminal): string {
  const reason = wrap(printable(raceReason(exploration, verdict)), Math.max(30, terminal.width - 2 - verdict.length));
  return [
    titleOf(subject, terminal),
    ...reason.map((line, at) => (at === 0 ? `${paint(terminal, paintOf(verdict), verdict)}: ${line}` : `  ${line}`)),
    ...(exploration.executions > 0 ? wrap(effortOf(exploration), terminal.width) : []),
    ...(exploration.capacity ? wrap(capacityText(exploration.capacity), terminal.width) : []),
  ].join('\n');
}

/** Why the verdict is what it is, in one sentence. */
export function raceReason({ executions, wrong, problems, failure, unmodelled, exhaustive }: RaceExploration, verdict: Verdict): string {
  const all = counted(executions, 'execution', 'executions');
  switch (verdict) {
    case 'confirmed':
      return `${wrong.toLocaleString('en-US')} of ${exhaustive ? all : `the first ${all}`} ${wrong === 1 ? 'goes' : 'go'} wrong: ${[...new Set(problems.map(({ kind }) => kind))].join(', ')}`;
    case 'refuted':
      return executions === 1 ? 'there is one execution, and it does not go wrong' : `none of ${all} goes wrong`;
    case 'bounded':
      return failure ? failure.reason : executions === 0 ? 'no execution came to its end' : `none of ${all} goes wrong, but there may be more`;
    case 'unproven':
      return failure ? `${failure.reason}${failure.range ? ` (${failure.range.file}:${failure.range.start.line})` : ''}` : `${unmodelled[0] ?? 'something'}, and has no model`;
  }
}

function effortOf({ executions, transitions, exhaustive, limit }: RaceExploration): string {
  const effort = `${counted(executions, 'execution', 'executions')}, ${counted(transitions, 'transition', 'transitions')}`;
  return `${effort}: ${exhaustive ? 'that is every interleaving that matters' : limit ? limits[limit] : 'not every interleaving was explored'}`;
}

function capacityText({ bits, bitsPerStep }: NonNullable<RaceExploration['capacity']>): string {
  return bits === 0 ? 'the observer learns nothing of the secret' : `the observer learns up to ${bits.toFixed(2)} bits of the secret from an execution, ${bitsPerStep.toFixed(3)} bits a step`;
}

function problemsOf(problems: readonly ProblemTally[], terminal: Terminal): string {
  if (problems.length === 0) return '';
  const lines = problems.flatMap(({ kind, message, executions }) => [
    `  ${paint(terminal, 'bad', `${signsOf(terminal).bad} ${kind}`)}  ${paint(terminal, 'faint', counted(executions, 'execution', 'executions'))}`,
    ...messageLines(message, terminal),
  ]);
  return [paint(terminal, 'strong', problems.length === 1 ? 'Problem' : 'Problems'), ...lines].join('\n');
}

function messageLines(message: string, terminal: Terminal): string[] {
  return message.split('\n').flatMap((line) => wrap(printable(line), Math.max(30, terminal.width - 4))).map((line) => `    ${line}`);
}

function witnessOf({ file, memoryModel }: RaceSubject, witness: RaceWitness, problems: readonly ProblemTally[], sourceLine: SourceLines, terminal: Terminal): string {
  const model = memoryModel === 'sc' ? '' : ` --memory-model ${memoryModel}`;
  const command = `raceproof simulate ${shellWord(file)}${model}`;
  const fewest = witness.isMinimal ? 'and no schedule with fewer goes wrong like this' : 'the fewest that were found';
  const isTold = problems.some(({ message }) => message === witness.problem.message);
  return [
    [paint(terminal, 'strong', `Witness of ${witness.problem.kind}: ${counted(witness.switches, 'switch', 'switches')}, ${fewest}`), ...(isTold ? [] : messageLines(witness.problem.message, terminal))].join('\n'),
    formatWitness(witness, sourceLine, terminal),
    paint(terminal, 'faint', `To replay it: ${command} --export json > witness.json\n              ${command} --schedule witness.json`),
  ].join('\n\n');
}
