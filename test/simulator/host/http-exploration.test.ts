import { describe, expect, it } from 'vitest';
import { explored, scenario as scenarioOf } from './scenario-logs.js';

const scenario = (tasks: string, setUp = '', more = '') => scenarioOf(tasks, setUp, more).replace('export default', `import * as http from 'node:http'; export default`);
/** Answers the n-th request with n, and with what `answer` adds. */
const counting = (answer = 'res.end(String(++n));') => `let n = 0; const server = http.createServer((req, res) => { ${answer} }); server.listen(8080);`;
const asks = (name: string, more = '') => `${name}: async () => { try { log.push('${name} ' + await (await fetch('http://127.0.0.1:8080/'${more})).text()); } catch (e) { log.push('${name} ' + e.message + (e.cause?.code ? ' ' + e.cause.code : '')); } }`;
const away = (task: string) => task.replace(/^(\w+): (.*)$/s, '$1: agent($2)').replaceAll('log.push', 'port.postMessage');
const channel = `const { port1, port2: port } = new MessageChannel(); port1.on('message', (m) => { log.push(m); });`;

describe('requests between simulated peers', () => {
  it('stand in no order, nor do their responses', () => {
    expect(explored({ 'main.race.ts': scenario(`${asks('a')}, ${asks('b')}`, counting()) }).logs).toEqual(['["a 1", "b 2"]', '["a 2", "b 1"]', '["b 1", "a 2"]', '["b 2", "a 1"]']);
  });

  it('of agents are answered by the main thread in any order', () => {
    expect(explored({ 'main.race.ts': scenario(`${away(asks('a'))}, ${away(asks('b'))}`, `${channel} ${counting()}`) }).logs).toEqual(['["a 1", "b 2"]', '["a 2", "b 1"]', '["b 1", "a 2"]', '["b 2", "a 1"]']);
  });

  it('are served by a worker', () => {
    const main = scenario(`main: () => { const worker = new Worker('./server.ts'); worker.on('exit', () => { log.push('exit'); }); worker.on('message', async (port) => { const r = await fetch('http://127.0.0.1:' + port, { method: 'POST', body: '{"a":1}' }); log.push(await r.json()); }); }`);
    const files = { 'server.ts': `import * as http from 'node:http'; import { parentPort } from 'node:worker_threads'; import type { AddressInfo } from 'node:net'; const server = http.createServer(async (req, res) => { let all = ''; for await (const part of req) all += part; res.end(all); server.close(); }).listen(0, () => { parentPort!.postMessage((server.address() as AddressInfo).port); });` };
    expect(explored({ 'main.race.ts': main, ...files }).logs).toEqual(['["exit", { a: 1 }]', '[{ a: 1 }, "exit"]']);
  });

  it('one after the other are ordered', () => {
    expect(explored({ 'main.race.ts': scenario(`a: async () => { for (let i = 0; i < 2; i++) log.push(await (await fetch('http://127.0.0.1:8080/')).text()); }`, counting()) }).logs).toEqual(['["1", "2"]']);
  });

  it('are refused or answered, as the server listens later or earlier', () => {
    const serves = `server: () => { const server = http.createServer((req, res) => res.end('ok')); server.listen(8080); }`;
    expect(explored({ 'main.race.ts': scenario(`${asks('a')}, ${serves}`) }).logs).toEqual(['["a fetch failed ECONNREFUSED"]', '["a ok"]']);
    expect(explored({ 'main.race.ts': scenario(`${away(asks('a'))}, ${serves}`, channel) }).logs).toEqual(['["a fetch failed ECONNREFUSED"]', '["a ok"]']);
  });

  it('may be performed though their response is lost', () => {
    const lossy = `let count = 0; let losses = 1; const server = http.createServer((req, res) => { count++; if (losses-- > 0) res.destroy(); else res.end('done'); }); server.listen(8080);`;
    const retry = `a: async () => { for (;;) try { log.push(await (await fetch('http://127.0.0.1:8080/', { method: 'POST' })).text()); return; } catch { log.push('again'); } }`;
    expect(explored({ 'main.race.ts': scenario(retry, lossy, 'invariant: () => count <= 1,') }).problems).toContain('invariant');
  });

  it('time out before or after the response, and may be performed either way', () => {
    const { logs } = explored({ 'main.race.ts': scenario(asks('a', `, { signal: AbortSignal.timeout(5) }`), counting(`log.push('served'); res.end('ok');`)) });
    expect(logs).toEqual(['["a The operation was aborted due to timeout", "served"]', '["served", "a The operation was aborted due to timeout"]', '["served", "a ok"]']);
  });
});

describe('what is not there says so by its name', () => {
  it.each([
    [`await fetch('https://127.0.0.1/')`, 'fetch of https:// is not simulated'],
    [`const https = await import('node:https'); https.get('https://x')`, 'https.get is not simulated'],
    [`const tls = require('tls'); tls.connect(1)`, 'tls.connect is not simulated'],
    [`const dgram = require('node:dgram'); dgram.createSocket('udp4')`, 'dgram.createSocket is not simulated'],
    [`const http2 = require('http2'); http2.connect('x')`, 'http2.connect is not simulated'],
  ])('%s', (code, message) => {
    const { logs } = explored({ 'main.race.ts': scenario(`a: async () => { try { ${code}; log.push('nothing'); } catch (e) { log.push(e.message); } }`) });
    expect(logs).toHaveLength(1);
    expect(logs[0]).toContain(message);
  });
});
