import { closeSync, fchmodSync, fsyncSync, openSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { createAnalyser } from '../analysis/index.js';
import { applyEdits } from '../fixes/index.js';
import { levelOf, type Finding } from '../model/index.js';
import type { AppliedFix } from '../report/index.js';
import type { FileTask } from './check-file.js';
import { explainError, type Problem } from './problem.js';
import type { Provers } from './provers.js';
import { readModules } from './read-modules.js';
import { readSource } from './read-source.js';

/** Fixes in one file, one after the other, each proved in the text that the one before has left. */
const mostFixes = 50;

export interface Fixing {
  readonly applied: readonly AppliedFix[];
  readonly problem?: Problem;
}

/** Applies proved fixes to one file until no confirmed finding has one, and writes the file if any was applied. */
export async function fixFile({ candidate, configuration, rules }: FileTask, cwd: string, provers: Provers): Promise<Fixing> {
  const { file, path } = candidate;
  const reading = readSource(candidate);
  if (reading.kind !== 'text') return { applied: [] };
  const analyser = createAnalyser(readModules(cwd));
  const applied: AppliedFix[] = [];
  let { text } = reading;
  const findings = (): readonly Finding[] => analyser.analyse({ file, text }, { configuration, functions: false, ...(rules.length > 0 && { rules }) }).findings;
  for (let pending = [...findings()], finding = pending.shift(); finding && applied.length < mostFixes; finding = pending.shift()) {
    if (levelOf(finding, 'confirmed', configuration) === 'off') continue;
    const { fixes } = await provers.prove(finding, { file, text }, configuration);
    const [fix] = fixes;
    if (fix?.verdict !== 'proved') continue;
    applied.push({ file, line: finding.range.start.line, rule: finding.rule, location: finding.location, title: fix.title });
    text = applyEdits(text, fix.edits);
    pending = [...findings()];
  }
  if (applied.length === 0) return { applied };
  const problem = replaceText(path, reading.text, text);
  return problem === undefined ? { applied } : { applied: [], problem: { place: file, message: `${problem} Nothing was changed in it.` } };
}

const mark = Buffer.from('\uFEFF');

/** Puts a text in place of another in one step, so that nobody ever reads half of it. @returns why not, if it was not done. */
function replaceText(path: string, before: string, after: string): string | undefined {
  try {
    const target = realpathSync(path);
    const bytes = readFileSync(target);
    const hasMark = bytes.subarray(0, mark.length).equals(mark);
    if (!(hasMark ? bytes.subarray(mark.length) : bytes).equals(Buffer.from(before))) return 'it was changed while its fixes were proved, or is not written in UTF-8.';
    writeWhole(target, hasMark ? Buffer.concat([mark, Buffer.from(after)]) : Buffer.from(after));
    return undefined;
  } catch (error) {
    return explainError(error);
  }
}

function writeWhole(path: string, bytes: Buffer): void {
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}.raceproof`);
  const descriptor = openSync(beside, 'wx');
  try {
    fchmodSync(descriptor, statSync(path).mode);
    for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
    fsyncSync(descriptor);
    closeSync(descriptor);
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
