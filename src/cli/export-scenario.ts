import { printable } from '../report/index.js';
import { writeScenarioFile } from '../regression/index.js';
import type { Simulator } from '../simulator/index.js';
import type { Shell } from './shell.js';

/** Prints a scenario file to go on with; where it belongs, and what it is good for, goes to standard error. */
export async function exportScenario(open: Parameters<typeof writeScenarioFile>[0], simulator: Simulator, shell: Shell): Promise<void> {
  const { text, file } = await writeScenarioFile(open, simulator);
  shell.print(text.trimEnd());
  shell.complain(printable(`this scenario belongs into ${file}. Change what it assumes, then run it: raceproof simulate ${file}`));
}
