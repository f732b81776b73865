import type { Files } from './process-runs.js';

/** A pseudo-random number from 0 up to `below`, the same for the same seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761 + 1;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return (state >>> 8) % below;
  };
}

/** A few processes that send each other messages and signals, end, let each other go, and write to pipes. */
export function randomProcesses(seed: number): Files {
  const below = numbers(seed);
  const some = (count: number, choices: readonly string[]): string => Array.from({ length: count }, () => choices[below(choices.length)]).join(' ');
  const childStatements = [
    `process.send('a');`, `process.on('SIGUSR1', () => { process.connected && process.send('usr1'); });`, `process.once('message', (m) => { process.connected && process.send('got ' + m); });`,
    `process.exitCode = 3;`, `process.on('exit', (code) => { process.connected && process.send('exit ' + code); });`, `setTimeout(() => { process.exit(4); }, 5);`, `process.disconnect?.();`,
    `process.kill(process.pid, 'SIGUSR1');`, `process.kill(process.ppid, 'SIGUSR2');`, `process.stdout.write('o');`, `process.on('disconnect', () => {});`, `if (Math.max(1) > 1) process.exit();`, `process.on('beforeExit', () => { process.connected && process.send('before'); });`,
    `process.on('message', async (m) => { process.connected && process.send(m + '1'); await null; process.connected && process.send(m + '2'); });`,
  ].map((text) => text.replace(/process\.send\(/g, '(process.connected ? process.send.bind(process) : () => {})(').replace(`process.disconnect?.();`, `if (process.connected) process.disconnect();`));
  const mainStatements = [`c.connected && c.send('x');`, `c.connected && c.send('y', () => {});`, `c.kill('SIGUSR1');`, `c.kill();`, `if (c.connected) c.disconnect();`, `log(c.kill(0));`, `c.ref();`, `log(c.connected, c.exitCode);`, `c.stdout.on('data', (d) => log('out ' + d));`];
  const main = `const { fork } = require('node:child_process'); process.on('SIGUSR2', () => log('usr2')); const c = fork('./child.js', { stdio: ['ignore', 'pipe', 'ignore', 'ipc'] });
    c.on('error', (e) => log(e.code)); c.on('message', (m) => log(m)); for (const type of ['disconnect', 'exit', 'close']) c.on(type, (a, b) => log(type, a ?? b ?? 0));
    ${some(1 + below(2), mainStatements)} c.once('message', () => { ${some(below(3), mainStatements)} }); setTimeout(() => { ${some(below(2), mainStatements)} }, 1);`;
  return { 'main.js': main, 'child.js': some(1 + below(4), childStatements) };
}
