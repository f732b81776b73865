import type { Verdict } from '../model/index.js';
import { allOf, flagsOf, labelOf, type Catalogue, type Chosen, type System } from '../systems/index.js';
import { pad, widthOf, wrap } from './columns.js';
import { printable, printableJson } from './printable.js';
import { counted } from './plain.js';
import { shellWord } from './stylish.js';
import { paint, signsOf, type Terminal } from './terminal.js';

/** A variant that was run. */
export interface JudgedVariant {
  readonly chosen: Chosen;
  readonly verdict: Verdict;
  readonly executions: number;
  readonly milliseconds: number;
  /** What is not as the manifest expects. */
  readonly surprise?: string;
  /** The command that shows the variant, word by word. */
  readonly command: readonly string[];
}

/** One variant of `raceproof systems`, as soon as it is judged; `width` is that of the longest name. */
export function formatVariant({ chosen, verdict, executions, milliseconds, surprise, command }: JudgedVariant, width: number, terminal: Terminal): string {
  const signs = signsOf(terminal);
  const isExpected = surprise === undefined;
  const head = `${paint(terminal, isExpected ? 'good' : 'bad', `${isExpected ? signs.good : signs.bad} ${pad(labelOf(chosen), width)}`)}  ${pad(verdict, 9)}`;
  const expected = isExpected ? 'as expected' : 'unexpected';
  const effort = paint(terminal, 'faint', `  ${executions.toLocaleString('en-US').padStart(7)} ${executions === 1 ? 'execution ' : 'executions'} ${milliseconds.toLocaleString('en-US').padStart(6)} ms`);
  const why = surprise === undefined ? [] : [...wrap(printable(surprise), Math.max(30, terminal.width - 4)), `see it: ${command.map(shellWord).join(' ')}`].map((line) => `    ${line}`);
  return [`${head}  ${pad(expected, 11)}${effort}`, ...why].join('\n');
}

/** The last line of `raceproof systems`. */
export function formatSystemsTotal(judged: readonly JudgedVariant[], milliseconds: number, terminal: Terminal): string {
  const systems = new Set(judged.map(({ chosen }) => chosen.system.name)).size;
  const others = judged.filter(({ surprise }) => surprise !== undefined).map(({ chosen }) => labelOf(chosen));
  const what = `${counted(judged.length, 'variant', 'variants')} of ${counted(systems, 'system', 'systems')} in ${(milliseconds / 1000).toFixed(1)} s`;
  return others.length === 0 ? paint(terminal, 'good', `${what}: as expected`) : paint(terminal, 'bad', `${what}: ${others.length} not as expected: ${others.join(', ')}`);
}

/** The list of `systems --format json`, in the order of the catalogue. */
export function formatSystemsJson(judged: readonly JudgedVariant[]): string {
  return printableJson(judged.map(({ chosen: { system, variant }, verdict, executions, milliseconds }) => ({
    name: system.name, variant: variant.name, title: system.title, topic: system.topic, expected: variant.expected, verdict, executions, ms: milliseconds,
  })));
}

/** `systems --list`: what there is, nothing run. */
export function formatSystemList(catalogue: Catalogue, chosen: readonly Chosen[], terminal: Terminal): string {
  const width = Math.max(...chosen.map(({ variant }) => widthOf(variant.name)), 8);
  return groupsOf(catalogue, chosen)
    .map(({ title, summary, systems }) => [
      paint(terminal, 'strong', title),
      ...wrap(summary, terminal.width),
      ...systems.flatMap(({ system, variants }) => [
        '',
        `  ${paint(terminal, 'calm', system.name)}  ${system.title}`,
        ...wrap(system.summary, Math.max(30, terminal.width - 4)).map((line) => paint(terminal, 'faint', `    ${line}`)),
        ...variants.map((variant) => `    ${pad(variant.name, width)}  ${pad(variant.expected, 9)}  ${variant.title ?? ''}`.trimEnd()),
      ]),
    ].join('\n'))
    .join('\n\n');
}

/** `systems --list --format json`. */
export function formatSystemListJson(chosen: readonly Chosen[]): string {
  return printableJson(chosen.map(({ system, variant }) => ({
    name: system.name, variant: variant.name, title: system.title, topic: system.topic, summary: system.summary, ...(variant.title !== undefined && { what: variant.title }), expected: variant.expected, file: `systems/${variant.file}`, flags: flagsOf(variant),
  })));
}

interface Group {
  readonly title: string;
  readonly summary: string;
  readonly systems: readonly { readonly system: System; readonly variants: System['variants'] }[];
}

/** Families and systems of which something was chosen. */
function groupsOf(catalogue: Catalogue, chosen: readonly Chosen[]): Group[] {
  const labels = new Set(chosen.map(labelOf));
  const left = allOf(catalogue).filter((each) => labels.has(labelOf(each)));
  return catalogue.families
    .map(({ title, summary, systems }) => ({
      title, summary,
      systems: systems.map((system) => ({ system, variants: left.filter((each) => each.system === system).map(({ variant }) => variant) })).filter(({ variants }) => variants.length > 0),
    }))
    .filter(({ systems }) => systems.length > 0);
}
