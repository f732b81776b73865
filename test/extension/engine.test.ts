import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { CallCancelled, Engine, EngineStopped } from '../../src/extension/engine.js';

const engines: Engine[] = [];
const log: string[] = [];

afterEach(() => {
  for (const engine of engines.splice(0)) engine.dispose();
  log.length = 0;
});

function start(options: { readonly analysisLimit?: number } = {}): { engine: Engine; analyse: (text: string, signal?: AbortSignal) => Promise<string> } {
  const engineWorker = fileURLToPath(new URL('fixtures/frail-engine.cjs', import.meta.url));
  const engine = new Engine({ engineWorker, simulatorWorker: '', log: (line) => log.push(line), ...options });
  engines.push(engine);
  return { engine, analyse: async (text, signal) => (await engine.call('analyse', { source: { file: 'a.ts', text } }, signal)).file };
}

it('starts no thread before the first call (invariant 1)', async () => {
  const { engine, analyse } = start();
  expect(engine.isRunning).toBe(false);
  expect(await analyse('hello')).toBe('hello');
  expect(engine.isRunning).toBe(true);
});

it('passes on an error of the engine and goes on', async () => {
  const { analyse } = start();
  await expect(analyse('fail')).rejects.toThrow('failed on purpose');
  expect(await analyse('next')).toBe('next');
});

it('settles a cancelled call at once, before and after it was sent (invariant 2)', async () => {
  const { analyse } = start();
  const cancelled = new AbortController();
  const call = analyse('silence', cancelled.signal);
  cancelled.abort();
  await expect(call).rejects.toBeInstanceOf(CallCancelled);
  await expect(analyse('hello', cancelled.signal)).rejects.toBeInstanceOf(CallCancelled);
  expect(await analyse('hello')).toBe('hello');
});

it.each(['die', 'throw'])('starts a new thread when the old one dies (%s), and gives up on the call that kills it twice (invariant 3)', async (deed) => {
  const { analyse } = start();
  const poison = analyse(deed);
  const bystander = analyse('bystander');
  await expect(poison).rejects.toBeInstanceOf(EngineStopped);
  await bystander.catch((error: unknown) => expect(error).toBeInstanceOf(EngineStopped));
  expect(await analyse('afterwards')).toBe('afterwards');
  expect(log.filter((line) => line.startsWith('Engine stopped'))).toHaveLength(2);
});

it('takes an analysis that never ends for a dead thread', async () => {
  const { analyse } = start({ analysisLimit: 300 });
  await expect(analyse('hang')).rejects.toThrow('more than 0.3 s');
  expect(await analyse('afterwards')).toBe('afterwards');
});

it('answers calls in flight after a restart', async () => {
  const { engine, analyse } = start();
  await analyse('first');
  const call = analyse('second');
  engine.restart();
  expect(await call).toBe('second');
});

it('rejects everything once disposed', async () => {
  const { engine, analyse } = start();
  const call = analyse('silence');
  engine.dispose();
  await expect(call).rejects.toBeInstanceOf(CallCancelled);
  await expect(analyse('hello')).rejects.toBeInstanceOf(CallCancelled);
  expect(engine.isRunning).toBe(false);
});
