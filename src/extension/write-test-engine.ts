import { proveFixes, simulate } from '../proof/index.js';
import { NoTest } from '../regression/index.js';
import { testFor } from '../regression/node.js';
import type { Simulator } from '../simulator/index.js';
import { chooseAt } from './choose-subject.js';
import type { EngineCalls, WrittenTest } from './engine-protocol.js';
import { readFiles } from './read-files.js';
import type { WorkspaceAnalyser } from './workspace-analyser.js';

/** The engine's side of `test`: proves what stands at the place, and has Node run the test before anybody sees it. */
export async function writeTest({ source, subject: position, configuration, ...places }: EngineCalls['test']['params'], analyser: WorkspaceAnalyser, simulator: Simulator, signal: AbortSignal): Promise<WrittenTest> {
  const { root, texts = {} } = places;
  if (root === undefined) return none('the files are not on disk, where Node could run it');
  const subject = chooseAt(analyser.analyse(source, places, configuration ? { configuration } : {}), position);
  if (!subject) return none(`line ${position.line} is in no function that can be simulated`);
  if ('failure' in subject) return none(`the syntax error on line ${subject.failure.range.start.line} comes first`);
  const read = readFiles(places);
  const proof = await simulate(subject, source, simulator, { signal, read });
  const fixes = 'rule' in subject && proof.verdict === 'confirmed' ? await proveFixes(subject, source, simulator, { signal, read, proof, most: 1, ...(configuration && { configuration }) }) : [];
  try {
    const { text, file, failure, passesWith, neighbour } = await testFor({ subject, source, proof, read, fixes }, simulator, { cwd: root === '' ? '/' : root, texts, signal });
    return { kind: 'test', text, file, failure, ...(passesWith !== undefined && { passesWith }), ...(neighbour && { neighbour }) };
  } catch (error) {
    if (error instanceof NoTest) return none(error.message);
    throw error;
  }
}

function none(reason: string): WrittenTest {
  return { kind: 'none', reason };
}
