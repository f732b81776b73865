import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { createAnalyser, subjectAt, type FileAnalysis, type FunctionSubject } from '../analysis/index.js';
import type { SourceText } from '../language/index.js';
import { formatPlace, type Finding, type JudgedFix, type Proof, type Schedule, type Scenario, type Trace } from '../model/index.js';
import { proveFixes, simulate as explore } from '../proof/index.js';
import { formatProofJson, formatReplay, formatReplayJson, formatSimulation, formatWitnessJson, type PictureSubject, type SimulatedSubject, type SourceLines } from '../report/index.js';
import type { FrameworkName } from '../regression/index.js';
import { startSimulator } from './simulator.js';
import { formatExport } from './export.js';
import { exportScenario } from './export-scenario.js';
import { exportTest } from './export-test.js';
import { discover, nameOf } from './discover.js';
import type { SimulateOptions, Target } from './options.js';
import { isScenario, linesOf } from './race-file.js';
import { linesThrough, readModules } from './read-modules.js';
import { readSource } from './read-source.js';
import { readSchedule } from './schedule-file.js';
import { configurationOf } from './configured.js';
import type { Shell, Status } from './shell.js';
import { simulateRace } from './simulate-race.js';
import { UsageError } from './usage.js';

/** `raceproof simulate`: status 1 if a witness was found. */
export async function simulate(options: SimulateOptions, shell: Shell): Promise<Status> {
  const schedule = options.schedule === undefined ? undefined : readSchedule(options.schedule, shell.cwd);
  const source = read(options.target, shell.cwd);
  if (options.target.line === undefined && isScenario(source)) return simulateRace(source, options, schedule, shell);
  if (options.raceOnly.length > 0) throw new UsageError(`--${options.raceOnly[0]} is for scenario files; leave it out, or name a file whose default export is scenario(…).`);
  const subject = find(source, options.target, shell.cwd);
  shell.showProgress(`simulating ${describe(subject, source).name}`);
  const simulator = startSimulator();
  const reader = readModules(shell.cwd);
  const lines = linesThrough(source, reader);
  try {
    const proof = await explore(subject, source, simulator, { read: reader, ...options.exploration, faults: options.race.faults, ...(schedule && { stopAtFirst: true }) });
    if (!schedule && options.exported === 'race') {
      await exportScenario({ subject, source, proof, read: reader }, simulator, shell);
      return proof.verdict === 'confirmed' ? 1 : 0;
    }
    if (!schedule && isTest(options.exported)) {
      await exportTest({ subject, source, proof, read: reader, fixes: await fixesOf(subject, source, proof, simulator, options, shell) }, options.exported, simulator, shell);
      return proof.verdict === 'confirmed' ? 1 : 0;
    }
    if (!schedule) return show(subject, source, lines, proof, await fixesOf(subject, source, proof, simulator, options, shell), options, shell);
    return showReplay(subject, source, lines, await replay(proof.scenario, proof, schedule, simulator), options, shell);
  } finally {
    await simulator.dispose();
  }
}

/** Where a finding stands, and a person reads the answer or a test is tried on them. */
async function fixesOf(subject: Subject, source: SourceText, proof: Proof & { readonly scenario?: Scenario }, simulator: ReturnType<typeof startSimulator>, { format, exported, target }: SimulateOptions, shell: Shell): Promise<readonly JudgedFix[]> {
  if (!('rule' in subject) || proof.verdict !== 'confirmed' || format === 'json' || (exported && !isTest(exported))) return [];
  shell.showProgress('proving fixes');
  return proveFixes(subject, source, simulator, { read: readModules(shell.cwd), configuration: configurationOf(resolve(shell.cwd, target.path), shell.cwd), proof });
}

function show(subject: Subject, source: SourceText, lines: SourceLines, proof: Proof, fixes: readonly JudgedFix[], { format, exported }: SimulateOptions, shell: Shell): Status {
  const text = () => formatSimulation(describe(subject, source), proof, lines, shell.terminal, fixes);
  if (exported && !isTest(exported) && exported !== 'race' && proof.witness) shell.print(exported === 'json' ? formatWitnessJson(proof.witness) : formatExport(exported, pictureOf(subject, source), proof.witness, lines));
  else if (exported) shell.complain(`nothing to export, as there is no witness (${proof.verdict}: ${proof.reason}).`);
  else shell.print(format === 'json' ? formatProofJson(proof) : text());
  if (format === 'json' && proof.verdict === 'unproven') shell.complain(`unproven: ${proof.reason}`);
  return proof.verdict === 'confirmed' ? 1 : 0;
}

