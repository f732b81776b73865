import { expect, it } from 'vitest';
import { runNatively } from '../native-run.js';
import { runSimulated, simulatedWorld } from '../simulated-run.js';
import { Platform } from '../../../src/simulator/host/platform.js';

const programs: Readonly<Record<string, string>> = {
  'a signal arrives in a turn of its own': `track(1); process.once('SIGUSR2', (name, number) => { track(-1); log(name + ' ' + number); process.nextTick(() => log('tick')); Promise.resolve().then(() => log('job')); }); log(String(process.kill(process.pid, 'SIGUSR2'))); Promise.resolve().then(() => log('before'));`,
  'a process can be asked whether it is there': `log(String(process.kill(process.pid, 0))); try { process.kill(process.pid, 'SIGNONE'); } catch (e) { log(e.name + ' ' + e.code); }`,
  'emit runs listeners at once': `const f = (...args) => log(args.join()); process.on('SIGUSR2', f); log(String(process.emit('SIGUSR2', 1, 2))); process.off('SIGUSR2', f); log(String(process.emit('SIGUSR2')) + process.listenerCount('SIGUSR2'));`,
};
const names = Object.keys(programs);
const texts = Object.values(programs);
const native = runNatively(texts, 20);
const simulated = runSimulated(texts);
names.forEach((name, index) => it(name, () => { expect(native[index]!.length).toBeGreaterThan(0); expect(simulated[index]).toEqual(native[index]); }));

type Process = Record<'on' | 'kill', (...args: unknown[]) => unknown>;

function run(program: (process: Process, log: (line: string) => void) => void): { lines: string[]; errors: unknown[]; end: unknown } {
  const world = simulatedWorld();
  const { loop } = world;
  const lines: string[] = [];
  let end: unknown;
  loop.reset();
  try {
    loop.setup(() => program(new Platform({ ...world, opaque: undefined as never }).processMembers(1) as Process, (line) => lines.push(line)));
    while (loop.enabled().length > 0) loop.fire(loop.enabled()[0]!);
  } catch (error) {
    end = (error as Error).message;
  }
  return { lines, errors: loop.errors.map(({ reason }) => reason), end };
}

it('a signal that nobody hears ends the process, or is ignored by default', () => {
  expect(run(({ kill }) => kill(1, 'SIGTERM')).end).toContain('SIGTERM ended the process');
  expect(run(({ kill }) => kill(1, 'SIGCHLD')).end).toBeUndefined();
  expect(run(({ kill }) => kill(2, 'SIGTERM')).end).toContain('process.kill() was called');
});

it('listeners hear of errors that nobody catches, which are none any more', () => {
  const heard = run((process, log) => {
    process.on('uncaughtException', (error: unknown, origin: unknown) => { log(`uncaught ${String(error)} ${String(origin)}`); });
    process.on('SIGUSR1', () => { throw new RangeError('in the handler'); });
    process.kill(1, 'SIGUSR1');
  });
  expect(heard).toEqual({ lines: ['uncaught RangeError: in the handler uncaughtException'], errors: [], end: undefined });
});
