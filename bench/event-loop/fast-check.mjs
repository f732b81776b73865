// The same class, as its author would test it with fast-check: an asynchronous property that hands every outside call to fast-check's scheduler.
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { transform } from 'esbuild';

/**
 * Milliseconds until a property over random schedules fails first, and until `fc.assert` has shrunk and reported that, for each seed. The text is that of
 * the subject, lowered for Node by esbuild; what it imports is given by `external`, whose functions the scheduler delays.
 */
export async function measureFastCheck({ text, root, calls, isBroken, externals }, seeds, mostRuns) {
  const { code } = await transform(text, { loader: 'ts', format: 'cjs', target: 'node20' });
  const worker = new Worker(new URL(import.meta.url), { workerData: { code, root, calls, isBroken: String(isBroken), externals, seeds, mostRuns } });
  return new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
}

async function run({ code, root, calls, isBroken, externals, seeds, mostRuns }) {
  const { default: fc } = await import('fast-check');
  const violates = new Function(`return ${isBroken}`)();
  const load = new Function('require', 'module', 'exports', code);

  /** The module under test, with what it imports replaced by functions that settle when the scheduler says so. */
  function subjectOver(scheduler) {
    const outside = Object.fromEntries(externals.map((name) => [name, scheduler.scheduleFunction(async () => true)]));
    const module = { exports: {} };
    load(() => outside, module, module.exports);
    return new module.exports[root]();
  }

  const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
    const subject = subjectOver(scheduler);
    const results = calls.map(([member, ...args]) => subject[member](...args));
    await scheduler.waitFor(Promise.allSettled(results));
    return !violates(subject);
  });

  const check = (seed, numRuns) => fc.check(property, { seed, numRuns, endOnFailure: true });
  // What a test calls: it shrinks what it has found, and writes a report.
  const assert = (seed) => fc.assert(property, { seed, numRuns: mostRuns }).then(() => false, () => true);
  for (let warmUp = 0; warmUp < 20; warmUp++) await check(-1 - warmUp, 50);
  const times = [];
  for (const seed of seeds) {
    const start = performance.now();
    const { failed, numRuns } = await check(seed, mostRuns);
    const milliseconds = performance.now() - start;
    const again = performance.now();
    const isAsserted = await assert(seed);
    times.push({ milliseconds, shrunk: performance.now() - again, runs: numRuns, found: failed && isAsserted });
  }
  return times;
}

if (!isMainThread) parentPort.postMessage(await run(workerData));
