import type { Scenario, Schedule, Trace } from '../../model/index.js';
import type { SimulatorRequest, SimulatorResponse } from '../../simulator/index.js';
import { traceShape } from '../messages.js';

/** Milliseconds after which a replay counts as hung: one run takes a few. */
const limit = 10_000;

/**
 * Runs one schedule in a worker of its own, whose text is the simulator followed by the program. The worker inherits the page's
 * policy: no evaluation, no connection. It is ended with the run, or when `signal` fires. Rejects with what went wrong.
 */
export function replayInSandbox(engine: string, scenario: Scenario, schedule: Schedule, signal: AbortSignal): Promise<Trace> {
  const url = URL.createObjectURL(new Blob([engine, '\n;__raceproofProgram(\n', scenario.program.code, '\n);\n'], { type: 'text/javascript' }));
  const worker = new Worker(url);
  const run = new Promise<Trace>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('It was stopped.')), { once: true });
    setTimeout(() => reject(new Error(`It took longer than ${limit / 1000} s.`)), limit);
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message || 'The worker could not be started.'));
    };
    worker.onmessage = ({ data }: MessageEvent<SimulatorResponse>) => {
      if (data.type === 'ready') worker.postMessage({ type: 'replay', id: 1, scenario, schedule } satisfies SimulatorRequest);
      else if (data.type === 'failed') reject(new Error(data.message));
      else if (data.type === 'replayed') settle(data.trace, resolve, reject);
    };
  });
  return run.finally(() => {
    worker.terminate();
    URL.revokeObjectURL(url);
  });
}

/** What comes out of the worker was made beside code that nobody has read. */
function settle(trace: Trace, resolve: (trace: Trace) => void, reject: (error: Error) => void): void {
  const misfit = traceShape(trace, 'trace');
  if (misfit) reject(new Error(`The simulator answered with something else: ${misfit.path} should be ${misfit.expected}.`));
  else resolve(trace);
}
