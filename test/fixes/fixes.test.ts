import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fileURLToPath } from 'node:url';
import { applyEdits, fixesFor } from '../../src/fixes/index.js';
import { analyse } from '../../src/analysis/index.js';
import type { JudgedFix } from '../../src/model/index.js';
import { proveFixes } from '../../src/proof/index.js';
import { useEngine } from '../proof/judging.js';
import { typeErrorsIn } from './type-errors.js';

const engine = useEngine();
const folder = new URL('fixtures/', import.meta.url);
const names = readdirSync(folder).filter((name) => /^[^.]+\.[jt]s$/.test(name) && name !== 'world.ts');

interface Fixed {
  readonly fix: JudgedFix;
  readonly text: string;
}

/** The first proved fix of each finding of a file, by itself. */
async function fixedTexts(file: string, text: string): Promise<Fixed[]> {
  const fixed: Fixed[] = [];
  for (const finding of analyse({ file, text }).findings) {
    const [fix] = await proveFixes(finding, { file, text }, engine.simulator);
    expect(fix, `${finding.rule} has no fix`).toBeDefined();
    expect(fix!.verdict, fix!.reason).toBe('proved');
    fixed.push({ fix: fix!, text: applyEdits(text, fix!.edits) });
  }
  return fixed;
}

describe('what is tried', () => {
  /** What the first change of the first finding of a rule makes of the text. */
  const drafted = (rule: string, text: string): string | undefined => {
    const finding = analyse({ file: 'subject.ts', text }).findings.find((one) => one.rule === rule);
    return finding && fixesFor(finding, { file: 'subject.ts', text })[0]?.text;
  };

  it('what runs itself under a lock: a version without the lock runs itself', () => {
    expect(drafted('self-deadlock', `import PQueue from 'p-queue';
const queue = new PQueue({ concurrency: 1 });
declare function list(folder: string): Promise<string[]>;
export async function walk(folder: string): Promise<void> {
  await queue.add(async () => {
    for (const inner of await list(folder)) await walk(inner);
  });
}
`)).toBe(`import PQueue from 'p-queue';
const queue = new PQueue({ concurrency: 1 });
declare function list(folder: string): Promise<string[]>;
export async function walk(folder: string): Promise<void> {
  await queue.add(() => walkLocked(folder));
}

async function walkLocked(folder: string): Promise<void> {
  for (const inner of await list(folder)) await walkLocked(inner);
}
`);
  });

  it('a version that expects the lock to be held is there already', () => {
    const text = `import pLimit from 'p-limit';
const limit = pLimit(1);
declare function load(id: string): Promise<string[]>;
async function visit(id: string): Promise<void> {
  for (const child of await load(id)) await size(child);
}
export function size(id: string): Promise<void> {
  return limit(() => visit(id));
}
`;
    expect(drafted('self-deadlock', text)).toBe(text.replace('await size(child)', 'await visit(child)'));
    // Not where it may run without.
    expect(drafted('self-deadlock', `${text}export const first = () => visit('first');\n`)).toBeUndefined();
  });

  it('a callback that never says that it is done, without parentheses around its parameter', () => {
    const text = `import AsyncLock from 'async-lock';
const lock = new AsyncLock();
const versions: Record<string, number> = {};
declare function store(key: string, version: number): Promise<void>;
export async function put(key: string): Promise<void> {
  await lock.acquire(key, async done => {
    const version = versions[key] ?? 0;
    await store(key, version);
    versions[key] = version + 1;
  });
}
`;
    expect(drafted('lock-callback-misuse', text)).toBe(text.replace('async done =>', 'async () =>'));
  });
});

