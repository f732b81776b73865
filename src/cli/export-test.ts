import type { FunctionSubject } from '../analysis/index.js';
import type { ReadModule, SourceText } from '../language/index.js';
import type { Finding } from '../model/index.js';
import type { ScenarioProof } from '../proof/index.js';
import { NoTest, subjectOf, type FrameworkName } from '../regression/index.js';
import { writeRegressionTest } from '../regression/node.js';
import type { Simulator } from '../simulator/index.js';
import type { Shell } from './shell.js';

export interface TestExport {
  readonly subject: Finding | FunctionSubject;
  readonly source: SourceText;
  readonly proof: ScenarioProof;
  readonly read: ReadModule;
  /** `test`: what the project uses. */
  readonly framework: FrameworkName | 'test';
}

/** Prints the test that forces the witness; where it belongs, and how it failed on today's code, goes to standard error. */
export async function exportTest({ subject, source, proof: { scenario, witness, verdict, reason }, read, framework }: TestExport, simulator: Simulator, shell: Shell): Promise<void> {
  if (!scenario || !witness) return shell.complain(`nothing to export, as there is no witness (${verdict}: ${reason}).`);
  shell.showProgress('running the test in Node');
  try {
    const uses = await simulator.study(scenario, witness.schedule);
    const test = await writeRegressionTest({ source, finding: subjectOf(subject, scenario), scenario, witness, uses, read }, { cwd: shell.cwd, ...(framework !== 'test' && { framework }) });
    shell.print(test.text.trimEnd());
    shell.complain(`this test belongs into ${test.file}. It was run in Node, and fails on the code as it is: ${test.failure}`);
  } catch (error) {
    if (!(error instanceof NoTest)) throw error;
    shell.complain(`no test: ${error.message}.`);
  }
}
