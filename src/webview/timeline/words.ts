import type { Proof, Trace, TraceStep, Verdict } from '../../model/index.js';
import { roleAt, type Collision, type Role } from './collision.js';
import { isAccess } from './values.js';

/** What was found in one sentence, and what else the proof says of it, if its reason is not that sentence. */
export function headlineOf({ verdict, reason, executions }: Proof): { readonly headline: string; readonly detail?: string } {
  switch (verdict) {
    case 'confirmed':
    case 'bounded':
      return { headline: sentence(reason) };
    case 'refuted':
      return { headline: executions === 1 ? 'The only interleaving behaves as expected.' : `All ${grouped(executions)} interleavings behave as expected.`, detail: sentence(reason) };
    case 'unproven':
      return { headline: 'The interleavings could not be explored.', detail: sentence(reason) };
  }
}

/** Reasons are written to stand in a message; here they stand alone. */
function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}

export const verdictWords: Readonly<Record<Verdict, string>> = { confirmed: 'Confirmed', refuted: 'Refuted', bounded: 'Bounded', unproven: 'Unproven' };

/** What a verdict means, for who has not met the word. */
export const verdictMeanings: Readonly<Record<Verdict, string>> = {
  confirmed: 'There is a schedule that breaks it; it is shown below.',
  refuted: 'Every interleaving was explored, and none is wrong.',
  bounded: 'The budget ended before all interleavings were explored, and none of those is wrong.',
  unproven: 'No runnable scenario could be made, so this is not known to be wrong, nor to be right.',
};

/** One step in a sentence, for a screen reader: `Step 3 of 9, alice, line 12: writes balance, 100 → 20.` */
export function describeStep(trace: Trace, step: TraceStep, collision?: Collision): string {
  const role = roleAt(collision, step.index);
  const remark = role && collision ? { act: ` Collides with step ${collision.intrusion + 1}.`, intrusion: ` Collides with step ${collision.act + 1}.`, 'stale-read': ` Step ${collision.act + 1} rests on it.` }[role] : '';
  return `Step ${step.index + 1} of ${trace.steps.length}, ${step.task}, line ${step.start.line}: ${actionOf(step)}.${remark}`;
}

/** One step in a few words, for the end of its line in the editor: `alice writes balance: 100 → 20`. */
export function labelStep(step: TraceStep, collision?: Collision): string {
  const role = roleAt(collision, step.index);
  return `${step.task} ${actionOf(step)}${role ? roleLabels[role] : ''}`;
}

const roleLabels: Readonly<Record<Role, string>> = { 'stale-read': ' (goes stale)', intrusion: ' (collides)', act: ' (collides)' };

function actionOf(step: TraceStep): string {
  if (!isAccess(step)) return step.text;
  const change = step.kind !== 'read' && step.before !== undefined ? `${step.before} → ` : '';
  return `${step.kind}s ${step.location}: ${change}${step.after}`;
}

export function counted(count: number, one: string, many: string): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

function grouped(count: number): string {
  return count.toLocaleString('en');
}
