import { describe, expect, it } from 'vitest';
import { useEngine } from './judging.js';

const engine = useEngine();

describe('what may have happened before the tasks start', () => {
  it('an entry that is looked up may be there', async () => {
    const [judged] = await engine.check(`
      interface Session { model: string; cost: number }
      export class Agent {
        private readonly sessions = new Map<string, Session>();
        constructor(private readonly far: { create(): Promise<Session>; price(model: string): Promise<number> }) {}
        async open(id: string) { this.sessions.set(id, await this.far.create()); }
        async charge(id: string) {
          const session = this.sessions.get(id);
          if (!session) throw new Error('unknown session');
          session.cost = session.cost + (await this.far.price(session.model));
        }
      }`);
    expect(judged!.proof.verdict, judged!.proof.reason).toBe('confirmed');
  });

  const service = (members: string): string => `
      export class Service {
        private connection: { send(text: string): Promise<void> } | undefined;
        private sent = 0;
        ${members}
        async send(text: string) {
          if (!this.connection) throw new Error('not connected');
          const before = this.sent;
          await this.connection.send(text);
          this.sent = before + 1;
        }
      }`;

  it('a field that only a handler sets may be set, and the witness says so', async () => {
    const [judged] = await engine.check(service(`
        constructor(bus: { on(type: string, handler: (connection: unknown) => void): void }) { bus.on('open', (connection) => { this.connection = connection as never; }); }`));
    const { proof } = judged!;
    expect(proof.verdict, proof.reason).toBe('confirmed');
    expect(proof.witness!.assumptions.map(({ text }) => text)).toContain('this.connection is set');
  });

  it('one that another method sets, however late, is set by running that before', async () => {
    const [judged] = await engine.check(service('wire(connection: { readonly later: unknown }) { if (connection.later) setTimeout(() => { this.connection = connection as never; }, 5); }'));
    const { proof } = judged!;
    expect(proof.verdict, proof.reason).toBe('confirmed');
    expect(proof.scenario!.prelude.map(({ name }) => name)).toEqual(['wire(connection)']);
    expect(proof.witness!.assumptions.map(({ text }) => text)).not.toContain('this.connection is set');
  });

  it('holds for what set-up has made only, and until somebody writes', async () => {
    const proof = await engine.run(`
      import { far } from 'far-away';
      export class Service {
        private readonly open = new Set<string>();
        private count = 0;
        async use(name: string) {
          const seen = new Set<string>();
          if (seen.has(name)) throw new Error('never');
          this.open.add(name);
          if (!this.open.has(name)) { const before = this.count; await far(); this.count = before + 1; }
        }
      }`, 'Service.use');
    expect(proof.verdict).toBe('unproven');
  });
});
