import { parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Node, ParseError } from 'jsonc-parser';
import type { Configuration, ConfigurationProblem } from '../model/index.js';
import { fieldsOf, Reading } from './reading.js';
import { levelIn, readEntryPoints, readLocks, readPatterns } from './settings.js';

export const configurationFile = 'raceproof.config.json';

/** A configuration file, and where its folder lies: see `Configuration`. */
export interface ConfigurationText {
  /** How problems name it. */
  readonly file: string;
  readonly text: string;
  readonly folder: string;
  readonly above: string;
}

export interface ParsedConfiguration {
  /** What could be understood. */
  readonly configuration: Configuration;
  readonly problems: readonly ConfigurationProblem[];
}

/** Reads JSON with comments. `rules` are the ids of all rules. Never throws. */
export function parseConfiguration({ file, text, folder, above }: ConfigurationText, rules: readonly string[]): ParsedConfiguration {
  const reading = new Reading(file, text);
  const errors: ParseError[] = [];
  const root = parseTree(reading.text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  for (const { error, offset, length } of errors) reading.tellAt(offset, offset + length, `${describe(error)} here; correct the JSON.`);
  const found: { -readonly [K in keyof Configuration]: Configuration[K] } = { folder, above, rules: {}, severities: {}, include: [], exclude: [], entryPoints: { overlapping: [], once: [] }, locks: [] };
  if (root)
    fieldsOf(reading, root, 'The configuration', {
      $schema: () => {},
      rules: (node) => (found.rules = readLevels(reading, node, 'rules', rules, 'There is no rule')),
      severities: (node) => (found.severities = readLevels(reading, node, 'severities', ['confirmed', 'bounded', 'unproven'], 'There is no verdict')),
      include: (node) => (found.include = readPatterns(reading, node, 'include')),
      exclude: (node) => (found.exclude = readPatterns(reading, node, 'exclude')),
      entryPoints: (node) => (found.entryPoints = readEntryPoints(reading, node)),
      locks: (node) => (found.locks = readLocks(reading, node)),
    });
  else reading.tellAt(0, 0, 'The file is empty; write {} for a configuration that changes nothing.');
  return { configuration: found, problems: reading.problems };
}

function readLevels(reading: Reading, node: Node, what: string, names: readonly string[], unknown: string): Configuration['rules'] {
  const levels: Record<string, Configuration['rules'][string]> = {};
  const read = (name: string) => (value: Node) => {
    const level = levelIn(reading, value, name);
    if (level) levels[name] = level;
  };
  fieldsOf(reading, node, `\`${what}\``, Object.fromEntries(names.map((name) => [name, read(name)])), unknown);
  return levels;
}

/** `CommaExpected` -> `A comma is expected`, `InvalidSymbol` -> `Invalid symbol`. */
function describe(error: ParseError['error']): string {
  const words = printParseErrorCode(error).replace(/\B[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const expected = words.replace(/ expected$/, '').toLowerCase();
  if (!words.endsWith(' expected')) return words;
  return expected === 'end of file' ? 'The end of the file is expected' : `A ${expected} is expected`;
}
