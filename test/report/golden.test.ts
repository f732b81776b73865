import { describe, expect, it } from 'vitest';
import { formatCheckJson, formatProofJson, formatReplay, formatSimulation, formatStylish, formatTimeline, type CheckReport, type Terminal } from '../../src/report/index.js';
import { accountFile, confirmed, finding, sourceLine, trace, unproven } from './account-trace.js';

const wide: Terminal = { width: 100, hasColor: false, hasUnicode: true };
const narrow: Terminal = { ...wide, width: 60 };
const ascii: Terminal = { ...wide, hasUnicode: false };
const colored: Terminal = { ...wide, hasColor: true };

const stats = { files: 3, lines: 1234, parsed: 2, ms: 840, executions: 6, refuted: 1, failed: 0 };
const report: CheckReport = { findings: [finding, unproven], stats };
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
  it('with nothing to report', () => golden('check-clean.txt', formatStylish({ findings: [], stats: { ...stats, refuted: 0, executions: 0 } }, wide)));
  it('with files that could not be checked, and none that could', () => golden('check-nothing.txt', formatStylish({ findings: [], stats: { ...stats, files: 0, lines: 0, parsed: 0, refuted: 0, executions: 0, failed: 1 } }, wide)));
  it('as JSON', () => golden('check.json', formatCheckJson(report)));
});
