import { exploreScenario, replaySchedule } from '../scenario.js';
import type { Subject } from '../runtime/runner.js';
import type { SimulatorRequest, SimulatorResponse } from './protocol.js';

/** Answers one request; `evaluate` turns the text of a program into its function, in whatever keeps it from the outside. */
export function answer(request: SimulatorRequest, evaluate: (code: string) => Subject): SimulatorResponse {
  const { id } = request;
  try {
    const subject = evaluate(request.scenario.program.code);
    if (request.type === 'explore') return { type: 'explored', id, exploration: exploreScenario(request.scenario, subject, request.options) };
    return { type: 'replayed', id, trace: replaySchedule(request.scenario, subject, request.schedule) };
  } catch (error) {
    return { type: 'failed', id, message: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}
