import { describe, expect, it } from 'vitest';
import { typeProblemsIn, type ReadModule } from '../../src/language/index.js';

const problems = (text: string, read?: ReadModule): string[] => typeProblemsIn({ file: 'src/subject.ts', text }, read);

describe('what the compiler objects to in a file by itself', () => {
  it('a value that may be missing, in strict mode', () => {
    expect(problems(`interface A { n: number } export function f(a: A | undefined) { return a.n; }`)).toEqual([`'a' is possibly 'undefined'.`]);
    expect(problems(`export async function f(a?: Promise<string>) { return (await a).length; }`)).toEqual(['Object is possibly \'undefined\'.']);
  });

  it('nothing in code that is right: promises, collections, private names, generics', () => {
    expect(problems(`
      export class Store<K> {
        #items = new Map<K, string[]>();
        async add(key: K, load: () => Promise<string>): Promise<number> {
          const items = this.#items.get(key) ?? [];
          const one = await load().catch(() => 'none').finally(() => {});
          this.#items.set(key, [...items, one]);
          for (const [, all] of this.#items) for (const each of [...all]) if (each.length > 3) return all.length;
          return Promise.resolve(this.#items.size);
        }
      }`)).toEqual([]);
  });

  it('nothing of what comes from elsewhere but that it may be missing', () => {
    expect(problems(`import { connect, type Client } from 'db'; import all from './all'; export async function f(given?: Client): Promise<Client> { if (all.off) return connect(); return given; }`)).toEqual([expect.stringContaining(`Type 'Client | undefined' is not assignable to type 'Client'`)]);
  });

  it('not what else an unknown name might be, which hangs on the names around', () => {
    expect(problems(`export function f(socket: unknown) { return [socket, new Socket()]; }`)).toEqual([`Cannot find name 'Socket'.`]);
  });

  it('reads the files of the project', () => {
    const read: ReadModule = (file) => (file === 'src/far.ts' ? { kind: 'file', text: 'export const far = async (): Promise<number> => 1;' } : undefined);
    expect(problems(`import { far } from './far'; export const f = async (): Promise<string> => far();`, read)).toEqual([expect.stringContaining(`Type 'number' is not assignable to type 'string'`)]);
  });

  it('says nothing of JavaScript', () => {
    expect(typeProblemsIn({ file: 'a.js', text: 'let a = undefined; a.b;' })).toEqual([]);
  });
});
