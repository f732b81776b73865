import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { checkModule, compile } from '../../../src/language/index.js';
import type { Realm } from '../suite/realm.js';
import { prelude } from './fact.js';

const nativeRunner = fileURLToPath(new URL('../../simulator/native-run.mjs', import.meta.url));

/** What each program logs in the simulator. They are compiled together, but each is run from the start. */
export function simulate(programs: readonly string[], realm: Realm): string[] {
  const functions = programs.map((program) => `function () { ${program}\n }`);
  const { code, names } = compile(checkModule({ file: 'facts.js', text: `${prelude}\nconst programs = [${functions.join(',\n')}];\nprograms[chosen]();` }));
  return programs.map((_, chosen) => {
    const { printed } = realm([{ code, names }], { tellsUnhandled: true, given: { chosen } });
    return printed.join(' | ');
  });
}

/** What each program logs in the Node that runs this. */
export function runNatively(programs: readonly string[]): string[] {
  const texts = programs.map((program) => `'use strict'; const print = log; { ${prelude}\n(function () { ${program}\n })(); }`);
  const { stdout, stderr, status } = spawnSync(process.execPath, [nativeRunner], { input: JSON.stringify(texts), encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(stderr);
  return (JSON.parse(stdout) as string[][]).map((lines) => lines.join(' | '));
}
