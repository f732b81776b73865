import { describe, expect, test } from 'vitest';
import { findings } from './expectations.js';
import { pair } from './pairs.js';

const told = (code: string): string[] => findings(code).map(({ rule }) => rule);

const pairs = [
  pair('a memento of the editor that is awaited', `
    import type { ExtensionContext } from 'vscode';

    export class Recent {
      constructor(private readonly context: ExtensionContext) {}

      async note(file: string) {
        const files = <<(await this.context.globalState.get<string[]>('recent'))|||this.context.globalState.get<string[]>('recent')>> ?? [];
        files.push(file);
        await this.context.globalState.update('recent', files);
      }
    }`),
  pair('a memento behind methods of the class', `
    export class Tasks {
      constructor(private readonly context: { globalState: { get(key: string): any; update(key: string, value: any): Promise<void> } }) {}

      private async get(key: string) {
        return await this.context.globalState.get(key);
      }

      private async set(key: string, value: unknown) {
        await this.context.globalState.update(key, value);
      }

      async add(task: { id: string }) {
        <<const tasks = ((await this.get('tasks')) as { id: string }[]) ?? [];|||const tasks = (this.context.globalState.get('tasks') as { id: string }[]) ?? [];>>
        await this.set('tasks', [...tasks, task]);
      }
    }`),
  pair('a counter of a store that the caller gives, saved by what is returned', `
    export class Attempts {
      private turn: Promise<unknown> = Promise.resolve();
      constructor(private readonly storage: { getItem(key: string): Promise<string | null>; setItem(key: string, value: string): Promise<void> }) {}

      <<async count(user: string) {
        const tries = Number(await this.storage.getItem(\`tries:\${user}\`));
        return this.storage.setItem(\`tries:\${user}\`, String(tries + 1));
      }|||count(user: string) {
        this.turn = this.turn.then(async () => {
          const tries = Number(await this.storage.getItem(\`tries:\${user}\`));
          await this.storage.setItem(\`tries:\${user}\`, String(tries + 1));
        }).catch(() => {});
        return this.turn;
      }>>
    }`),
  pair('rows of Prisma', `
    import { PrismaClient } from '@prisma/client';

    const prisma = new PrismaClient();

    export async function like(id: string) {
      const post = await prisma.post.findUnique({ where: { id } });
      if (!post) return;
      await prisma.post.update({ where: { id }, data: { <<likes: post.likes + 1|||likes: { increment: 1 }>> } });
    }`),
  pair('documents that save themselves', `
    import { Cart } from './models';

    export async function put(id: string, price: number) {
      <<const cart = await Cart.findById(id);
      cart.total += price;
      await cart.save();|||await Cart.updateOne({ _id: id }, { $inc: { total: price } });>>
    }`),
  pair('a client of one\'s own', `
    import { createClient } from './api';

    const api = createClient();

    export async function addRole(id: string, role: string) {
      <<const user = await api.getUser(id);
      await api.updateUser(id, { ...user, roles: [...user.roles, role] });|||await api.addRole(id, role);
      return api.getUser(id);>>
    }`),
];

describe('external-lost-update', () => {
  test.each(pairs)('%s', (_name, racy, cured) => {
    expect({ racy: told(racy), cured: told(cured) }).toEqual({ racy: ['external-lost-update'], cured: [] });
  });

  test('files have a rule of their own', () => {
    const code = `import * as fs from 'node:fs/promises'; export async function add(path: string, line: string) { const text = await fs.readFile(path, 'utf8'); await fs.writeFile(path, text + line); }`;
    expect(findings(code).map(({ rule, message }) => [rule, message])).toEqual([['file-lost-update', '`path` is read at line 1, `add` suspends at line 1, and another `add` can write it before line 1.']]);
  });

  test('a message names the store and the key', () => {
    const [finding] = findings(pairs[0]![1]);
    expect(finding!.message).toBe('`globalState[recent]` is read at line 8, `note` suspends at line 8, and another `note` can write it before line 10.');
  });
});

const silent = {
  'a cache that is filled': `
    import { createClient } from 'redis';
    const client = createClient();
    export async function profile(id: string) {
      const known = await client.get(id);
      if (known) return known;
      const made = await build(id);
      await client.set(id, made);
      return made;
    }`,
  'what the caller gives is put there': `
    import { User } from './models';
    export async function rename(id: string, name: string) {
      const user = await User.findById(id);
      user.name = name;
      await user.save();
    }`,
  'a document tells the store what was added to a list of its own': `
    import { Cart } from './models';
    export async function put(id: string, item: string) {
      const cart = await Cart.findById(id);
      cart.items.push(item);
      await cart.save();
    }`,
  'a page that is asked for anew with its mark': `
    export class Pages {
      constructor(private readonly storage: Storage, private readonly load: (mark: string) => Promise<string>) {}
      async refresh() {
        const mark = await this.storage.getItem('mark');
        const next = await this.load(mark);
        await this.storage.setItem('mark', next);
      }
    }`,
  'two keys': `
    import { createClient } from 'redis';
    const client = createClient();
    export async function move(from: string, to: string) {
      const value = await client.get(from);
      await client.set(to, value + '!');
    }`,
  'a transaction': `
    import { prisma } from './db';
    export const like = (id: string) => prisma.$transaction(async (tx) => {
      const post = await prisma.post.findUnique({ where: { id } });
      await prisma.post.update({ where: { id }, data: { likes: post.likes + 1 } });
    });`,
  'a form that is migrated': `
    export class Settings {
      constructor(private readonly storage: Storage) {}
      async migrate() {
        const old = JSON.parse(await this.storage.getItem('settings'));
        await this.storage.setItem('settings', JSON.stringify({ ...old, form: 2 }));
      }
    }`,
};

test.each(Object.entries(silent))('silent: %s', (_name, code) => {
  expect(told(code)).toEqual([]);
});
