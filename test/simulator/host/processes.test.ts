import { describe, expect, it } from 'vitest';
import { openPrograms, orderedPrograms, pipePrograms } from './process-programs.js';
import { explored, inPieces, logs, nativeLog, type Files } from './process-runs.js';

describe('processes, as in Node', () => {
  for (const [name, files] of Object.entries(orderedPrograms)) it(name, () => {
    const native = nativeLog(files);
    expect(native).not.toBe('[]');
    expect(logs(files)).toEqual([native]);
  });
});

describe('standard streams, as in Node', () => {
  for (const [name, files] of Object.entries(pipePrograms)) it(name, () => {
    const native = nativeLog(files);
    expect(native).not.toBe('[]');
    const found = logs(files);
    expect(found).toContain(native);
  });
});

describe('where Node leaves an order open, its own is among those that are explored', () => {
  for (const [name, files] of Object.entries(openPrograms)) it(name, () => {
    const found = logs(files);
    expect(found.length).toBeGreaterThan(1);
    expect(found).toContain(nativeLog(files));
  });
});


/** A scenario whose tasks are given by name. */
const scenario = (tasks: string, setUp = '', options = '') => `import { scenario, agent } from 'raceproof'; import { fork, spawn } from 'node:child_process';
  export default scenario(() => { const lines: unknown[] = []; const log = (line: unknown) => { lines.push(line); }; ${setUp} return { tasks: { ${tasks} }, observe: () => pieces(lines) }; }, { ${options} });
  const pieces = ${inPieces};`;


function problems(files: Files): string[] {
  const [optimal, naive] = (['optimal', 'naive'] as const).map((strategy) => {
    const { failure, exhaustive, problems: found } = explored(files, strategy);
    expect({ failure, exhaustive }).toEqual({ failure: undefined, exhaustive: true });
    return found.map(({ message }) => message);
  });
  expect(naive).toEqual(optimal);
  return optimal!;
}

describe('a pipe that nobody drains', () => {
  const child = { 'child.js': `for (const part of ['ab', 'cd', 'e']) process.stdout.write(part);` };
  const waiting = (read: string) => scenario(`main: () => new Promise<void>((resolve) => { const child = spawn(process.execPath, ['./child.js'], { stdio: ['ignore', 'pipe', 'ignore'] }); ${read} child.on('exit', () => resolve()); })`, '', 'pipeCapacity: 2');

  it('keeps a child that has more to write, and who waits for its end', () => {
    const stuck = (bytes: number) => [`main waits for a promise, and nobody is left to settle it\nprocess main.1 waits for room in stdout of process 2, a pipe of ${bytes} bytes, which is full, and nobody is left to read from it`];
    expect(problems({ 'main.race.ts': waiting(''), ...child })).toEqual(stuck(2));
    const large = { 'child.js': `process.stdout.write('x'.repeat(200_000));` };
    expect(problems({ 'main.race.ts': waiting('').replace('pipeCapacity: 2', ''), ...large })).toEqual(stuck(65536));
  });

  it('blocks who writes to it synchronously, as Node does with an error that nobody catches', () => {
    const main = (read: string) => scenario(`main: () => new Promise<void>((resolve) => { const child = spawn(process.execPath, ['./child.js'], { stdio: ['ignore', 'ignore', 'pipe'] }); ${read} child.on('exit', () => resolve()); })`, '', 'pipeCapacity: 24');
    const failing = { 'child.js': `setTimeout(() => { throw new Error('too much for a small pipe'); });` };
    expect(problems({ 'main.race.ts': main(`let text = ''; child.stderr!.on('data', (d) => { text += d; }); child.stderr!.on('end', () => log(text.includes('too much for a small pipe')));`), ...failing })).toEqual([]);
    const [message] = problems({ 'main.race.ts': main(''), ...failing });
    expect(message).toContain('process main.1 waits for room in stderr of process 2');
  });

  it('lets a blocked writer go on when its reader has ended', () => {
    const main = scenario(`main: () => { const child = fork('./child.js'); child.on('message', (m) => { log(m); child.kill('SIGKILL'); }); }`, `process.on('SIGUSR2', () => log('grandchild'));`, 'pipeCapacity: 40');
    const files = {
      'child.js': `const { spawn } = require('node:child_process'); process.on('message', () => {}); spawn(process.execPath, ['./grandchild.js'], { stdio: ['ignore', 'ignore', 'pipe'] }); process.send('up');`,
      'grandchild.js': `process.on('exit', () => process.kill(1, 'SIGUSR2')); setTimeout(() => { throw new Error('x'.repeat(60)); });`,
    };
    expect(logs({ 'main.race.ts': main, ...files })).toEqual(['["up","grandchild"]']);
  });

  it('is drained by who reads', () => {
    expect(problems({ 'main.race.ts': waiting(`child.stdout!.on('data', () => {});`), ...child })).toEqual([]);
  });

  it('tears what is written into pieces', () => {
    const main = scenario(`main: () => { const child = spawn(process.execPath, ['./child.js'], { stdio: ['ignore', 'pipe', 'ignore'] }); child.stdout!.on('data', (d) => log(String(d))); }`, '', 'pipeCapacity: 3');
    const found = logs({ 'main.race.ts': main, ...child });
    expect(found.every((line) => (JSON.parse(line) as string[]).join('') === 'abcde')).toBe(true);
    expect(found).toEqual(expect.arrayContaining(['["ab","cde"]', '["abc","de"]', '["ab","cd","e"]']));
    // The first piece that fits no more is written as far as there is room.
    expect(found).not.toContain('["abcd","e"]');
  });
});

