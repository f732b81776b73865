import { describe, expect, it } from 'vitest';
import {
  formatCheckJson, formatGithub, formatMarkdown, formatProofJson, formatSarif, formatRace, formatRaceJson, formatRaceReplay, formatRaceSummary, formatRaceWitnessJson, formatReplay, formatSimulation, formatStylish, formatTestJson,
  formatTestTotal, formatTimeline, type CheckReport, type ReportedSuppression, type JudgedRace, type Terminal,
} from '../../src/report/index.js';
import { buffered, correct, deadlocked, raceFile, raceLine, starving } from './race-trace.js';
import { accountFile, confirmed, finding, sourceLine, trace, unproven } from './account-trace.js';

const wide: Terminal = { width: 100, hasColor: false, hasUnicode: true };
const narrow: Terminal = { ...wide, width: 60 };
const ascii: Terminal = { ...wide, hasUnicode: false };
const colored: Terminal = { ...wide, hasColor: true };

const stats = { files: 3, lines: 1234, parsed: 2, ms: 840, executions: 6, suppressed: 0, refuted: 1, failed: 0 };
const report: CheckReport = { findings: [finding, unproven], suppressions: [], stats };
const tool = { version: '1.2.3', rules: [{ id: 'check-then-act', category: 'atomicity', summary: 'A check is old.', explanation: 'Check again.', help: '# check-then-act' }] };
const suppression: ReportedSuppression = { kind: 'unused', severity: 'information', message: 'Nothing is suppressed here: there is no lost-update on line 3. Remove lost-update from this comment.', range: { file: 'src/old.ts', start: { line: 2, column: 3 }, end: { line: 2, column: 60 } } };
const subject = { name: 'Account.withdraw', file: accountFile, line: 6, rule: 'check-then-act', location: 'Account.#balance' };

/** What a person sees, whole. To accept a change after reading it: `npx vitest run test/report -u`. */
const golden = (name: string, text: string) => expect(`${text}\n`).toMatchFileSnapshot(`golden/${name}`);

describe('timeline', () => {
  it('has a column a task in a wide terminal', () => golden('timeline-wide.txt', formatTimeline(trace, sourceLine, wide)));
  it('shrinks its lanes to marks in a narrow one', () => golden('timeline-narrow.txt', formatTimeline(trace, sourceLine, narrow)));
  it('draws with ASCII where nothing else is to be had', () => golden('timeline-ascii.txt', formatTimeline(trace, sourceLine, ascii)));
  it('says which agent and which file, if there are several', () => {
    const [alice, bob] = trace.tasks;
    const steps = trace.steps.map((step) => (step.task === 'bob' && step.turn > 1 ? { ...step, file: 'src/worker.ts', locks: ['ledger'] } : step));
    return golden('timeline-agents.txt', formatTimeline({ ...trace, steps, tasks: [alice!, { ...bob!, agent: 'worker 1' }] }, sourceLine, wide));
  });
});

describe('simulation', () => {
  it('tells verdict, counts, outcomes, witness and how to replay it', () => golden('simulation.txt', formatSimulation(subject, confirmed, sourceLine, wide)));
  it('in colour', () => golden('simulation-color.txt', formatSimulation(subject, confirmed, sourceLine, colored)));
  it('says why nothing could be proved', () => golden('simulation-unproven.txt', formatSimulation(subject, unproven.proof, sourceLine, wide)));
  it('replays one schedule', () => golden('replay.txt', formatReplay(subject, trace, sourceLine, wide)));
  it('as JSON', () => golden('simulation.json', formatProofJson(confirmed)));
});

