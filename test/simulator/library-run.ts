import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compileLinked, type ReadModule } from '../../src/language/index.js';
import { createGlobals } from '../../src/simulator/host/globals.js';
import { createModules } from '../../src/simulator/host/modules.js';
import { Platform } from '../../src/simulator/host/platform.js';
import { hasModel } from '../../src/simulator/index.js';
import { Hooks } from '../../src/simulator/runtime/hooks.js';
import type { Recorder } from '../../src/simulator/runtime/recorder.js';
import { createRealm, type Subject } from '../../src/simulator/runtime/runner.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The real files of this repository, with what is installed. */
export const installed: ReadModule = (file) => {
  const stats = statSync(`${root}${file}`, { throwIfNoEntry: false });
  if (stats?.isDirectory()) return { kind: 'folder' };
  return stats?.isFile() ? { kind: 'file', text: readFileSync(`${root}${file}`, 'utf8') } : undefined;
};

/** What an ES module logs in Node, which finds packages where the simulator does. */
export function runInNode(program: string): string[] {
  const text = `const log = (...values) => console.log(values.map(String).join(' '));\nprocess.on('uncaughtException', (error) => log('uncaught', error.message));\n${program}`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', text], { cwd: root, encoding: 'utf8' }).trimEnd().split('\n');
}

/** What it logs in the simulator with its packages linked in, and which files took part. */
export function runWithPackages(program: string): { readonly lines: string[]; readonly code: string } {
  const { program: { code, names } } = compileLinked({ file: 'subject.mjs', text: program }, installed, hasModel);
  const lines: string[] = [];
  const log = (...values: unknown[]): void => void lines.push(values.map(String).join(' '));
  const realm = createRealm();
  const { loop, opaque, assumptions, timers, helpers, disposal, promise: { Promise } } = realm;
  loop.reset({ steps: 1_000_000, intervalFirings: 3 });
  timers.reset();
  const platform = new Platform({ loop, opaque, timers, Promise });
  realm.platform = platform;
  const modules = createModules(opaque, realm.models);
  const globals = createGlobals({ loop, opaque, assumptions, timers, Promise, require: modules, seed: 1, disposal, platform });
  const hooks = new Hooks({ loop, opaque, assumptions, recorder: silent, helpers, importModule: (name, load) => realm.complete(`import of ${String(name)} completes`, () => (load ? load() : modules(name))) });
  const subject = (0, eval)(code) as Subject;
  const own: Record<string, unknown> = { log, Int32Array, Uint8Array, Uint16Array, Uint32Array, DataView };
  loop.setup(() => void subject(hooks, ...names.map((name) => own[name] ?? globals(name))));
  for (let event = loop.enabled()[0]; event !== undefined; event = loop.enabled()[0]) loop.fire(event);
  for (const { kind, reason } of loop.errors) lines.push(`${kind} ${reason instanceof Error ? reason.message : String(reason)}`);
  return { lines, code };
}

const silent: Recorder = { access: () => undefined, call: () => undefined, suspend: () => undefined, resume: () => undefined, enter: () => undefined, reached: () => undefined };