function showReplay(subject: Subject, source: SourceText, lines: SourceLines, trace: Trace, { format }: SimulateOptions, shell: Shell): Status {
  shell.print(format === 'json' ? formatReplayJson(trace) : formatReplay(describe(subject, source), trace, lines, shell.terminal));
  return trace.conflict ? 1 : 0;
}

/** Anything else is made from the witness alone. */
function isTest(exported: SimulateOptions['exported']): exported is 'test' | FrameworkName {
  return exported !== undefined && !['json', 'svg', 'mermaid', 'race'].includes(exported);
}

type Subject = Finding | FunctionSubject;
type Replayer = { replay(scenario: Scenario, schedule: Schedule): Promise<Trace> };

async function replay(scenario: Scenario | undefined, { verdict, reason }: Proof, schedule: Schedule, simulator: Replayer): Promise<Trace> {
  if (!scenario) throw new UsageError(`the schedule cannot be replayed: the function is ${verdict}: ${reason}.`);
  try {
    return await simulator.replay(scenario, schedule);
  } catch (error) {
    throw new UsageError(`the schedule does not fit this code: ${error instanceof Error ? error.message : String(error)} Has the file changed since? Make a new one with --export json.`);
  }
}

function find(source: SourceText, target: Target, cwd: string): Subject {
  const analysis = createAnalyser(readModules(cwd)).analyse(source, { configuration: configurationOf(resolve(cwd, target.path), cwd) });
  if (analysis.failure) throw new UsageError(`${formatPlace(analysis.failure.range)}: syntax error: ${analysis.failure.message}`);
  if (target.line === undefined) throw new UsageError(`name a line of ${source.file}, such as ${source.file}:12. ${subjectsIn(analysis)}`);
  const text = linesOf([source])(source.file, target.line);
  if (text === undefined) throw new UsageError(`${source.file} has ${analysis.lines} lines, and no line ${target.line}.`);
  const subject = subjectAt(analysis, { line: target.line, column: target.column ?? text.length - text.trimStart().length + 1 });
  if (!subject) throw new UsageError(`${source.file}:${target.line}: no function stands there. ${subjectsIn(analysis)}`);
  return subject;
}

function read({ path }: Target, cwd: string): SourceText {
  const full = resolve(cwd, path);
  if (statSync(full, { throwIfNoEntry: false })?.isDirectory()) throw new UsageError(`${path} is a folder; name a file and a line. To find races in it: raceproof check ${path}`);
  const { candidates, problems } = discover([path], cwd);
  const [candidate] = candidates;
  if (!candidate) throw new UsageError(problems.map(({ place, message }) => `${place}: ${message}`).join(' '));
  const reading = readSource(candidate);
  if (reading.kind !== 'text') throw new UsageError(`${candidate.file}: ${reading.kind === 'problem' ? reading.message : 'it is no source file.'}`);
  return { file: nameOf(full, cwd), text: reading.text };
}

function subjectsIn({ functions }: FileAnalysis): string {
  const known = functions.filter(({ isAsync }) => isAsync).map(({ entry }) => `${entry.range.start.line} ${entry.name}`);
  return known.length === 0 ? 'There is no function in it that can be suspended, so nothing to interleave.' : `These can be simulated: ${known.slice(0, 12).join(', ')}${known.length > 12 ? ', ...' : ''}`;
}

function pictureOf(subject: Subject, source: SourceText): PictureSubject {
  const { name, file, line } = describe(subject, source);
  return { about: `${name}, ${file}:${line}`, ...('rule' in subject ? { kind: subject.rule, sentence: subject.message } : { kind: 'race', sentence: `two calls of ${name} overlap` }), steps: [] };
}

function describe(subject: Subject, { file }: SourceText): SimulatedSubject {
  if ('rule' in subject) return { name: subject.overlaps[0]?.[0].name ?? subject.location, file, line: subject.range.start.line, rule: subject.rule, location: subject.location };
  return { name: subject.entry.name, file, line: subject.entry.range.start.line };
}