describe('check', () => {
  it('for a person', () => golden('check.txt', formatStylish(report, wide)));
  it('in a narrow terminal', () => golden('check-narrow.txt', formatStylish(report, narrow)));
  it('with nothing to report', () => golden('check-clean.txt', formatStylish({ findings: [], suppressions: [], stats: { ...stats, refuted: 0, executions: 0 } }, wide)));
  it('with files that could not be checked, and none that could', () => golden('check-nothing.txt', formatStylish({ findings: [], suppressions: [], stats: { ...stats, files: 0, lines: 0, parsed: 0, refuted: 0, executions: 0, failed: 1 } }, wide)));
  it('with suppressions', () => golden('check-suppressions.txt', formatStylish({ findings: [finding], suppressions: [suppression, { ...suppression, kind: 'no-reason', severity: 'warning', message: 'Nothing is suppressed without a reason.', range: { ...suppression.range, file: finding.range.file } }], stats: { ...stats, suppressed: 2 } }, wide)));
  it('as annotations of a workflow run', () => golden('check.github.txt', formatGithub({ ...report, suppressions: [suppression] })));
  it('as Markdown', () => golden('check.md', formatMarkdown({ ...report, suppressions: [suppression], fixed: [{ file: 'src/old.ts', line: 3, rule: 'lost-update', location: 'count', title: 'Read `count` after the await' }] })));
  it('as SARIF', () => golden('check.sarif', formatSarif({ ...report, suppressions: [suppression] }, tool, [{ place: 'src/broken.ts:3:7', message: 'Unexpected token' }])));
  it('as JSON', () => golden('check.json', formatCheckJson({ ...report, suppressions: [suppression] })));
});

describe('a scenario file', () => {
  const subject = { file: raceFile, memoryModel: 'sc' } as const;

  it('tells verdict, counts, problems, outcomes, the fewest switches, the witness and how to replay it', () => golden('race.txt', formatRace(subject, deadlocked, 'confirmed', raceLine, wide)));
  it('in colour', () => golden('race-color.txt', formatRace(subject, deadlocked, 'confirmed', raceLine, colored)));
  it('that is correct', () => golden('race-refuted.txt', formatRace(subject, correct, 'refuted', raceLine, wide)));
  it('whose exploration met a limit, and which', () => {
    const limited = (['executions', 'turns', 'time', 'heap', 'steps', 'stopped', 'preemptions', 'sampling', 'histories'] as const).map((limit) => formatRace({ ...subject, memoryModel: 'tso' }, { ...correct, exhaustive: false, limit, outcomes: [] }, 'bounded', raceLine, wide));
    return golden('race-bounded.txt', limited.join('\n\n'));
  });
  it('with more outcomes than are listed', () => {
    const outcomes = Array.from({ length: 15 }, (_, n) => ({ outcome: { state: { 'x[0]': String(n) }, results: {}, effects: {} }, count: 15 - n, expected: true }));
    return golden('race-outcomes.txt', formatRace(subject, { ...correct, executions: 1120, outcomes, otherOutcomes: 1000 }, 'refuted', raceLine, wide));
  });
  it('that could not be run', () => {
    const failed = { ...correct, exhaustive: false, executions: 0, transitions: 0, outcomes: [], failure: { reason: 'set-up threw TypeError: x is not a function', range: { file: raceFile, start: { line: 3, column: 1 }, end: { line: 3, column: 9 } } } };
    return golden('race-unproven.txt', formatRace(subject, failed, 'unproven', raceLine, wide));
  });
  it('with six tasks', () => golden('race-six.txt', formatTimeline(starving(6), raceLine, wide)));
  it('with store buffers', () => golden('race-buffers.txt', formatRaceReplay({ ...subject, memoryModel: 'tso' }, { trace: buffered, problems: [] }, raceLine, wide)));
  it('as JSON', () => golden('race.json', formatRaceJson(deadlocked, 'confirmed')));
  it('its witness as JSON', () => golden('race-witness.json', formatRaceWitnessJson(deadlocked.witness!)));

  const races: JudgedRace[] = [
    { file: 'a/dining.race.ts', verdict: 'confirmed', exploration: deadlocked, milliseconds: 812 },
    { file: 'b/cured.race.ts', verdict: 'refuted', exploration: correct, milliseconds: 40 },
    { file: 'b/large.race.ts', verdict: 'bounded', exploration: { ...correct, exhaustive: false, limit: 'time' }, milliseconds: 60_000 },
  ];
  it('among others, in a test', () => golden('race-test.txt', [...races.map((race) => formatRaceSummary(race, wide)), formatTestTotal(races, 1, wide)].join('\n')));
  it('among others, in a test, as JSON', () => golden('race-test.json', formatTestJson(races)));
});
