import { describe, expect, it } from 'vitest';
import { explored, scenario } from './scenario-logs.js';

const server = (onConnection: string) => `server: () => { const server = net.createServer((s) => { ${onConnection} }); server.listen(8080); }`;
const client = (onConnect: string, name = 'client') => `${name}: () => { const c = net.connect(8080, '127.0.0.1'); c.on('error', () => {}); c.on('connect', () => { ${onConnect} }); }`;
/** Each agent's own end of the connection: nothing but the socket is shared. */
const away = (task: string) => task.replace(/^(\w+): (.*)$/s, '$1: agent($2)');
const told = (text: string): string[] => explored({ 'main.race.ts': text }).logs.filter((line) => line !== '[]');
const logging = `s.on('data', (d) => { log.push(String(d)); });`;

describe('bytes of a connection', () => {
  it('arrive at once or in two: behind the first byte, in the middle', () => {
    expect(told(scenario(`${server(logging)}, ${client(`c.write('abcdef');`)}`))).toEqual(['["a", "bcdef"]', '["abc", "def"]', '["abcdef"]']);
  });

  it('are cut inside a character, and between \\r and \\n', () => {
    const lengths = `s.on('data', (d) => { log.push(d.length); });`;
    expect(told(scenario(`${server(lengths)}, ${client(`c.write('abéfgh');`)}`))).toEqual(['[1, 6]', '[3, 4]', '[7]']);
    expect(told(scenario(`${server(lengths)}, ${client(`c.write('abcdefg\\r\\nh');`)}`))).toEqual(['[1, 9]', '[10]', '[8, 2]']);
  });

  it('of two writes of one turn arrive merged or apart, whatever the boundary', () => {
    expect(told(scenario(`${server(logging)}, ${client(`c.write('ab'); c.write('cd');`)}`)))
      .toEqual(['["a", "b", "c", "d"]', '["a", "b", "cd"]', '["a", "bc", "d"]', '["a", "bcd"]', '["ab", "c", "d"]', '["ab", "cd"]', '["abc", "d"]', '["abcd"]']);
  });

  it('of another agent are merged or not by timing', () => {
    const logs = told(scenario(`${server(logging)}, ${away(client(`c.write('a'); c.write('b'); c.end();`))}`));
    expect(logs).toEqual(['["a", "b"]', '["ab"]']);
  });

  it('of several clients stand in no order', () => {
    expect(told(scenario(`${server(logging)}, ${client(`c.write('1');`, 'a')}, ${client(`c.write('2');`, 'b')}`))).toEqual(['["1", "2"]', '["1"]', '["2", "1"]', '["2"]']);
    expect(told(scenario(`${server(logging)}, ${away(client(`c.write('1');`, 'a'))}, ${away(client(`c.write('2');`, 'b'))}`))).toEqual(['["1", "2"]', '["1"]', '["2", "1"]', '["2"]']);
  });
});

