import type { Token } from './tokens.js';
import { NotSimulated, PostgresError } from './values.js';

/** Words that name no table or column unless they are quoted. */
const reserved = new Set('all and any array as asc between case check constraint create default desc distinct do else end except false for foreign from group having in into is join left limit not null offset on or order primary references returning right select set table then to true union unique update using values when where with'.split(' '));

/** Goes through the tokens of some statements. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get token(): Token {
    return this.#tokens[this.#at]!;
  }

  get next(): Token {
    return this.#tokens[this.#at + 1] ?? this.token;
  }

  get isOver(): boolean {
    return this.token.kind === 'end';
  }

  take(): Token {
    return this.#tokens[this.#at++] ?? this.#tokens.at(-1)!;
  }

  /** The words, one after the other. */
  isAt(words: string): boolean {
    return words.split(' ').every((word, index) => {
      const token = this.#tokens[this.#at + index];
      return token !== undefined && (token.kind === 'word' || token.kind === 'sign') && token.text === word;
    });
  }

  accept(words: string): boolean {
    const isThere = this.isAt(words);
    if (isThere) this.#at += words.split(' ').length;
    return isThere;
  }

  /** The first of them that is there. */
  acceptAny(...alternatives: readonly string[]): boolean {
    return alternatives.some((words) => this.accept(words));
  }

  expect(words: string): void {
    if (!this.accept(words)) this.fail();
  }

  /** A name of something. */
  name(): string {
    const { kind, text } = this.token;
    if (kind !== 'name' && (kind !== 'word' || reserved.has(text))) this.fail();
    this.#at++;
    return text;
  }

  /** The name of a table; a schema before it is of no account. */
  tableName(): string {
    const name = this.name();
    return this.accept('.') ? this.name() : name;
  }

  isName(): boolean {
    return this.token.kind === 'name' || (this.token.kind === 'word' && !reserved.has(this.token.text));
  }

  /** `t.*` */
  isStarOfTable(): boolean {
    return this.#tokens[this.#at + 1]?.text === '.' && this.#tokens[this.#at + 2]?.text === '*';
  }

  /** What stands in brackets, with commas between. */
  list<T>(one: () => T): T[] {
    this.expect('(');
    const found = this.separated(one);
    this.expect(')');
    return found;
  }

  separated<T>(one: () => T): T[] {
    const found = [one()];
    while (this.accept(',')) found.push(one());
    return found;
  }

  fail(): never {
    const { kind, text } = this.token;
    throw new PostgresError('42601', kind === 'end' ? 'syntax error at end of input' : `syntax error at or near "${text}"`);
  }

  refuse(what: string): never {
    throw new NotSimulated(what);
  }
}
