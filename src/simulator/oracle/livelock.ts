import type { Problem } from '../../model/index.js';
import type { ExecutionEnd, LoggedStep } from './execution-end.js';
import { listed, stepNumber } from './wording.js';

/** So often must the same steps come in a row. */
const FEWEST_ROUNDS = 8;
const LONGEST_ROUND = 200;

/** The end of a cut execution goes in a circle. */
export interface Circle {
  /** Where the first round begins. */
  readonly from: number;
  /** Steps of one round. */
  readonly length: number;
  readonly rounds: number;
}

/**
 * Livelock: an execution that was cut ends in rounds of the same steps (same task, place, resource, values before and after), and
 *  1. schedules fairly: every task that could go on at the cut steps in every round,
 *  2. makes no progress: no task ends, no recorded call answers and nothing is observed in the rounds,
 *  3. was in the rounds for the greater part of it, and at least 8 of them.
 * This is a bound, no proof: equal inputs make equal agents go on alike unless they count the rounds themselves, which the log
 * cannot show. The message therefore says how often the steps were repeated.
 */
export function livelock(end: ExecutionEnd): Problem | undefined {
  if (!end.isTruncated || end.cutOff === undefined || end.cutOff.length === 0) return undefined;
  const circle = findCircle(end.steps);
  if (circle === undefined || circle.length * circle.rounds * 2 < end.steps.length) return undefined;
  const round = end.steps.slice(circle.from, circle.from + circle.length);
  if (round.some(isProgress) || !end.cutOff.every((task) => round.some((step) => step.task === task))) return undefined;
  return { kind: 'livelock', message: circleText(circle, round), steps: round.map(({ index }) => index) };
}

function circleText({ from, length, rounds }: Circle, round: readonly LoggedStep[]): string {
  const tasks = [...new Set(round.map(({ task }) => task))];
  const who = tasks.length === 1 ? tasks[0]! : `${listed(tasks)} keep each other busy and`;
  const verb = tasks.length === 1 ? 'repeats' : 'repeat';
  return `${who} ${verb} the same ${length === 1 ? 'step' : `${length} steps`} without getting anywhere: ${rounds} times from ${stepNumber(from)} on, when the execution was cut`;
}

function isProgress({ kind }: LoggedStep): boolean {
  return kind === 'end' || kind === 'respond' || kind === 'observe';
}

/** The shortest round of which the log's end is made. */
export function findCircle(steps: readonly LoggedStep[]): Circle | undefined {
  const texts = numbered(steps);
  const longest = Math.min(LONGEST_ROUND, Math.floor(texts.length / FEWEST_ROUNDS));
  for (let length = 1; length <= longest; length++) {
    let same = 0;
    for (let at = texts.length - 1; at >= length && texts[at] === texts[at - length]; at--) same++;
    const rounds = Math.floor(same / length) + 1;
    if (rounds >= FEWEST_ROUNDS) return { from: texts.length - rounds * length, length, rounds };
  }
  return undefined;
}

/** Equal steps have equal numbers. */
function numbered(steps: readonly LoggedStep[]): readonly number[] {
  const numbers = new Map<string, number>();
  return steps.map(({ agent, task, site, kind, resource, before, after }) => {
    const text = JSON.stringify([agent, task, site, kind, resource, before, after]);
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  });
}
