import { expect, test } from 'vitest';
import { Program } from '../../src/analysis/program.js';
import type { ModuleModel } from '../../src/analysis/model/module.js';
import type { ReadModule } from '../../src/language/index.js';

type Files = Record<string, string>;

function programOf(files: Files): (file: string) => ModuleModel {
  const read: ReadModule = (file) => (file in files ? { kind: 'file', text: files[file]! } : undefined);
  const program = new Program(read);
  return (file) => {
    const model = program.model({ file, text: files[file]! }) as ModuleModel;
    program.studiesOf(model);
    program.tidy();
    return model;
  };
}

test('what imports a file that has changed is modelled anew, not read anew', () => {
  const files: Files = {
    'a.ts': `import { b } from './b';\nexport let n = 0;\nexport const a = async () => { await b(); };`,
    'b.ts': `import { a, n } from './a';\nexport let m = n;\nexport const b = async () => { m = n; await a(); };`,
  };
  const modelOf = programOf(files);
  modelOf('a.ts');
  const before = modelOf('b.ts');
  files['a.ts'] += '\n// edited';
  modelOf('a.ts');
  const after = modelOf('b.ts');
  expect(after).not.toBe(before);
  expect(after.module).toBe(before.module);
});

test('what others import is kept before what nobody has asked for', () => {
  const importing = (name: string): string => `import { mutex } from './lock';\nlet n = 0;\nexport const ${name} = async () => { await mutex.runExclusive(async () => { n += 1; }); };\n//${' '.repeat(390_000)}`;
  const files: Files = { 'lock.ts': `import { Mutex } from 'async-mutex';\nexport const mutex = new Mutex();` };
  for (let index = 0; index < 8; index++) files[`f${index}.ts`] = importing(`f${index}`);
  const modelOf = programOf(files);
  const first = modelOf('f0.ts');
  const lock = modelOf('lock.ts');
  for (let index = 1; index < 8; index++) modelOf(`f${index}.ts`);
  expect(modelOf('lock.ts')).toBe(lock);
  expect(modelOf('f0.ts').module).not.toBe(first.module);
});

test('a module that only speaks of classes, blocks and memos holds nothing to be shared', () => {
  const files: Files = {
    'a.ts': `import { Block } from './words';\nimport { Lock } from './lock';`,
    'words.ts': `// The class of a block.\nexport function Block() { return useMemo(() => 1); }`,
    'lock.ts': `export class Lock<T> {}`,
  };
  const { links } = programOf(files)('a.ts');
  expect(links.moduleAt('a.ts', './words')).toBeUndefined();
  expect(links.moduleAt('a.ts', './lock')?.file).toBe('lock.ts');
});