describe('signals', () => {
  const counting = { 'child.js': `let n = 0; process.on('SIGUSR1', () => { n++; }); process.on('message', () => { process.send(n, () => process.exit()); }); process.send('ready');` };
  const twice = (second: string) => scenario(`main: () => { const child = fork('./child.js'); child.on('message', (m) => { if (m !== 'ready') return log(m); child.kill('SIGUSR1'); ${second} setTimeout(() => child.send('count'), 10); }); }`);

  it('of one kind that are pending together are one', () => {
    expect(logs({ 'main.race.ts': twice(''), ...counting })).toEqual(['[0]', '[1]']);
    expect(logs({ 'main.race.ts': twice(`child.kill('SIGUSR1');`), ...counting })).toEqual(['[0]', '[1]', '[2]']);
    // With the message behind the answer to the first one, none is lost.
    const answered = { 'child.js': `let n = 0; process.on('SIGUSR1', () => { process.send(++n, () => { if (n === 2) process.exit(); }); }); process.on('message', () => {}); process.send('ready');` };
    const main = scenario(`main: () => { const child = fork('./child.js'); child.on('message', (m) => { log(m); if (m !== 2) child.kill('SIGUSR1'); }); }`);
    expect(logs({ 'main.race.ts': main, ...answered })).toEqual(['["ready",1,2]']);
  });

  it('come between turns', () => {
    const child = { 'child.js': `const said = []; process.on('SIGUSR1', () => { said.push('signal'); process.send(said, () => process.exit()); }); process.on('message', () => {}); process.send('ready'); said.push('a'); process.send('still'); said.push('b'); Promise.resolve().then(() => said.push('c')); setTimeout(() => said.push('d'), 5);` };
    const main = scenario(`main: () => { const child = fork('./child.js'); child.on('message', (m) => { if (m === 'ready') child.kill('SIGUSR1'); else if (m !== 'still') log(m); }); }`);
    expect(logs({ 'main.race.ts': main, ...child })).toEqual(['[["a","b","c","d","signal"]]', '[["a","b","c","signal"]]']);
  });

  it('end a process that has not asked to hear of them yet, between any two of its operations', () => {
    const child = { 'child.js': `process.on('message', () => {}); process.send(1); process.send(2); process.on('SIGTERM', () => process.exit(7)); process.send(3);` };
    const main = scenario(`main: () => { const child = fork('./child.js'); child.on('message', (m) => { log(m); if (m === 1) child.kill(); }); child.on('exit', (code, signal) => { log(code ?? signal); }); }`);
    expect(logs({ 'main.race.ts': main, ...child })).toEqual(['[1,"SIGTERM"]', '[1,2,"SIGTERM"]', '[1,2,3,7]']);
  });

  it('may be sent to who has ended and is not known to have', () => {
    const main = scenario(`a: () => { log(child.kill(0)); }, b: () => { log(child.kill(0)); }`, `const child = fork('./child.js'); child.on('exit', () => log('exit'));`);
    expect(logs({ 'main.race.ts': main, 'child.js': '' })).toEqual(['["exit",false,false]', '[true,"exit",false]', '[true,true,"exit"]']);
  });

  it('go on while the sender does: who replaces a process at once has two', () => {
    const main = scenario(`main: () => { const first = fork('./child.js', ['1'], { stdio: 'ignore' }); const next = () => { first.kill('SIGKILL'); start(); }; first.once('message', next); first.on('message', (m) => log(m)); }`, `const start = () => { log('second'); };`);
    expect(logs({ 'main.race.ts': main, 'child.js': `process.on('message', () => {}); process.send('up'); process.send('working');` })).toEqual(['["second","up","working"]', '["second","up"]']);
  });
});

