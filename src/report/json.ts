import type { JudgedFinding, Proof, Trace, TraceStep, Witness } from '../model/index.js';
import type { CheckReport } from './check-report.js';
import { printableJson } from './printable.js';

/** Version of the two shapes below; it grows when a reader would have to change. */
export const version = 1;

/** The object of `check --format json`; lines and columns from 1, files relative to the working directory. */
export function formatCheckJson({ findings, suppressions, fixed, tests, stats }: CheckReport): string {
  const { files, lines, parsed, ms, executions, suppressed } = stats;
  const told = suppressions.map(({ kind, severity, message, range: { file, start, end } }) => ({ kind, severity, message, file, start, end }));
  return printableJson({ version, findings: findings.map(findingJson), suppressions: told, ...(fixed && { fixed }), ...(tests && { tests }), stats: { files, lines, parsed, ms, executions, suppressed } });
}

/** The object of `simulate --format json`. */
export function formatProofJson({ verdict, exhaustive, limit, executions, transitions, outcomes, witness }: Proof): string {
  return printableJson({
    verdict,
    exhaustive,
    ...(limit ? { limit } : {}),
    executions,
    transitions,
    outcomes: outcomes.map(({ outcome, count, expected }) => ({ outcome, count, expected })),
    ...(witness ? { witness: witnessJson(witness), trace: traceJson(witness.trace) } : {}),
  });
}

/** The object of `simulate --export json`: a witness alone, to keep beside the code and to replay. */
export function formatWitnessJson(witness: Witness): string {
  return printableJson({ version, ...witnessJson(witness), trace: traceJson(witness.trace) });
}

/** The object of a replay: one execution. */
export function formatReplayJson(trace: Trace): string {
  return printableJson({ version, trace: traceJson(trace) });
}

function findingJson({ rule, category, severity, proof, message, range, location, accesses, fixes }: JudgedFinding): object {
  return {
    rule,
    category,
    severity,
    verdict: proof.verdict,
    message,
    file: range.file,
    start: range.start,
    end: range.end,
    location,
    accesses: accesses.map((access) => ({ kind: access.kind, ...access.range, function: access.function, locks: access.locks })),
    ...(proof.witness ? { witness: witnessJson(proof.witness) } : {}),
    fixes: fixes.map(({ title, verdict, reason, edits }) => ({ title, verdict, reason, ...(verdict === 'proved' && { edits: edits.map(({ range: { start, end }, text }) => ({ start, end, text })) }) })),
  };
}

function witnessJson({ schedule, switches, assumptions, outcome, expectedOutcomes }: Witness): object {
  return { schedule, switches, assumptions, outcome, expectedOutcomes };
}

export function traceJson({ tasks, steps, conflict, outcome }: Trace): object {
  return { tasks, steps: steps.map(stepJson), ...(conflict ? { conflict } : {}), outcome };
}

function stepJson({ index, turn, task, kind, text, file, start, end, location, before, after, locks, cause }: TraceStep): object {
  return { index, turn, task, kind, text, file, start, end, location, before, after, locks, cause };
}
