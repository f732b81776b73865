import { describe, expect, it } from 'vitest';
import { useEngine } from './judging.js';

const engine = useEngine();

describe('what only some platforms have is an assumption', () => {
  it('a class that they must have is there where the code needs it', async () => {
    const [judged] = await engine.check(`
      export class Client {
        private session: unknown;
        private readonly make: new (url: string) => unknown;
        constructor() {
          const Socket = (globalThis as any).WebSocket;
          if (typeof Socket !== 'function') throw new Error('there is no WebSocket');
          this.make = Socket;
        }
        async open(ask: () => Promise<string>) {
          if (this.session) return this.session;
          const url = await ask();
          this.session = new this.make(url);
          return this.session;
        }
      }`);
    expect(judged!.proof.verdict).toBe('confirmed');
    expect(judged!.proof.witness!.assumptions.map(({ text }) => text)).toContain('globalThis.WebSocket is set');
  });

  it('and so is a method of the global object, or a name in it', async () => {
    const [judged] = await engine.check(`
      let endpoint: string | undefined;
      export async function find() {
        if (endpoint) return endpoint;
        if (!('__BRIDGE__' in window)) return 'http://localhost';
        endpoint = await (window as any).askBridge('endpoint');
        return endpoint;
      }`);
    expect(judged!.proof.verdict).toBe('confirmed');
  });

  it('what the code sets itself is what it says, and what a region is about is found as it is', async () => {
    const [judged] = await engine.check(`
      export async function find(ask: () => Promise<string>) {
        if (!(globalThis as any).endpoint) (globalThis as any).endpoint = await ask();
        return (globalThis as any).endpoint;
      }`);
    expect(judged?.proof.witness?.assumptions.map(({ text }) => text) ?? []).not.toContain('globalThis.endpoint is set');
  });
});

describe('callbacks of what is made outside', () => {
  it('a server calls its handler for requests only, and is ready when it says so', async () => {
    const [judged] = await engine.check(`
      import http from 'http';
      export class Site {
        private server: any;
        async start(port: number) {
          if (this.server) return;
          const server = http.createServer((request, response) => { response.setHeader('x', request.url); });
          await new Promise<void>((resolve) => server.listen(port, () => resolve()));
          this.server = server;
        }
      }`);
    expect(judged!.proof.verdict).toBe('confirmed');
  });
});

describe('the function on the way to a task', () => {
  it('gets arguments as an object of the file declares them', async () => {
    const [judged] = await engine.check(`
      import { Provider } from 'provider';
      export class Factory {
        static create() {
          return {
            provide: (options) => {
              const url = options.host.name;
              let account: string | undefined;
              return new Provider(async (ask) => { if (!account) { account = await ask(url); } return account; });
            },
          };
        }
      }`);
    expect(judged?.proof.verdict).toBe('confirmed');
  });
});
