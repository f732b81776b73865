import type { MessagePort } from 'node:worker_threads';
import { ruleCatalogue } from '../analysis/index.js';
import { parseConfiguration } from '../configuration/index.js';
import type { SourceText } from '../language/index.js';
import { scenarioLine, type Proof } from '../model/index.js';
import { prove, proveFixes, simulate } from '../proof/index.js';
import type { Simulator } from '../simulator/index.js';
import { createNodeSimulator } from '../simulator/node.js';
import { writeScenario, writeTest } from './engine-exports.js';
import type { EngineCalls, EngineReply, EngineRequest, EngineSetup, Simulation } from './engine-protocol.js';
import { readFiles } from './read-files.js';
import { chooseAt } from './choose-subject.js';
import { simulateRace } from './simulate-race.js';
import { WorkspaceAnalyser } from './workspace-analyser.js';

/**
 * The thread's side of the calls.
 *
 * Invariants
 * 1. Cancelling reaches a call before its work starts, though analysis is synchronous: requests wait until the port is drained.
 * 2. Analyses go first, in order of arrival; a proof in the background never holds up a simulation that a person asked for.
 * 3. One background proof runs at a time: the machine belongs to the person who types.
 */
export function serveEngine(port: MessagePort, setup: EngineSetup): void {
  const background = createNodeSimulator({ workerPath: setup.simulatorWorker });
  const foreground = createNodeSimulator({ workerPath: setup.simulatorWorker });
  const analyser = new WorkspaceAnalyser();
  const running = new Map<number, AbortController>();
  let proofs: Promise<unknown> = Promise.resolve();

  port.on('message', (request: EngineRequest) => {
    if (request.type === 'cancel') return running.get(request.id)?.abort();
    const { id } = request;
    const cancelled = new AbortController();
    running.set(id, cancelled);
    const work = (): Promise<EngineReply> => answer(request, cancelled.signal);
    const done = request.method === 'prove' ? (proofs = proofs.then(work)) : drained().then(work);
    void done.then((reply) => {
      running.delete(id);
      if (!cancelled.signal.aborted) port.postMessage(reply);
    });
  });

  async function answer(request: EngineRequest & { type: 'call' }, signal: AbortSignal): Promise<EngineReply> {
    try {
      signal.throwIfAborted();
      return { type: 'result', id: request.id, value: await perform(request, signal) };
    } catch (error) {
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      return { type: 'failed', id: request.id, message, ...(stack ? { stack } : {}) };
    }
  }

  async function perform(request: EngineRequest & { type: 'call' }, signal: AbortSignal): Promise<EngineCalls[typeof request.method]['result']> {
    switch (request.method) {
      case 'analyse':
        return analyser.analyse(request.params.source, request.params, request.params.configuration ? { configuration: request.params.configuration } : {});
      case 'configure':
        return parseConfiguration(request.params.source, ruleCatalogue.map(({ id }) => id));
      case 'prove': {
        const { scenario: _, ...proof } = await prove(request.params.finding, request.params.source, background, { signal, read: readFiles(request.params) });
        return proof;
      }
      case 'fix': {
        const { finding, source, configuration } = request.params;
        return proveFixes(finding, source, foreground, { signal, read: readFiles(request.params), ...(configuration && { configuration }) });
      }
      case 'test':
        return writeTest(request.params, analyser, foreground, signal);
      case 'scenario':
        return writeScenario(request.params, analyser, foreground, signal);
      case 'simulate':
        return scenarioLine(request.params.source) ? simulateRace(request.params, foreground, signal) : simulateSubject(request.params, analyser, foreground, signal);
    }
  }
}

/** Resolves when every message that has already arrived was seen. */
function drained(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function simulateSubject({ source, subject, options, ...places }: EngineCalls['simulate']['params'], analyser: WorkspaceAnalyser, simulator: Simulator, signal: AbortSignal): Promise<Simulation> {
  const chosen = 'rule' in subject ? subject : chooseAt(analyser.analyse(source, places, {}), subject);
  if (!chosen) return { kind: 'no-subject' };
  if ('failure' in chosen) return { kind: 'syntax-error', ...chosen.failure };
  const read = readFiles(places);
  const proof = await simulate(chosen, source, simulator, { ...options, signal, read });
  const linked = otherFiles(proof, source.file).flatMap((file): SourceText[] => {
    const found = read(file);
    return found?.kind === 'file' ? [{ file, text: found.text }] : [];
  });
  return 'rule' in chosen
    ? { kind: 'simulated', name: chosen.overlaps[0]?.[0].name ?? chosen.location, range: chosen.range, finding: chosen, proof, linked }
    : { kind: 'simulated', name: chosen.entry.name, range: chosen.entry.range, proof, linked };
}

/** Files that the witness leads through, beside the one that was asked about. */
function otherFiles({ witness }: Proof, file: string): string[] {
  return [...new Set(witness?.trace.steps.map((step) => step.file) ?? [])].filter((other) => other !== file);
}
