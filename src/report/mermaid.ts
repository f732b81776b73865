import type { Witness } from '../model/index.js';
import { printable } from './printable.js';
import { rowsOf } from './timeline-rows.js';
import type { PictureSubject } from './picture/index.js';

/** A witness as a Mermaid sequence diagram: a participant a task, a note a step, an arrow where one step enables another's. */
export function formatMermaid({ kind, sentence, steps }: PictureSubject, { trace }: Witness): string {
  const ids = new Map(trace.tasks.map(({ id }, at) => [id, `T${at}`]));
  const marked = new Set([...steps, ...(trace.conflict ?? [])]);
  const lines = rowsOf(trace, () => undefined).flatMap((row) => {
    if (row.kind !== 'step') return [];
    const { step, text } = row;
    const cause = step.cause === undefined ? undefined : trace.steps[step.cause];
    const arrow = cause && cause.task !== step.task ? [`${ids.get(cause.task)}->>${ids.get(step.task)}: enabled by step ${cause.index + 1}`] : [];
    return [...arrow, `Note over ${ids.get(step.task)}: ${step.index + 1} ${marked.has(step.index) ? '⚠ ' : ''}${quoted(`${text} (line ${step.start.line})`)}`];
  });
  return ['sequenceDiagram', `  title ${quoted(`${kind}: ${sentence.replaceAll('\n', ' ')}`)}`, ...trace.tasks.map(({ id, name }) => `  participant ${ids.get(id)} as ${quoted(name === id ? id : `${id}: ${name}`)}`), ...lines.map((line) => `  ${line}`)].join('\n');
}

/** What would end a statement or begin an entity is written as one. */
function quoted(text: string): string {
  return printable(text).replace(/[#;<>]/g, (character) => `#${character.charCodeAt(0)};`);
}
