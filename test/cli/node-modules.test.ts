import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { run } from './command.js';

const folder = mkdtempSync(join(tmpdir(), 'raceproof-modules-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function json(command: string, name: string, text: string): Record<string, unknown> {
  writeFileSync(join(folder, name), text);
  return JSON.parse(run([command, name, '--format', 'json'], { cwd: folder }).stdout) as Record<string, unknown>;
}

/** In the frozen realm, where the built-ins that Node's library stands on look otherwise. */
it("Node's modules work inside the sandbox", () => {
  const text = `import { scenario } from 'raceproof';
    import * as path from 'node:path'; import util, { promisify, inspect, format } from 'node:util'; import assert from 'node:assert/strict'; import os from 'node:os'; import { fileURLToPath, parse } from 'node:url';
    import querystring from 'node:querystring'; import { AsyncLocalStorage } from 'node:async_hooks'; import { StringDecoder } from 'node:string_decoder'; import { text } from 'node:stream/consumers'; import { pipeline } from 'node:stream/promises';
    import { Readable, Transform, Writable } from 'node:stream'; import { EventEmitter } from 'node:events';
    class Own { x = 1; }
    export default scenario(() => {
      const als = new AsyncLocalStorage<string>();
      const work = promisify((x: number, f: (e: null, v: number) => void) => { setTimeout(() => f(null, x * 2), 1); });
      const request = (id: string) => () => als.run(id, async () => { assert.equal(await work(2), 4); assert.equal(als.getStore(), id); });
      return { tasks: { a: request('a'), b: request('b'), c: async () => {
        assert.equal(querystring.parse('a=1').a, '1'); assert.equal(fileURLToPath('file:///x'), '/x'); assert.equal(parse('/x?y').pathname, '/x'); assert.equal(os.EOL, '\\n'); assert.equal(path.join('/a', '../b'), '/b');
        await assert.rejects(async () => { throw new TypeError('x'); }, TypeError); assert.throws(() => assert.equal(1, 2), { code: 'ERR_ASSERTION' }); assert.throws(() => path.join(5 as never), TypeError);
        assert.equal(new StringDecoder('utf8').write(Buffer.from('é')), 'é'); assert.equal(await text(Readable.from(['q', 'r'])), 'qr'); assert.ok(util.types.isMap(new Map())); assert.equal(format('%s %d', 'a', 1), 'a 1');
        assert.equal(inspect([new Map([[1, new Set([2])]]), new Own(), [,], Promise.resolve(1), new Date(0), /x/, new (class E extends EventEmitter {})() instanceof EventEmitter, Buffer.from('a')]), "[\\n  Map(1) { 1 => Set(1) { 2 } },\\n  Own { x: 1 },\\n  [ <1 empty item> ],\\n  Promise { 1 },\\n  1970-01-01T00:00:00.000Z,\\n  /x/,\\n  true,\\n  <Buffer 61>\\n]");
        assert.deepEqual({ a: [new Map([[{ b: 1 }, new Date(5)]])] }, { a: [new Map([[{ b: 1 }, new Date(5)]])] }); assert.notDeepEqual([1, 2], [1, 3]);
        const out: string[] = []; await pipeline(Readable.from(['x']), new Transform({ transform(c, _e, f) { f(null, c + '!'); } }), new Writable({ write(c, _e, f) { out.push(String(c)); f(); } })); assert.deepEqual(out, ['x!']);
        assert.equal(new URL('/p?q=é', 'http://h').searchParams.get('q'), 'é'); assert.throws(() => new URL('x'), { name: 'TypeError', code: 'ERR_INVALID_URL' }); assert.throws(() => atob('*'), { name: 'InvalidCharacterError' });
      } } };
    });`;
  const { verdict, outcomes } = json('simulate', 'modules.race.ts', text) as { verdict: string; outcomes: { outcome: { results: object } }[] };
  expect(JSON.stringify(outcomes)).not.toContain('threw');
  expect(verdict).toBe('refuted');
});

it('what comes from outside stays so in the code of a finding, whatever module it is given to', () => {
  const text = `import { pipeline } from 'node:stream/promises'; import { promisify } from 'node:util'; import * as path from 'node:path'; import * as fs from 'node:fs';
const read = promisify(fs.readFile); let total = 0;
export async function add(name: string): Promise<void> { const before = total; const text = await read(path.join('/x', name)); total = before + text.length; }
let count = 0;
export async function copy(a: string, b: string): Promise<void> { const n = count; await pipeline(fs.createReadStream(a), fs.createWriteStream(b)); count = n + 1; }
let hits = 0;
export async function hit(res: Response): Promise<void> { const n = hits; const body = await res.text(); const all = Buffer.concat([Buffer.from(body), Buffer.from(String(n))]); new URL('http://x/' + all.toString()); hits = n + 1; }
`;
  const { findings } = json('check', 'outside.ts', text) as { findings: { rule: string; verdict: string }[] };
  expect(findings.map(({ rule, verdict }) => `${rule} ${verdict}`)).toEqual(['lost-update confirmed', 'lost-update confirmed', 'lost-update confirmed']);
});
