import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analysis/index.js';
import { prove } from '../../src/proof/index.js';
import { writeScenarioFile } from '../../src/regression/index.js';
import { useEngine } from '../proof/judging.js';

const engine = useEngine();
const declarations = readFileSync(new URL('../../raceproof.d.ts', import.meta.url), 'utf8');

async function written(text: string, file = 'account.ts'): Promise<{ readonly file: string; readonly text: string }> {
  const source = { file, text };
  const [finding] = analyse(source).findings;
  if (!finding) throw new Error('nothing is found');
  return writeScenarioFile({ subject: finding, source, proof: await prove(finding, source, engine.simulator) }, engine.simulator);
}

/** What TypeScript objects to in a scenario beside its subject, in strict mode. */
function problems(scenario: { readonly file: string; readonly text: string }, subject: string): string[] {
  const files = new Map([[`/${scenario.file}`, scenario.text], ['/account.ts', subject], ['/raceproof.d.ts', declarations]]);
  const options: ts.CompilerOptions = { strict: true, noEmit: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, types: [], paths: { raceproof: ['/raceproof.d.ts'] } };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path) ?? readFile(path);
  host.getSourceFile = (path, target) => (files.has(path) ? ts.createSourceFile(path, files.get(path)!, target) : getSourceFile(path, target));
  const program = ts.createProgram([`/${scenario.file}`], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

const guarded = `export interface Ledger { isOpen(day: string): Promise<boolean>; append(sum: number): Promise<void> }
export class Account {
  balance = 100;
  constructor(private readonly ledger: Ledger) {}
  async withdraw(amount: number) {
    if (!(await this.ledger.isOpen('today'))) return;
    if (this.balance < amount) return;
    await this.ledger.append(amount);
    this.balance -= amount;
  }
}
`;

describe('a scenario file for a finding', () => {
  it('imports the subject, names the tasks, and says what is assumed as values to change', async () => {
    const scenario = await written(guarded);
    expect(scenario.file).toBe('account.race.ts');
    expect(scenario.text).toContain("import { Account } from './account';");
    expect(scenario.text).toContain('declare const ledger: ConstructorParameters<typeof Account>[0];');
    expect(scenario.text).toContain('first: () => account.withdraw(100),');
    expect(scenario.text).toContain(`'ledger.isOpen("today") is truthy': true,`);
    expect(problems(scenario, guarded)).toEqual([]);
  });

  it.each([
    ['a factory, and an object as argument', `export function createStore(disk: { save(n: number): Promise<void> }) { let total = 0; return { async add(entry: { size: number; tag: 'a' | 'b' }) { const before = total; await disk.save(before); total = before + entry.size; } }; }\n`],
    ['a default export', `export default class { total = 0; async add(save: (n: number) => Promise<void>) { const before = this.total; await save(before); this.total = before + 1; } }\n`],
    ['a function of the module', `let total = 0;\nexport const sum = () => total;\nexport async function add(name: string, save: (n: string) => Promise<void>) { const before = total; await save(name); total = before + 1; }\n`],
  ])('type-checks for %s', async (_, text) => {
    const scenario = await written(text);
    expect(problems(scenario, text)).toEqual([]);
    expect(scenario.text).not.toContain('What is missing');
  });

  it('says what is missing where nothing can be called, and type-checks all the same', async () => {
    const text = 'let total = 0;\nasync function add(save: () => Promise<void>) { const before = total; await save(); total = before + 1; }\nsetInterval(() => void add(async () => {}), 10);\nexport {};\n';
    const scenario = await written(text);
    expect(scenario.text).toMatch(/What is missing: an export of add|What is missing: a name for what runs/);
    expect(problems(scenario, text)).toEqual([]);
  });

  it('is JavaScript for JavaScript', async () => {
    const scenario = await written('let total = 0;\nexport async function add(save) { const before = total; await save(); total = before + 1; }\n', 'account.js');
    expect(scenario.file).toBe('account.race.js');
    expect(scenario.text).toContain("from './account.js'");
    expect(scenario.text).not.toContain('declare');
  });
});
