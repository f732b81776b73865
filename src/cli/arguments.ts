import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from './usage.js';

export function parse<const O extends NonNullable<ParseArgsConfig['options']>>(command: string, args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const [message] = String(error instanceof Error ? error.message : error).split(/\. To specify|\n/);
    throw new UsageError(`${message?.replace(/\.$/, '')}. See: raceproof ${command} --help`);
  }
}

export function choose<const T extends string>(option: string, value: string | undefined, choices: readonly T[], later: readonly string[] = []): T | undefined {
  if (value === undefined) return undefined;
  const choice = choices.find((each) => each === value);
  if (choice !== undefined) return choice;
  if (later.includes(value)) throw notYet(`${option} ${value}`, `use ${listed(choices)}.`);
  throw new UsageError(`${option} ${value || "''"}: no such choice; use ${listed(choices)}.`);
}

export function numbered<const K extends string>(name: K, value: string | undefined, most = 1e9, least = 1): { readonly [key in K]?: number } {
  if (value === undefined) return {};
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= least && number <= most)) throw new UsageError(`--${name} ${value || "''"}: a whole number from ${least} to ${most} is needed.`);
  return { [name]: number } as { readonly [key in K]?: number };
}

export function notYet(what: string, instead: string): UsageError {
  return new UsageError(`${what} is not supported yet; ${instead}`);
}

function listed(choices: readonly string[]): string {
  return choices.length === 1 ? String(choices[0]) : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
}
