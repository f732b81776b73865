import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { analyse } from '../../src/analysis/index.js';
import { prove } from '../../src/proof/index.js';
import type { FrameworkName } from '../../src/regression/index.js';
import { writeRegressionTest, type RegressionTest } from '../../src/regression/node.js';
import type { Simulator } from '../../src/simulator/index.js';
import { readModules } from '../../src/cli/read-modules.js';

export interface Written extends RegressionTest {
  readonly rule: string;
}

export interface WriteOptions {
  /** Other files of the project, by path; `src/subject.ts` or `.js` is the subject's. */
  readonly files?: Readonly<Record<string, string>>;
  readonly file?: string;
  readonly framework?: FrameworkName;
  readonly cured?: string;
  readonly manifest?: object;
}

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** A real project in a folder of its own, with what is installed here. */
export function makeProject(files: Readonly<Record<string, string>>): { readonly folder: string; dispose(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'raceproof-project-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  symlinkSync(modules, join(folder, 'node_modules'));
  return { folder, dispose: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The test for the one finding of a text, run in Node as it is offered. Rejects with `NoTest` if there is none. */
export async function writeFor(text: string, simulator: Simulator, { files = {}, file = 'src/subject.ts', framework, cured, manifest = { type: 'module', devDependencies: { vitest: '*' } } }: WriteOptions = {}): Promise<Written> {
  const { folder, dispose } = makeProject({ 'package.json': JSON.stringify(manifest), [file]: text, ...files });
  try {
    const source = { file, text };
    const read = readModules(folder);
    for (const finding of analyse(source).findings) {
      const { scenario, witness, verdict, reason } = await prove(finding, source, simulator, { read });
      if (!scenario || !witness) throw new Error(`${finding.rule} is ${verdict}: ${reason}`);
      const uses = await simulator.study(scenario, witness.schedule);
      return { rule: finding.rule, ...(await writeRegressionTest({ source, finding, scenario, witness, uses, read }, { cwd: folder, ...(framework && { framework }), ...(cured !== undefined && { cured }) })) };
    }
    throw new Error('nothing is found');
  } finally {
    dispose();
  }
}
