import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analysis/index.js';
import { trialOf, type TrialResult } from '../../src/proof/trial.js';
import { useEngine } from './judging.js';

const engine = useEngine();
const exploration = { strategy: 'optimal', maxExecutions: 2_000, maxMilliseconds: 4_000, stopAtFirst: false } as const;

/** What is said of a text that is put in the place of another, line for line. */
async function tried(before: string, after: string): Promise<TrialResult | undefined> {
  const source = { file: 'subject.ts', text: before };
  const [finding] = analyse(source).findings;
  const trial = await trialOf(finding!, { source, simulator: engine.simulator, options: {}, exploration, entriesOf: (text) => analyse(text).functions.map(({ entry }) => entry) });
  return trial?.({ title: 'Change it', edits: [], text: after, added: [], moved: (range) => [range] });
}

const server = (start: string): string => `declare function readConfig(): Promise<{ port: number }>; declare function listen(port?: number): void; declare function pause(): Promise<void>;
export class Server {
  private config?: { port: number };
  async start() {
${start}
    listen(
this.config?.port
    );
  }
  private async load() {
    this.config = await readConfig();
  }
}
`;

describe('an order is tried', () => {
  it('and holds where the work is waited for', async () => {
    expect(await tried(server('    this.load();'), server('    await this.load();'))).toMatchObject({ isProved: true });
  });

  it('and does not where something else is', async () => {
    expect(await tried(server('    this.load();'), server('    this.load(); await pause();'))).toEqual({ isProved: false, reason: 'in some run the order is still the wrong one' });
  });

  it('and the work must be done', async () => {
    expect((await tried(server('    this.load();'), server('    await pause(); return;')))?.isProved).toBe(false);
  });

  it('before the end of the task, where a return is too early', async () => {
    const sizes = (each: string, end: string): string => `declare function size(url: string): Promise<number>; declare function pause(): Promise<void>;
export async function sizes(urls: string[]) {
  const found: number[] = [];
  ${each}(async (url) => {
    const one = await size(url);
    found.push(one);
  }${end};
  return found;
}
`;
    const before = sizes('urls.forEach', ')');
    expect(await tried(before, sizes('await Promise.all(urls.map', '))'))).toMatchObject({ isProved: true });
    expect(await tried(before, sizes('await Promise.race([pause(), urls.map', ')])'))).toMatchObject({ isProved: false });
  });

  it('of what set-up has left running', async () => {
    const store = (start: string, wait: string): string => `declare function connect(): Promise<{ get(id: string): Promise<string> }>; declare function pause(): Promise<void>;
export class Store {
  private db!: { get(id: string): Promise<string> };
  readonly ready: unknown;
  constructor() { ${start}this.init(); }
  private async init() { this.db = await connect(); }
  async get(id: string) {
${wait}
    return this.db.get(id);
  }
}
`;
    expect(await tried(store('', ''), store('this.ready = ', 'await this.ready;'))).toMatchObject({ isProved: true });
    expect(await tried(store('', ''), store('', 'await pause();'))).toMatchObject({ isProved: false });
  });
});

describe('agents are run', () => {
  const counter = (body: string): string => `const hits = new Int32Array(new SharedArrayBuffer(4));
export function count(by: number) {
  ${body}
}
`;

  it('and no update is lost where it is one operation', async () => {
    expect(await tried(counter('hits[0] += by;'), counter('Atomics.add(hits, 0, by);'))).toEqual({ isProved: true, reason: 'run by 2 agents, 4 of 4 interleavings of the old code go wrong, and none of 2 of the new one' });
  });

  it('and what makes the accesses atomic, but not the update, does not help', async () => {
    expect(await tried(counter('hits[0] += by;'), counter('Atomics.store(hits, 0, Atomics.load(hits, 0) + by);'))).toEqual({ isProved: false, reason: 'run by agents, the changed code still goes wrong: serializability' });
  });

  it('and what does no work is no cure', async () => {
    expect(await tried(counter('hits[0] += by;'), counter('void by;'))).toEqual({ isProved: false, reason: 'run by agents, the changed code ends otherwise than the old one ever does' });
  });

  it('with memory that is handed in', async () => {
    const lock = (body: string): string => `export class Counter {
  readonly #cells: Int32Array;
  constructor(memory: SharedArrayBuffer) { this.#cells = new Int32Array(memory); }
  finish(value: number) {
    this.#cells[1] = value;
    ${body}
  }
  wait() {
    while (Atomics.load(this.#cells, 0) === 0);
    return this.#cells[1];
  }
}
`;
    expect(await tried(lock('this.#cells[0] = 1;'), lock('Atomics.store(this.#cells, 0, 1);'))).toMatchObject({ isProved: true });
  });

  it('unless nobody can say what they are called with', async () => {
    expect(await tried(`const hits = new Int32Array(new SharedArrayBuffer(4));
export function count(by: { readonly n: number }) {
  hits[0] += by.n;
}
`, '')).toBeUndefined();
  });
});
