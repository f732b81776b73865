import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analysis/index.js';
import type { Scenario } from '../../src/model/index.js';
import { prove } from '../../src/proof/index.js';
import type { Simulator } from '../../src/simulator/index.js';
import { NondeterminismError } from '../../src/simulator/explore/index.js';
import { useEngine } from './judging.js';

const engine = useEngine();

async function verdictOf(text: string, rule: string): Promise<string> {
  const judged = (await engine.check(text)).find(({ finding }) => finding.rule === rule);
  if (!judged) throw new Error(`no finding of ${rule}`);
  return `${judged.proof.verdict}: ${judged.proof.reason}`;
}

describe('what keeps real code from a verdict', () => {
  it.each(['async import(file: string) { this.items = await read(file); }', 'static #own = 0; import = async (file: string) => { this.items = await read(file); }', 'async import(file: string) { await this.#import(file); } async #import(file: string) { this.items = await read(file); }', 'async eval(script: string) { this.items = await read(`eval(${script})`); }'])('a method that has the name of a dynamic import, or of eval: %s', async (method) => {
    expect(await verdictOf(`import { read } from './outside'; export class Store { items: string[] = []; ${method} }`, 'out-of-order-response')).toMatch(/^confirmed/);
  });

  it('texts that look like what an evaluator refuses', async () => {
    const proof = await engine.run("let text = ''; export async function add(load: () => Promise<void>) { let n = 1; const before = text; await load(); text = `${before}<!--x-->` + 'import(1)\\<!--eval()' + '-->'.length + /^--[-->]$/.test('-->') + String(/import\\(/.source.length) + `${n --> 0}`; }", 'add');
    expect(JSON.stringify(proof.witness?.outcome)).toContain('<!--x-->import(1)<!--eval()3true');
  });

  it('an object with methods of such names', async () => {
    expect(await verdictOf(`import { read } from './outside'; export const store = { items: [] as string[], get import() { return this.items; }, async load(file: string) { this.items = await read(file); return this.import; } };`, 'out-of-order-response')).toMatch(/^confirmed/);
  });

  it('a part that is looked at does not hide that the whole was replaced', async () => {
    expect(await verdictOf(`
      import { fetchMarkets } from './api';
      export class Markets {
        #cache: readonly unknown[] = [];
        async all() {
          if (this.#cache.length > 0) return this.#cache;
          const markets = await fetchMarkets();
          this.#cache = markets.length > 0 ? ['one'] : ['one'];
          return this.#cache;
        }
      }`, 'double-initialization')).toMatch(/^confirmed/);
  });

  it('a field of something that is replaced by its like is not accused, and not acquitted', async () => {
    const { verdict, reason } = await engine.run(`
      import { rename } from './api';
      export class Profile {
        session: { readonly token: string; readonly user: unknown } = { token: 'secret', user: undefined };
        async rename(name: string) {
          if (!this.session.token) throw new Error('not logged in');
          const user = await rename(name);
          this.session = { ...this.session, user };
        }
      }`, 'Profile.rename');
    expect(verdict, reason).not.toBe('confirmed');
  });

  it('what comes from outside has as many elements as a pattern asks for', async () => {
    expect(await verdictOf(`
      import { settings, open } from './outside';
      let connection: unknown;
      export async function connect() {
        const [host, { port }] = settings.address;
        for (const [name, server] of Object.entries(settings.servers)) if (server.name !== name) host.note(server.port);
        if (!connection) connection = await open(host.name, port.number);
        return connection;
      }`, 'double-initialization')).toMatch(/^confirmed/);
  });

  it('an object that takes over from outside has what it does not say itself', async () => {
    const proof = await engine.run(`
      import { stored, save } from './outside';
      let session = stored.session;
      export async function rename(name: string) {
        if (!session.token) throw new Error('not logged in');
        await save(session.token, name);
        session = { ...session, name };
      }`, 'rename');
    expect(JSON.stringify(proof.outcomes)).not.toContain('not logged in');
    expect(JSON.stringify(proof.outcomes)).toContain('...stored.session');
  });

  it('a callback that a private method registers is run through the constructor', async () => {
    expect(await verdictOf(`
      export class Balances {
        #count = 0;
        constructor(private readonly messenger: { subscribe(name: string, handler: (by: number) => void): void }, private readonly store: { load(): Promise<void> }) {
          this.#subscribe();
        }
        #subscribe() {
          this.messenger.subscribe('changed', async (by) => {
            const before = this.#count;
            await this.store.load();
            this.#count = before + by;
          });
        }
      }`, 'lost-update')).toMatch(/^confirmed/);
  });

  it('what prepares an object is run before', async () => {
    expect(await verdictOf(`
      import { connect } from './driver';
      export class Uploader {
        #target = '';
        #sent = 0;
        init(target: string) { this.#target = target + '/uploads'; }
        async upload(file: string) {
          if (this.#target !== 'target/uploads') throw new Error('init() has to be called first');
          const before = this.#sent;
          await connect(this.#target, file);
          this.#sent = before + 1;
        }
      }`, 'lost-update')).toMatch(/^confirmed/);
  });

  it('two calls with different values for what may be left out', async () => {
    expect(await verdictOf(`
      export abstract class Tables {
        loaded: unknown[] = [];
        constructor(private readonly database: { load(names: string[] | undefined): Promise<unknown[]> }) {}
        async tables(names?: string[]) {
          this.loaded = await this.database.load(names);
          return this.loaded;
        }
      }
      export class AllTables extends Tables {}`, 'out-of-order-response')).toMatch(/^confirmed/);
  });

  it('state that a library keeps, which is not linked in, refutes nothing', async () => {
    expect(await verdictOf(`
      import { produce } from 'somewhere';
      import { fetchOverview } from './api';
      export class Digest {
        state: { overview: unknown } = produce({ overview: undefined });
        update(change: (state: { overview: unknown }) => void) { this.state = produce(this.state, change); }
        async overview() {
          if (this.state.overview) return this.state.overview;
          const overview = await fetchOverview();
          this.update((state) => { state.overview = overview; });
          return overview;
        }
      }`, 'double-initialization').catch(() => 'unproven: no finding')).not.toMatch(/^refuted/);
  });

  it('conditions that change nothing do not keep a finding from being refuted', async () => {
    const conditions = Array.from({ length: 12 }, (_, index) => `if (options.flag${index}) options.note${index} = ${index};`).join(' ');
    const { verdict, reason } = await engine.run(`
      import { options, save } from './outside';
      let busy = false;
      let total = 0;
      export async function add() {
        ${conditions}
        if (busy) return 'busy';
        busy = true;
        const before = total;
        await save(before);
        total = before + 1;
        busy = false;
        return 'added';
      }`, 'add');
    expect(verdict, reason).toBe('refuted');
  });

  const initialize = (guard: string): string => `
    async function make() { return { made: true }; }
    let instance: unknown;
    let isMaking = false;
    export async function initialize() {
      if (instance) throw new Error('initialized already');
      ${guard}
      const made = await make();
      instance = made;
      return instance;
    }`;

  it('waits that end in their own turn let two calls interleave that are made in one turn', async () => {
    const { verdict, reason, witness } = await engine.run(initialize(''), 'initialize');
    expect(verdict, reason).toBe('confirmed');
    expect(reason).toMatch(/, the calls made in one turn$/);
    expect(witness!.schedule.events.map(({ label }) => label)).toEqual(['first and second start in one turn']);
    expect(witness!.trace.steps.map(({ task }) => task)).toEqual(expect.arrayContaining(['first', 'second']));
  });

  it('is seen before all that may have been run before is tried', async () => {
    const text = `
      export class Store {
        private readonly values = new Map<string, { value: unknown; until: number }>();
        async get(key: string): Promise<unknown> {
          const entry = this.values.get(key);
          if (!entry) return null;
          return entry.value;
        }
        async set(key: string, value: unknown, ttl?: number): Promise<void> { this.values.set(key, { value, until: ttl ?? 0 }); }
        async setIfNotExists(key: string, value: unknown, ttl?: number): Promise<boolean> {
          const existing = await this.get(key);
          if (existing !== null) return false;
          await this.set(key, value, ttl);
          return true;
        }
      }`;
    const finding = analyse({ file: 'subject.ts', text }).findings.find(({ location }) => location.startsWith('Store#values'))!;
    const tried: Scenario[] = [];
    const simulator: Simulator = { ...engine.simulator, explore: (scenario, ...rest) => (tried.push(scenario), engine.simulator.explore(scenario, ...rest)) };
    const { verdict, reason } = await prove(finding, { file: 'subject.ts', text }, simulator);
    expect([verdict, reason]).toEqual(['confirmed', expect.stringMatching(/, the calls made in one turn$/)]);
    expect(tried.some(({ prelude }) => prelude.length > 0)).toBe(false);
  });

  it('refutes what is safe even if both calls are made in one turn', async () => {
    const { verdict, reason } = await engine.run(initialize("if (isMaking) throw new Error('busy'); isMaking = true;"), 'initialize');
    expect(verdict, reason).toBe('refuted');
  });

  it('does not take handlers to be called twice in one turn', async () => {
    const { verdict, reason } = await engine.run(`
      import { source } from './outside';
      async function make() { return { made: true }; }
      let instance: unknown;
      source.on('open', async function opened() {
        if (instance) return;
        const made = await make();
        instance = made;
      });`, 'opened');
    expect(verdict, reason).toBe('bounded');
    expect(reason).toMatch(/; handlers that are called in one turn were not tried; a scenario file \(simulate --export race\) can call them so$/);
  });

  it('without a region to judge it says so', async () => {
    const { reason } = await engine.run("import { save } from './outside';\nexport async function store() { await save(1); return 2; }", 'store');
    expect(reason).toMatch(/^there is nothing to judge: /);
  });

  it('tells of a program that is not deterministic in one line', () => {
    const past = Array.from({ length: 40 }, (_, index) => ({ id: `first${'.1'.repeat(index)}`, task: 'first', label: 'x' }));
    expect(new NondeterminismError({ version: 1, events: past }, past.map(({ id }) => id), ['second']).message.length).toBeLessThan(600);
  });
});
