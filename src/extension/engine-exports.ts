import type { FunctionSubject } from '../analysis/index.js';
import type { Finding } from '../model/index.js';
import { proveFixes, simulate } from '../proof/index.js';
import { NoTest, writeScenarioFile } from '../regression/index.js';
import { testFor } from '../regression/node.js';
import type { Simulator } from '../simulator/index.js';
import { chooseAt } from './choose-subject.js';
import type { EngineCalls, WrittenScenario, WrittenTest } from './engine-protocol.js';
import { readFiles } from './read-files.js';
import type { WorkspaceAnalyser } from './workspace-analyser.js';

type Asked = EngineCalls['test']['params'];

/** The engine's side of `test`: proves what stands at the place, and has Node run the test before anybody sees it. */
export async function writeTest(asked: Asked, analyser: WorkspaceAnalyser, simulator: Simulator, signal: AbortSignal): Promise<WrittenTest> {
  const { source, configuration, root, texts = {} } = asked;
  if (root === undefined) return none('the files are not on disk, where Node could run it');
  const subject = subjectOf(asked, analyser);
  if ('kind' in subject) return subject;
  const read = readFiles(asked);
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

/** The engine's side of `scenario`. */
export async function writeScenario(asked: Asked, analyser: WorkspaceAnalyser, simulator: Simulator, signal: AbortSignal): Promise<WrittenScenario> {
  const subject = subjectOf(asked, analyser);
  if ('kind' in subject) return subject;
  const { source } = asked;
  const read = readFiles(asked);
  const proof = await simulate(subject, source, simulator, { signal, read });
  return { kind: 'scenario', ...(await writeScenarioFile({ subject, source, proof, read }, simulator, signal)) };
}

type None = WrittenTest & { readonly kind: 'none' };

function subjectOf({ source, subject: position, configuration, ...places }: Asked, analyser: WorkspaceAnalyser): Finding | FunctionSubject | None {
  const subject = chooseAt(analyser.analyse(source, places, configuration ? { configuration } : {}), position);
  if (!subject) return none(`line ${position.line} is in no function that can be simulated`);
  return 'failure' in subject ? none(`the syntax error on line ${subject.failure.range.start.line} comes first`) : subject;
}

function none(reason: string): None {
  return { kind: 'none', reason };
}
