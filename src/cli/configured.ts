import { ruleCatalogue } from '../analysis/index.js';
import { readConfigurations, type FoundConfiguration } from '../configuration/node.js';
import { formatPlace, isIncluded, type Configuration } from '../model/index.js';
import type { FileTask } from './check-file.js';
import type { Candidate } from './discover.js';
import { explainError, type Problem } from './problem.js';
import { UsageError } from './usage.js';

/** Each file with the nearest configuration around it. What it leaves out is left out, unless it is named; where it is wrong nothing is checked. */
export function configured(candidates: readonly Candidate[], rules: readonly string[], cwd: string): { readonly tasks: readonly FileTask[]; readonly problems: readonly Problem[] } {
  const configurations = readConfigurations(cwd, ruleCatalogue.map(({ id }) => id));
  const wrong = new Set<FoundConfiguration>();
  const tasks: FileTask[] = [];
  for (const candidate of candidates) {
    const found = configurations.of(candidate.path);
    if (problemsOf(found).length > 0) wrong.add(found);
    else if (candidate.isNamed || isIncluded(candidate.file, found.configuration)) tasks.push({ candidate, rules, configuration: found.configuration });
  }
  return { tasks, problems: [...wrong].flatMap(problemsOf) };
}

/** What is wrong with a configuration file, for the terminal. */
export function problemsOf({ problems, unreadable }: FoundConfiguration): Problem[] {
  if (unreadable) return [{ place: unreadable.file, message: explainError(unreadable.error) }];
  return problems.map(({ range, message }) => ({ place: formatPlace(range), message }));
}

/** The configuration of one file. */
export function configurationOf(path: string, cwd: string): Configuration {
  const found = readConfigurations(cwd, ruleCatalogue.map(({ id }) => id)).of(path);
  const [problem] = problemsOf(found);
  if (problem) throw new UsageError(`${problem.place}: ${problem.message}`);
  return found.configuration;
}
