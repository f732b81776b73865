import type { MemoryModel, RaceWitness, Witness } from '../model/index.js';
import { formatMermaid, formatPicture, type PictureSubject, type SourceLines } from '../report/index.js';

/** A witness as a picture, or as the text of a diagram. */
export function formatExport(format: 'svg' | 'mermaid', subject: PictureSubject, witness: Witness, sourceLine: SourceLines): string {
  return format === 'svg' ? formatPicture(subject, witness, sourceLine) : formatMermaid(subject, witness);
}

/** The witness of a scenario file as a picture or diagram. Files are named from the scenario's own folder, so it is the same wherever it is made. */
export function exportRace(format: 'svg' | 'mermaid', { file, memoryModel }: { readonly file: string; readonly memoryModel: MemoryModel }, witness: RaceWitness, sourceLine: SourceLines): string {
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  const short = (text: string): string => (folder === '' ? text : text.replaceAll(folder, ''));
  const { problem: { kind, message, steps }, trace } = witness;
  const subject = { about: short(file) + (memoryModel === 'sc' ? '' : `, memory model ${memoryModel}`), kind, sentence: short(message), steps };
  const told = { ...witness, trace: { ...trace, steps: trace.steps.map((step) => ({ ...step, file: short(step.file), text: short(step.text) })) } };
  return formatExport(format, subject, told, (name, line) => sourceLine(name, line) ?? sourceLine(folder + name, line));
}