describe('connections between agents', () => {
  it('are refused before the server listens, and answered after', () => {
    const asks = `a: () => new Promise<void>((resolve) => { const c = net.connect(8080, '127.0.0.1'); c.on('data', (d) => { log.push(String(d)); }); c.on('error', (e) => { log.push(e.code); }); c.on('close', () => resolve()); })`;
    const serves = `b: agent(() => { const server = net.createServer((s) => { s.end('!'); server.close(); }); server.listen(8080); })`;
    expect(explored({ 'main.race.ts': scenario(`${asks}, ${serves}`) }).logs).toEqual(['["!"]', '["ECONNREFUSED"]']);
  });

  it('end with a worker, that lives as long as it serves', () => {
    const main = scenario(`main: () => { const worker = new Worker('./server.ts'); worker.on('exit', (code) => { log.push('exit ' + code); }); worker.on('message', (port) => { const c = net.connect(port, '127.0.0.1'); c.on('data', (d) => { log.push(String(d)); c.end(); }); c.on('close', () => { log.push('closed'); }); }); }`);
    const files = { 'server.ts': `import * as net from 'node:net'; import { parentPort } from 'node:worker_threads'; const server = net.createServer((s) => { s.write('!'); s.resume(); server.close(); }).listen(0, () => { parentPort!.postMessage((server.address() as net.AddressInfo).port); });` };
    expect(explored({ 'main.race.ts': main, ...files }).logs).toEqual(['["!", "closed", "exit 0"]', '["!", "exit 0", "closed"]']);
  });

  it('of a worker that is terminated are closed', () => {
    const main = scenario(`main: () => { const worker = new Worker('./server.ts'); worker.on('message', (port) => { const c = net.connect(port, '127.0.0.1'); c.resume(); c.on('connect', () => { log.push('connected'); void worker.terminate(); }); c.on('end', () => { log.push('end'); }); c.on('error', (e) => { log.push(e.code); }); c.on('close', () => { log.push('closed'); net.connect(port, '127.0.0.1').on('error', (e) => { log.push(e.code); }); }); }); }`);
    const files = { 'server.ts': `import * as net from 'node:net'; import { parentPort } from 'node:worker_threads'; const server = net.createServer((s) => { s.resume(); }).listen(0, () => { parentPort!.postMessage((server.address() as net.AddressInfo).port); });` };
    expect(explored({ 'main.race.ts': main, ...files }).logs).toEqual(['["connected", "ECONNRESET", "closed", "ECONNREFUSED"]', '["connected", "end", "closed", "ECONNREFUSED"]']);
  });

  it('of a worker that is terminated hear of it in time or too late', () => {
    const main = scenario(`main: () => { const worker = new Worker('./server.ts'); worker.on('message', (port) => { channel.port1.postMessage(port); channel.port1.once('message', () => void worker.terminate()); }); },
      other: agent(() => { channel.port2.once('message', (port) => { const told = channel.port2; const c = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => { told.postMessage('go'); c.pause(); c.write('a', () => { c.write('b', (e) => { logs.postMessage(String(e && e.code)); }); }); }); c.on('error', () => {}); }); })`,
    `const channel = new MessageChannel(); const { port1, port2: logs } = new MessageChannel(); port1.on('message', (m) => { log.push(m); });`);
    const files = { 'server.ts': `import * as net from 'node:net'; import { parentPort } from 'node:worker_threads'; const server = net.createServer({ pauseOnConnect: true }, () => {}).listen(0, () => { parentPort!.postMessage((server.address() as net.AddressInfo).port); });` };
    expect(explored({ 'main.race.ts': main, ...files }, 0).logs).toEqual(['["ECONNRESET"]', '["EPIPE"]', '["null"]']);
  });

  it('one server in two listens', () => {
    const tries = (name: string) => `${name}: agent(() => { const server = net.createServer(); server.on('error', (e) => { port.postMessage('${name} ' + e.code); }); server.listen(8080, () => { port.postMessage('${name} listens'); }); })`;
    expect(told(scenario(`${tries('a')}, ${tries('b')}`, `const { port1, port2: port } = new MessageChannel(); port1.on('message', (m) => { log.push(m); });`)))
      .toEqual(['["a EADDRINUSE", "b listens"]', '["a listens", "b EADDRINUSE"]', '["b EADDRINUSE", "a listens"]', '["b listens", "a EADDRINUSE"]']);
  });

  it('a full buffer holds a writer back until somebody reads', () => {
    const serves = server(`s.pause(); setTimeout(() => { s.on('data', (d) => { log.push(d.length); }); s.resume(); }, 1);`);
    const writes = client(`c.write(new Uint8Array(20_000)); c.write(new Uint8Array(16_500)); log.push('full ' + c.writableNeedDrain); c.on('drain', () => { log.push('drain'); });`);
    const logs = explored({ 'main.race.ts': scenario(`${serves}, ${writes}`) }, 0).logs;
    expect(logs).toContain('["full true", 20000, "drain", 16500]');
    expect(logs.every((log) => log === '[]' || (log.startsWith('["full true", ') && log.includes('"drain"')))).toBe(true);
  });
});

describe('what reads a stream of messages', () => {
  const race = (read: string, isAway: boolean) => {
    const writes = client(`for (const text of ['one', 'two!']) { c.write(String.fromCharCode(text.length) + text); } c.end();`);
    return scenario(`${server(`const got = (text: string) => { log.push(text); }; ${read} s.on('end', () => got('end'));`)}, ${isAway ? away(writes) : writes}`, '', `invariant: () => 'one,two!,end'.startsWith(log.join()),`);
  };
  const unframed = `s.on('data', (d) => got(String(d.subarray(1))));`;
  const forgetful = `let rest = ''; s.on('data', (d) => { rest += d; while (rest.length > rest.charCodeAt(0)) { got(rest.slice(1, 1 + rest.charCodeAt(0))); rest = ''; } });`;
  const framed = `let rest = ''; s.on('data', (d) => { rest += d; while (rest !== '' && rest.length > rest.charCodeAt(0)) { const end = 1 + rest.charCodeAt(0); got(rest.slice(1, end)); rest = rest.slice(end); } });`;

  it.each([['in the same agent', false], ['in another agent', true]])('without a frame is broken, with one it holds; the writer is %s', (_where, isAway) => {
    expect(explored({ 'main.race.ts': race(unframed, isAway) }, 0).problems).toContain('invariant');
    expect(explored({ 'main.race.ts': race(forgetful, isAway) }, 0).problems).toContain('invariant');
    const sound = explored({ 'main.race.ts': race(framed, isAway) }, 0);
    expect(sound.problems).toEqual([]);
    expect(sound.logs).toContain('["one", "two!", "end"]');
  });
});
