import type { Style } from './style.js';

/** Lines of code in a project's style. Blocks are indented as they are opened and closed. */
export class Writer {
  readonly style: Style;
  readonly #lines: string[] = [];
  #depth = 0;

  constructor(style: Style) {
    this.style = style;
  }

  /** A statement, of one line or of several that carry their own indentation. */
  say(statement: string): void {
    this.line(`${statement}${this.style.semicolons ? ';' : ''}`);
  }

  line(text: string): void {
    for (const line of text.split('\n')) this.#lines.push(line === '' ? '' : this.style.indent.repeat(this.#depth) + line);
  }

  gap(): void {
    const last = this.#lines.at(-1);
    if (last !== undefined && last !== '' && !last.endsWith('{')) this.#lines.push('');
  }

  /** `head` ends in what opens the block, `tail` closes it. */
  block(head: string, tail: string, body: () => void): void {
    this.line(head);
    this.#depth++;
    body();
    this.#depth--;
    this.line(`${tail}${tail.endsWith(')') && this.style.semicolons ? ';' : ''}`);
  }

  string(text: string): string {
    const { quote } = this.style;
    const other = quote === "'" ? '"' : "'";
    const used = text.includes(quote) && !text.includes(other) ? other : quote;
    return used + JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll(used, `\\${used}`) + used;
  }

  get text(): string {
    return `${this.#lines.join('\n').replace(/\n{3,}/g, '\n\n').trimEnd()}\n`;
  }
}
