import type { RaceExploration, RaceReplay, RaceWitness, Verdict } from '../model/index.js';
import { traceJson, version } from './json.js';
import { printableJson } from './printable.js';
import type { JudgedRace } from './race-test.js';

/** The object of `simulate --format json` for a scenario file. */
export function formatRaceJson({ exhaustive, limit, executions, transitions, outcomes, otherOutcomes, problems, capacity, failure, unmodelled, witness }: RaceExploration, verdict: Verdict): string {
  return printableJson({
    verdict,
    exhaustive,
    ...(limit ? { limit } : {}),
    executions,
    transitions,
    outcomes: outcomes.map(({ outcome, count, expected }) => ({ outcome, count, expected })),
    ...(otherOutcomes ? { otherOutcomes } : {}),
    problems: problems.map(({ kind, message, executions: count }) => ({ kind, message, executions: count })),
    ...(capacity ? { capacity } : {}),
    ...(failure ? { failure } : {}),
    ...(unmodelled.length > 0 ? { unmodelled } : {}),
    ...(witness ? { witness: witnessJson(witness), trace: traceJson(witness.trace) } : {}),
  });
}

/** The object of `simulate --export json` for a scenario file: a witness alone, to keep beside the code and to replay. */
export function formatRaceWitnessJson(witness: RaceWitness): string {
  return printableJson({ version, ...witnessJson(witness), trace: traceJson(witness.trace) });
}

/** The object of `simulate --schedule --format json` for a scenario file. */
export function formatRaceReplayJson({ trace, problems }: RaceReplay): string {
  return printableJson({ version, problems: problems.map(({ kind, message }) => ({ kind, message })), trace: traceJson(trace) });
}

/** The list of `test --format json`. */
export function formatTestJson(races: readonly JudgedRace[]): string {
  return printableJson(races.map(({ file, verdict, exploration, milliseconds }) => ({
    file,
    verdict,
    exhaustive: exploration.exhaustive,
    ...(exploration.limit ? { limit: exploration.limit } : {}),
    executions: exploration.executions,
    problems: exploration.problems.map(({ kind, message, executions }) => ({ kind, message, executions })),
    ...(exploration.witness ? { switches: exploration.witness.switches, isMinimal: exploration.witness.isMinimal } : {}),
    ms: milliseconds,
  })));
}

function witnessJson({ problem: { kind, message, steps }, schedule, switches, isMinimal, outcome, expectedOutcomes, assumptions }: RaceWitness): object {
  return { problem: { kind, message, steps }, schedule, switches, isMinimal, outcome, expectedOutcomes, assumptions };
}
