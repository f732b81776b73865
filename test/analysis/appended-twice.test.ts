import { describe, expect, test } from 'vitest';
import { findings } from './expectations.js';
import { pair } from './pairs.js';

const told = (code: string): string[] => findings(code).map(({ rule }) => rule);

const IMPORT = `import { after } from './pages';`;

/** More of a list is asked for by where it ends, and appended: two who ask at a time append the same; and those who come one by one, or leave out what is there. */
const pairs = [
  pair('a list that is replaced by one with more', `
    ${IMPORT}
    export class History {
      private commits: string[] = [];
      <<|||private isLoading = false;>>

      async more() {
        <<|||if (this.isLoading) return;>>
        <<|||this.isLoading = true;>>
        <<|||try {>>
        const last = this.commits[this.commits.length - 1];
        const page: string[] = await after(last);
        this.commits = this.commits.concat(page);
        <<|||} finally { this.isLoading = false; }>>
      }
    }`),
  pair('a list behind an accessor', `
    ${IMPORT}
    export class Store {
      private items: string[] = [];
      <<|||private end = false;>>
      get all() { return this.items; }

      async more() {
        <<|||if (this.end) return; this.end = true;>>
        const page: string[] = await after(this.all[this.all.length - 1]);
        this.items = this.items.concat(page);
      }
    }`),
  pair('a literal that holds the list and more', `
    ${IMPORT}
    export class Feed {
      private posts: string[] = [];

      async more() {
        <<|||const seen = this.posts.length;>>
        const page: string[] = await after(this.posts.length);
        <<|||if (this.posts.length !== seen) return;>>
        this.posts = [...this.posts, ...page];
      }
    }`),
  pair('more that is pushed', `
    ${IMPORT}
    export class Log {
      private lines: string[] = [];

      async more() {
        const page: string[] = await after(this.lines.at(-1));
        this.lines.push(...page<<|||.filter((line) => !this.lines.includes(line))>>);
      }
    }`),
];

describe('what is appended after the end that it was asked for by', () => {
  for (const [name, racy, sound] of pairs) {
    test(`${name}: found`, () => {
      expect(told(racy)).toEqual(['lost-update']);
    });
    test(`${name}: silent where it cannot be appended twice`, () => {
      expect(told(sound)).toEqual([]);
    });
  }

  test('an answer to the whole of a conversation, or to its last line, is no page of it', () => {
    expect(told(`
      import { answer } from './model';
      export class Chat {
        private lines: string[] = [];
        async reply() {
          const line: string = await answer(this.lines.at(-1));
          this.lines = [...this.lines, line];
        }
      }`)).toEqual([]);
  });
});
