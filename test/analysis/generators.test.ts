import { describe, expect, test } from 'vitest';
import { findings } from './expectations.js';
import { pair } from './pairs.js';

const told = (code: string): string[] => findings(code).map(({ rule }) => rule);

/** What a generator does is run by whoever takes its steps: by the one that hands its steps on, or by a function that it is given to. */
const pairs = [
  pair('a connection that is opened three generators deep', `
    export class Assistant {
      private line: { send(text: string): Promise<void> } | undefined;
      <<|||private opening: Promise<{ send(text: string): Promise<void> }> | undefined;>>
      constructor(private readonly open: () => Promise<{ send(text: string): Promise<void> }>) {}

      async *ask(question: string) {
        yield* this.answers(question);
      }

      private async *answers(question: string) {
        yield 'asking';
        yield* this.overLine(question);
      }

      private async *overLine(question: string) {
        const line = await this.connected();
        await line.send(question);
        yield 'sent';
      }

      private async connected() {
        <<if (!this.line) this.line = await this.open();
        return this.line;|||this.opening ??= this.open();
        return this.opening;>>
      }
    }`),
  pair('a generator that is handed to another one', `
    export class Feed {
      private isReading = false;
      constructor(private readonly connect: () => Promise<AsyncIterable<string>>) {}

      async *lines() {
        yield* this.trimmed(this.raw());
      }

      private async *trimmed(source: AsyncIterable<string>) {
        for await (const line of source) yield line.trim();
      }

      private async *raw() {
        if (this.isReading) throw new Error('one reader at a time');
        <<const source = await this.connect();
        this.isReading = true;|||this.isReading = true;
        const source = await this.connect();>>
        for await (const line of source) yield line;
      }
    }`),
];

describe('generators', () => {
  test.each(pairs)('%s', (_name, racy, cured) => {
    expect({ racy: told(racy), cured: told(cured) }).toEqual({ racy: ['double-initialization'], cured: [] });
  });
});
