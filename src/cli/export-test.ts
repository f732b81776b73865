import { NoTest, type FrameworkName } from '../regression/index.js';
import { testFor, type Proved } from '../regression/node.js';
import { printable } from '../report/index.js';
import type { Simulator } from '../simulator/index.js';
import type { Shell } from './shell.js';

/** Prints the test that forces the witness; where it belongs, and how it ended in Node, goes to standard error. `framework`: `test` is what the project uses. */
export async function exportTest(proved: Proved, framework: FrameworkName | 'test', simulator: Simulator, shell: Shell): Promise<void> {
  shell.showProgress('running the test in Node');
  try {
    const { text, file, failure, passesWith } = await testFor(proved, simulator, { cwd: shell.cwd, ...(framework !== 'test' && { framework }) });
    shell.print(text.trimEnd());
    shell.complain(printable(`this test belongs into ${file}. It was run in Node, and fails on the code as it is: ${failure}${passesWith === undefined ? '' : ` It passes with the proved fix “${passesWith}”.`}`));
  } catch (error) {
    if (!(error instanceof NoTest)) throw error;
    shell.complain(printable(`no test: ${error.message}.`));
  }
}
