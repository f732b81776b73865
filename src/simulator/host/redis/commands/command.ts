import { ReplyError, type Keyspace, type Reply } from '../keyspace.js';

/** A command: its arguments are text. `least`: how many there are at least. */
export interface Command {
  readonly least: number;
  run(keys: Keyspace, args: readonly string[]): Reply;
}

export type Commands = Readonly<Record<string, Command>>;

export function command(least: number, run: Command['run']): Command {
  return { least, run };
}

export const syntaxError = (): ReplyError => new ReplyError('ERR syntax error');

/** A whole number of 64 bits. */
export function integer(text: string | undefined): number {
  if (text === undefined || !/^-?(?:0|[1-9]\d{0,18})$/.test(text) || text === '-0' || !fits(BigInt(text))) throw new ReplyError('ERR value is not an integer or out of range');
  return Number(text);
}

function fits(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value;
}

/** The sum, to the last digit. */
export function sum(text: string, by: string, sign: 1 | -1 = 1): string {
  integer(text);
  integer(by);
  const total = BigInt(text) + BigInt(sign) * BigInt(by);
  if (!fits(total)) throw new ReplyError('ERR increment or decrement would overflow');
  return String(total);
}

export function float(text: string | undefined): number {
  const known = /^([+-])?inf(inity)?$/i.exec(text ?? '');
  if (known) return known[1] === '-' ? -Infinity : Infinity;
  if (text === undefined || text.trim() !== text || text === '' || !Number.isFinite(Number(text))) throw new ReplyError('ERR value is not a valid float');
  return Number(text);
}

/** As Redis writes a score. */
export function scoreText(score: number): string {
  return Number.isFinite(score) ? String(score) : score > 0 ? 'inf' : '-inf';
}

/** The elements from `start` to `stop`, which count from the end if they are negative. */
export function sliced<T>(items: readonly T[], start: string | undefined, stop: string | undefined): T[] {
  const at = (text: string | undefined): number => { const given = integer(text); return given < 0 ? items.length + given : given; };
  const [from, to] = [Math.max(0, at(start)), at(stop)];
  return to < from ? [] : items.slice(from, to + 1);
}