describe('what is no fix', () => {
  /** The verdict and reason of each change that is tried, by its title. */
  async function tried(text: string): Promise<Record<string, string>> {
    const [finding] = analyse({ file: 'subject.ts', text }).findings;
    const fixes = await proveFixes(finding!, { file: 'subject.ts', text }, engine.simulator, { most: 99 });
    return Object.fromEntries(fixes.map(({ title, verdict, reason }) => [title, `${verdict}: ${reason}`]));
  }

  it('what the compiler would refuse', async () => {
    const judged = await tried(`interface Made { n: number } let made: Made | null = null; declare function make(): Promise<Made>; declare function log(): Promise<void>;
export async function get(): Promise<Made> {
  if (made === null) {
    const one = await make();
    await log();
    made = one;
  }
  return made;
}
`);
    expect(judged['Keep the promise of the work in flight, so that the next `get` waits for it instead of starting it again']).toMatch(/^unproved: it would not type-check: Type 'Made \| null' is not assignable/);
    expect(judged['Guard `made` with a mutex']).toMatch(/^proved/);
  });

  it('what changes how the tasks end one after the other', async () => {
    const judged = await tried(`let profile = { name: 'guest', visits: 0 };
export async function rename(name: string) {
  const next = { ...profile };
  await validate(name);
  next.name = name;
  profile = next;
}
export function visit() { profile = { ...profile, visits: profile.visits + 1 }; }
`);
    expect(judged['Read `profile` again in the statement that writes it']).toBe('unproved: one after the other the tasks end differently than before');
  });

  it('what asks something of callers elsewhere, or of the memory: it is told, and not proved', async () => {
    expect(await tried(`declare function connect(): Promise<{ get(id: string): string }>;
export class Store {
  private db!: { get(id: string): string };
  constructor() { this.init(); }
  private async init() { this.db = await connect(); }
  get(id: string) { return this.db.get(id); }
}
`)).toEqual({ 'Keep the promise of the set-up, and await it before `db` is used': 'unproved: `get` becomes async: callers in other files have to wait for what it gives' });
    expect(await tried(`export class Meter {
  readonly #block = new Float32Array(128);
  process(worker: Worker, input: Float32Array) { this.#block.set(input); worker.postMessage(this.#block, [this.#block.buffer]); }
}
`)).toEqual({ 'Send a copy of `this.#block` instead of transferring it': expect.stringMatching(/^unproved: a copy takes time and memory/) });
  });

  it('another call\'s work, where the answer depends on what the caller wants', async () => {
    const judged = await tried(`interface Page { id: string } declare function load(id: string): Promise<Page | null>;
export class Reader {
  private page: Page | null = null;
  async open(id: string): Promise<Page | null> {
    if (this.page && this.page.id === id) return this.page;
    const page = await load(id);
    if (!page) return null;
    this.page = page;
    return page;
  }
}
`);
    expect(Object.keys(judged).filter((title) => title.startsWith('Keep'))).toEqual([]);
  });

  it('one promise for entries under different keys', async () => {
    const judged = await tried(`interface Client { n: number } declare function connect(): Promise<Client | null>;
export class Pool {
  private slots: Record<string, { client: Client | null }> = { a: { client: null } };
  private current = 'a';
  async get(): Promise<Client | null> {
    if (this.slots[this.current]!.client) return this.slots[this.current]!.client;
    const client = await connect();
    if (!client) return null;
    this.slots[this.current]!.client = client;
    return client;
  }
}
`);
    expect(Object.keys(judged).filter((title) => title.startsWith('Keep'))).toEqual([]);
  });

  it('an atomic access to what a flag should order', async () => {
    expect(Object.keys(await tried(`const cells = new Int32Array(new SharedArrayBuffer(8));
export function publish(value: number) { Atomics.store(cells, 0, 1); cells[1] = value; }
export function take() { while (Atomics.load(cells, 0) === 0); return cells[1]; }
`))).toEqual(['Write `cells[1]` before the flag that tells of it']);
  });

  it('what nobody can run: a lock without a model', async () => {
    const judged = await tried(`import AsyncLock from 'async-lock';
const lock = new AsyncLock();
export function save(text: string) { return lock.acquire('file', async (done) => { await write(text); done(); }); }
declare function write(text: string): Promise<void>;
`);
    expect(judged).toEqual({ 'Let the lock wait for the promise of the callback, without `done`': expect.stringMatching(/^unproved/) });
  });

  it('comes after what leaves every effect as it is: a check after the payment refuses who has paid', async () => {
    const titles = Object.keys(await tried(`let seats = 1;
export async function book(order: string) { if (seats <= 0) return false; await charge(order); seats -= 1; return true; }
`));
    expect(titles[0]).toBe('Take from `seats` before the await, and give it back on failure');
    expect(titles.at(-1)).toBe('Check `seats` again after the await');
  });
});

describe('a proved fix of', () => {
  it('code that names a type of a package that is not seen', async () => {
    const text = `import * as host from 'host';
declare function select(): Promise<host.Chat | null>;
export class Handler {
  private client: host.Chat | null = null;
  async getClient(): Promise<host.Chat> {
    if (this.client) return this.client;
    const found = await select();
    if (!found) throw new Error('none');
    this.client = found;
    return found;
  }
}
`;
    const [{ fix }] = (await fixedTexts('subject.ts', text)) as [Fixed];
    expect(fix.title).toMatch(/^Keep the promise in flight/);
  });

  it('a call that is told nothing: all of it is kept in flight, unless it refuses who comes meanwhile', async () => {
    const titles = async (text: string): Promise<string[]> => {
      const [finding] = analyse({ file: 'subject.ts', text }).findings;
      const fixes = await proveFixes(finding!, { file: 'subject.ts', text }, engine.simulator, { most: 99 });
      return fixes.filter(({ verdict }) => verdict === 'proved').map(({ title }) => title);
    };
    const kept = 'Keep the promise of `connect` in flight, so that who calls it meanwhile gets the same one';
    expect(await titles(`interface Runner { ready(): Promise<void>; database(): Promise<string> }
export class Driver {
  database: string | undefined;
  constructor(private readonly open: () => Runner) {}
  async connect(): Promise<void> { const runner = this.open(); await runner.ready(); this.database ??= await runner.database(); }
}
`)).toContain(kept);
    expect(await titles(`declare function announce(event: string): Promise<void>;
export class Driver {
  isActive = false;
  async connect(): Promise<void> { if (this.isActive) throw new Error('twice'); await announce('before'); this.isActive = true; }
}
`)).not.toContain(kept);
  });

  it('what a component adds to a state: it is added to what the state is by then', async () => {
    const text = `import { useCallback, useState } from 'react';
import { save } from './api';
export function useCart(customer: string) {
  const [count, setCount] = useState(0);
  const add = useCallback(async (more: number) => {
    await save(customer);
    setCount(count + more);
  }, [customer, count]);
  return { count, add };
}
`;
    const [{ fix, text: after }] = (await fixedTexts('use-cart.tsx', text)) as [Fixed];
    expect(fix.title).toBe('Set `count` from what it is by then');
    expect(after).toBe(text.replace('setCount(count + more)', 'setCount((currentCount) => currentCount + more)'));
  });

  it.each(names)('%s reads like the rest of the file, and type-checks', async (name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    const fixed = await fixedTexts(name, text);
    expect(fixed).toHaveLength(1);
    const [{ fix, text: after }] = fixed as [Fixed];
    await expect(`// ${fix.title}\n${after}`).toMatchFileSnapshot(fileURLToPath(new URL(name.replace(/\.([jt]s)$/, '.fixed.$1'), folder)));
    expect(typeErrorsIn(folder, name, text)).toEqual([]);
    expect(typeErrorsIn(folder, name, after)).toEqual([]);
  });
});

