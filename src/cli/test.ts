import { verdictOf } from '../proof/index.js';
import { formatRaceSummary, formatTestJson, formatTestTotal, type JudgedRace } from '../report/index.js';
import { discover, type Candidate } from './discover.js';
import { globToRegExp, isGlob } from '../model/index.js';
import type { TestOptions } from './race-options.js';
import { report, type Problem } from './problem.js';
import { openRace, raceFileName } from './race-file.js';
import { readSource } from './read-source.js';
import type { Shell, Status } from './shell.js';
import { explore, jobsOf } from './simulate-race.js';
import { startSimulator } from './simulator.js';
import { UsageError } from './usage.js';

/** `raceproof test`: every scenario file below the folder, or those that are named. Status 1 if one has a witness, 2 if one could not be run. */
export async function test(options: TestOptions, shell: Shell): Promise<Status> {
  const { candidates, problems } = find(options.patterns, shell.cwd);
  const judged: JudgedRace[] = [];
  const simulator = startSimulator(jobsOf(options.race));
  try {
    for (const candidate of candidates) {
      const result = await judge(candidate, options, simulator, shell);
      if ('message' in result) problems.push(result);
      else {
        judged.push(result);
        if (options.format === 'text') shell.print(formatRaceSummary(result, shell.terminal));
      }
    }
  } finally {
    await simulator.dispose();
  }
  report(problems, shell);
  shell.print(options.format === 'json' ? formatTestJson(judged) : formatTestTotal(judged, problems.length, shell.terminal));
  if (problems.length > 0) return 2;
  return judged.some(({ verdict }) => verdict === 'confirmed') ? 1 : 0;
}

async function judge(candidate: Candidate, options: TestOptions, simulator: ReturnType<typeof startSimulator>, shell: Shell): Promise<JudgedRace | Problem> {
  const place = candidate.file;
  const startedAt = performance.now();
  try {
    const reading = readSource({ ...candidate, isNamed: true });
    if (reading.kind !== 'text') return { place, message: reading.kind === 'problem' ? reading.message : 'it is no source file.' };
    const closed = openRace({ file: place, text: reading.text }, shell.cwd, options.race);
    const exploration = await explore(closed, options, simulator, shell, `${place}: `);
    const verdict = verdictOf(exploration);
    if (verdict === 'unproven' && exploration.failure) return { place, message: exploration.failure.reason };
    return { file: place, verdict, exploration, milliseconds: Math.round(performance.now() - startedAt) };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const [at, ...rest] = error.message.split(': ');
    return { place: at ?? place, message: rest.join(': ') };
  }
}

/** Patterns are paths, or globs that the shell has left as they are. A folder stands for the scenario files below it. */
function find(patterns: readonly string[], cwd: string): { readonly candidates: readonly Candidate[]; readonly problems: Problem[] } {
  const paths = patterns.filter((pattern) => !isGlob(pattern));
  const globs = patterns.filter(isGlob);
  const below = paths.length > 0 || globs.length === 0 ? discover(paths.length > 0 ? paths : ['.'], cwd) : { candidates: [], problems: [] };
  const named = below.candidates.filter(({ file, isNamed }) => isNamed || raceFileName.test(file));
  const all = globs.length > 0 ? discover(['.'], cwd).candidates : [];
  const problems = [...below.problems];
  const matched = globs.flatMap((glob) => {
    const matches = all.filter(({ file }) => globToRegExp(glob).test(file));
    if (matches.length === 0) problems.push({ place: glob, message: 'no file matches; check the pattern.' });
    return matches;
  });
  if (paths.length + globs.length === 0 && named.length === 0) problems.push({ place: '.', message: 'there is no scenario file (*.race.ts) below this folder.' });
  return { candidates: [...new Map([...named, ...matched].map((each) => [each.path, each])).values()], problems };
}
