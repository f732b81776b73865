import { describe, expect, it } from 'vitest';
import { explored } from './scenario-logs.js';

const file = (body: string): Record<string, string> => ({ 'main.race.ts': `import { scenario, agent } from 'raceproof'; import * as crypto from 'node:crypto'; import { access } from 'node:fs/promises'; ${body}` });
const hash = `const short = (value: any) => crypto.createHash('sha256').update(value).digest('hex').slice(0, 6);`;

describe('what tasks draw by chance', () => {
  it('depends on who draws first, and all such orders are explored', () => {
    const { logs, executions } = explored(file(`export default scenario(() => { const log: unknown[] = []; const draw = (name: string) => async () => { log.push(name + crypto.randomBytes(2).toString('hex')); };
      return { tasks: { a: draw('a'), b: draw('b') }, observe: () => ({ log: [...log].sort() }) }; });`));
    expect(logs).toHaveLength(2);
    expect(executions).toBe(2);
    const [first, second] = logs.map((log) => JSON.parse(log) as string[]);
    // The same two numbers, the other way round.
    expect(first!.map((line) => line.slice(1))).toEqual(second!.map((line) => line.slice(1)).reverse());
  });

  it('is drawn by each kind of call from one stream', () => {
    const { logs } = explored(file(`export default scenario(() => { const log: unknown[] = []; return { tasks: { a: async () => { log.push('a' + crypto.randomInt(1000)); }, b: async () => { log.push('b' + crypto.randomUUID().slice(0, 4)); }, c: async () => { const { publicKey } = crypto.generateKeyPairSync('x25519'); log.push('c' + publicKey.export({ format: 'jwk' }).x!.slice(0, 4)); } },
      observe: () => ({ log: [...log].sort() }) }; });`));
    expect(logs).toHaveLength(6);
  });

  it('leaves what does not draw independent', () => {
    const { logs, executions } = explored(file(`${hash} export default scenario(() => { const log: string[] = []; const seal = (name: string) => async () => { const cipher = crypto.createCipheriv('aes-256-gcm', Buffer.alloc(32, name), Buffer.alloc(12)); const sealed = Buffer.concat([cipher.update(short(name)), cipher.final(), cipher.getAuthTag()]); await null; void short(sealed); };
      return { tasks: { a: seal('a'), b: seal('b') }, observe: () => ({ log }) }; });`));
    expect({ logs, executions }).toEqual({ logs: ['[]'], executions: 1 });
  });
});

describe('what is drawn while the scene is set', () => {
  /** Two agents write what they know of a number that was drawn; `where` it was drawn, as text of the module and of set-up. */
  const agents = (where: { readonly module?: string; readonly setUp?: string }): Record<string, string> => file(`${where.module ?? ''}
    export default scenario(() => { ${where.setUp ?? ''} const seen = new Uint32Array(new SharedArrayBuffer(12));
      const tell = (place: number) => agent(() => { Atomics.store(seen, place, number()); });
      return { tasks: { a: tell(0), b: tell(1), main: () => { Atomics.store(seen, 2, number()); } }, observe: () => ({ log: [new Set(seen).size, seen[0] !== 0] }) }; });`);
  const drawn = `const bytes = crypto.randomBytes(4); const number = () => bytes.readUInt32LE();`;

  it('is the same in all agents, at the top of the file and in set-up', () => {
    expect(explored(agents({ module: drawn })).logs).toEqual(['[1, true]']);
    expect(explored(agents({ setUp: drawn })).logs).toEqual(['[1, true]']);
  });

  it('goes on where the top of the file has left off', () => {
    const text = file(`const first = crypto.randomBytes(4).toString('hex'); export default scenario(() => { const second = crypto.randomBytes(4).toString('hex'); return { tasks: { a: () => first === second }, observe: () => ({ log: first === second }) }; });`);
    expect(explored(text).logs).toEqual(['false']);
  });

  it('is an agent\'s own when it draws later', () => {
    expect(explored(agents({ module: `const number = () => crypto.randomBytes(4).readUInt32LE();` })).logs).toEqual(['[3, true]']);
  });
});

describe('messages that are sealed', () => {
  it('have the same outcomes one of each class as all executions', () => {
    const text = file(`${hash} export default scenario(() => { const log: unknown[] = []; const key = crypto.randomBytes(32); let last: Buffer = Buffer.alloc(0); const pause = () => access('/tmp');
      const seal = (name: string) => async () => { const iv = crypto.randomBytes(12); await pause(); const cipher = crypto.createCipheriv('aes-256-gcm', key, iv); last = Buffer.concat([iv, cipher.update(name), cipher.final(), cipher.getAuthTag()]); };
      const open = () => { const decipher = crypto.createDecipheriv('aes-256-gcm', key, last.subarray(0, 12)); decipher.setAuthTag(last.subarray(-16)); return decipher.update(last.subarray(12, -16)).toString() + decipher.final().toString(); };
      return { tasks: { a: seal('a'), b: seal('b') }, observe: () => { log.push(open(), short(last)); return { log }; } }; });`);
    const { logs } = explored(text);
    expect(logs.map((log) => log.slice(2, 3))).toEqual(['a', 'a', 'b', 'b']);
  });
});
