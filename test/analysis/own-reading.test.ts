import { describe, expect, test } from 'vitest';
import { findings } from './expectations.js';
import { pair } from './pairs.js';

const told = (code: string): string[] => findings(code).map(({ rule }) => rule);

/** What a run has put in a place is read again after a wait, as if it were still its own; and a run that remembers it. */
const pairs = [
  pair('details of a pause that go with the event of another', `
    export class Thread {
      private details?: { stack: string };
      private readonly events = new WeakMap<object, object>();
      constructor(private readonly stepper: { skips(details: object): Promise<boolean> }, private readonly resume: () => void) {}
      async onPaused(event: { stack: string }) {
        <<this.details = this.detailsOf(event);|||const details = (this.details = this.detailsOf(event));>>
        if (await this.stepper.skips(<<this.details|||details>>)) return this.resume();
        this.events.set(<<this.details|||details>>, event);
      }
      onResumed() { this.details = undefined; }
      private detailsOf(event: { stack: string }) { return { stack: event.stack }; }
    }`),
  pair('a handler that is passed on to a helper', `
    let open: { id: string } | undefined;
    async function show(page: { id: string }, frame: Frame) {
      open = { id: page.id };
      await frame.load(page.id);
      <<|||if (open?.id !== page.id) return;>>
      frame.title(open, page);
    }
    export function attach(bus: Bus, frame: Frame) { bus.on('page', (page: { id: string }) => show(page, frame)); }`),
];

describe.each(pairs)('%s', (_name, racy, cured) => {
  test('is told, and its cure is not', () => expect({ racy: told(racy), cured: told(cured) }).toEqual({ racy: ['stale-context'], cured: [] }));
});

/** As it should be. */
const sound: readonly (readonly [string, string])[] = [
  ['what is set up once', `
    export class Server {
      private options?: { port: number };
      constructor(private readonly net: { bind(port: number): Promise<void> }, private readonly log: (a: unknown, b: unknown) => void) {}
      async start(options: { port: number }) {
        this.options = { port: options.port };
        await this.net.bind(options.port);
        this.log(this.options, options);
      }
    }`],
  ['what is read before the wait', `
    export class Thread {
      private details?: { stack: string };
      private readonly events = new WeakMap<object, object>();
      constructor(private readonly tell: (text: string) => Promise<void>) {}
      async onPaused(event: { stack: string }) {
        this.details = { stack: event.stack };
        this.events.set(this.details, event);
        await this.tell(event.stack);
      }
    }`],
  ['what only this run is asked about', `
    export class Jobs {
      private last?: { id: string };
      constructor(private readonly run: (id: string) => Promise<void>, private readonly note: (job: object) => void) {}
      async add(job: { id: string }) {
        this.last = { id: job.id };
        await this.run(job.id);
        this.note(job);
      }
    }`],
];

test.each(sound)('silent: %s', (_name, code) => {
  expect(told(code)).toEqual([]);
});

/** One object that every call makes ready for itself. */
const reused = (making: string, work: string): string => `
  import { Tokens } from './tokens';
  async function fill(template: string, tokens: Tokens) { ${work} }
  export class Texts {
    private tokens?: Tokens;
    text(template: string, item: Item) { ${making} }
  }`;
const inTurn = `let text = ''; for (const part of template.split('%')) text += await tokens.value(part); return text;`;

test.each([
  ['worked with over a wait', reused(`if (this.tokens == null) { this.tokens = new Tokens(item); } else { this.tokens.reset(item); } return fill(template, this.tokens);`, inTurn), ['stale-context']],
  ['one for each call', reused(`return fill(template, new Tokens(item));`, inTurn), []],
  ['read before the wait', reused(`if (this.tokens == null) { this.tokens = new Tokens(item); } else { this.tokens.reset(item); } return fill(template, this.tokens);`, `const all = tokens.all(); return await post(all);`), []],
  ['made ready with nothing of the call', reused(`if (this.tokens == null) { this.tokens = new Tokens(); } else { this.tokens.reset(); } return fill(template, this.tokens);`, inTurn), []],
])('an object that is used again: %s', (_name, code, rules) => {
  expect(told(code)).toEqual(rules);
});
