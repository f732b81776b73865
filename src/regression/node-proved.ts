import type { FunctionSubject } from '../analysis/index.js';
import { applyEdits } from '../fixes/index.js';
import type { ReadModule, SourceText } from '../language/index.js';
import type { Finding, JudgedFix } from '../model/index.js';
import type { ScenarioProof } from '../proof/index.js';
import type { Simulator } from '../simulator/index.js';
import { writeRegressionTest, type RegressionOptions, type RegressionTest } from './node-write.js';
import { NoTest } from './plan.js';
import { subjectOf } from './subject.js';

/** Something that was simulated. */
export interface Proved {
  readonly subject: Finding | FunctionSubject;
  readonly source: SourceText;
  readonly proof: ScenarioProof;
  readonly read: ReadModule;
  /** What would cure it. */
  readonly fixes: readonly JudgedFix[];
}

export interface ProvedTest extends RegressionTest {
  /** The proved fix with which it passes. */
  readonly passesWith?: string;
}

/** The test for what was confirmed, run on the code as it is, where it fails, and with the first proved fix, where it passes. @throws NoTest with the reason why there is none. */
export async function testFor({ subject, source, proof, read, fixes }: Proved, simulator: Simulator, options: Omit<RegressionOptions, 'cured'>): Promise<ProvedTest> {
  const { scenario, witness, verdict, reason } = proof;
  if (!scenario || !witness) throw new NoTest(`there is no witness (${verdict}: ${reason})`);
  const fix = fixes.find((one) => one.verdict === 'proved');
  const uses = await simulator.study(scenario, witness.schedule, options.signal);
  const test = await writeRegressionTest({ source, finding: subjectOf(subject, scenario), scenario, witness, uses, read }, { ...options, ...(fix && { cured: applyEdits(source.text, fix.edits) }) });
  return { ...test, ...(fix && { passesWith: fix.title }) };
}
