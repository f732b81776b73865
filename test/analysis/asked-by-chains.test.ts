import { describe, expect, test } from 'vitest';
import { findings } from './expectations.js';
import { pair } from './pairs.js';

const told = (code: string): string[] => findings(code).map(({ rule }) => rule);

/** A question that is seen only through the promise that is waited for: the end of a chain, a name. */
const pairs = [
  pair('the answer comes at the end of a chain whose first link asks', `
    export class Listing {
      private path = '';
      private rows: Row[] = [];
      constructor(private readonly api: { ready: Promise<void>; getRows(path: string): Promise<Row[]> }) {}
      rename(path: string) { this.path = path; }
      show() {
        const path = this.path;
        return this.api.ready.then(() => this.api.getRows(path)).then((rows) => {
          <<|||if (path !== this.path) return;>>
          this.rows = rows;
        });
      }
    }`),
  pair('the promise is waited for by its name', `
    export class Listing {
      private path = '';
      private rows: Row[] = [];
      constructor(private readonly api: { getRows(path: string): Promise<Row[]> }) {}
      rename(path: string) { this.path = path; }
      async show() {
        const path = this.path;
        const coming = this.api.getRows(path);
        report(path);
        const rows = await coming;
        <<|||if (path !== this.path) return;>>
        this.rows = rows;
      }
    }`),
];

describe('a question behind a promise', () => {
  test.each(pairs)('%s', (_name, racy, cured) => {
    expect({ racy: told(racy), cured: told(cured) }).toEqual({ racy: ['out-of-order-response'], cured: [] });
  });

  test('its name is that of the work that asks', () => {
    expect(findings(pairs[0]![1])[0]!.message).toContain('`rows` gets the answer of `getRows`');
  });
});

const context = (end: string): string => `
  export class DocumentContext {
    private client: Client | undefined;
    async ask(question: string) {
      if (!this.client) this.client = await connect();
      return this.client.ask(question);
    }
    ${end}
  }`;

describe('what is called like something that each use has one of', () => {
  test('is shared if it is ended some day', () => {
    expect(told(context('dispose() { this.client?.close(); }'))).toContain('double-initialization');
  });

  test('is not if nobody ends it', () => {
    expect(told(context(''))).toEqual([]);
  });

  test('is not if it is a row that can be closed', () => {
    expect(told(`export class Ticket extends Model { async number() { if (!this.issued) this.issued = await createNumber(); return this.issued; } close() { this.state = 'closed'; } }`)).toEqual([]);
  });
});