describe('several processes', () => {
  it('agents of one process are its threads', () => {
    const main = scenario(`main: () => { process.once('SIGUSR2', () => log('signal')); }, other: agent(() => { process.kill(process.pid, 'SIGUSR2'); process.kill(1, 0); })`);
    expect(logs({ 'main.race.ts': main.replace('process.once', 'process.on').replace(`() => { process.on('SIGUSR2', () => log('signal')); }`, '() => {}').replace('return {', `process.on('SIGUSR2', () => log('signal')); return {`) })).toEqual(['["signal"]']);
  });

  it('a worker of a child ends with it', () => {
    const main = scenario(`main: () => { const child = fork('./child.js'); child.on('message', (m) => log(m)); child.on('exit', (code) => log('exit ' + code)); }`);
    const child = { 'child.js': `const { Worker } = require('node:worker_threads'); const w = new Worker('./thread.js'); w.on('message', (m) => process.send(m, () => process.exit(3)));`, 'thread.js': `const { parentPort } = require('node:worker_threads'); parentPort.on('message', () => {}); parentPort.postMessage('from the thread');` };
    expect(logs({ 'main.race.ts': main, ...child })).toEqual(['["from the thread","exit 3"]']);
  });

  it('a child goes on as long as its threads do, which have its pid', () => {
    const main = scenario(`main: () => { const child = fork('./child.js'); child.on('message', (m) => log(m)); child.on('exit', (code) => log('exit ' + code)); }`);
    const child = { 'child.js': `const { Worker } = require('node:worker_threads'); new Worker('./thread.js'); process.on('SIGUSR1', () => process.send('signal'));`, 'thread.js': `process.kill(process.pid, 'SIGUSR1'); setTimeout(() => {}, 5);` };
    expect(logs({ 'main.race.ts': main, ...child })).toEqual(['["exit 0"]', '["exit null"]', '["signal","exit 0"]']);
  });

  it('are found by new URL, and run what they import', () => {
    const main = scenario(`main: () => { fork(new URL('./sub/child.ts', import.meta.url)).on('message', (m) => log(m)); }`);
    expect(logs({ 'main.race.ts': main, 'sub/child.ts': `import { two } from './two'; process.send!(two satisfies number);`, 'sub/two.ts': `export const two = 2;` })).toEqual(['[2]']);
  });

  it('what is not simulated says so', () => {
    const main = scenario(`main: () => { const cp = require('node:child_process'); for (const run of [() => cp.exec('ls'), () => cp.spawn('ls'), () => cp.spawnSync('node', ['x']), () => cp.fork('./child.js', { stdio: 'ignore' }).kill('SIGSTOP'), () => cp.spawn('node', ['-e', '1'])]) try { run(); } catch (e) { log((e as Error).message.slice(0, 40)); } }`);
    expect(logs({ 'main.race.ts': main, 'child.js': `process.on('message', () => {});` })).toEqual([JSON.stringify(['child_process.exec is not simulated; sta', 'the command ls is not simulated: what ru', 'child_process.spawnSync is not simulated', 'SIGSTOP stops process 2, which is not si', 'node -e 1 is not simulated: name a file '])]);
  });
});
