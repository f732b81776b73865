// Judges `check --export` from outside: races in a real project folder, each exported test run by vitest on the code as it is, where it has to fail by its
// assertion; on the cured twin that a person has written, and with the fix that `check --fix` applies, where it has to pass; and type-checked, strictly.
// Usage: npm run build && node bench/exported-tests.mjs [NAME…]; KEEP=1 leaves the folder.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packages, programs } from './exported-tests/programs.mjs';
import { racyPrograms } from './fixes/programs.mjs';

const home = fileURLToPath(new URL('..', import.meta.url));
const command = join(home, 'dist', 'cli.js');
const wanted = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'raceproof-exported-'));
const all = [...ofThisRepository(), ...programs, ...ofTests(), ...packages.map((one) => ({ files: {}, ...one }))].filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)));

try {
  makeProject();
  const { findings, tests = [] } = JSON.parse(raceproof(['check', 'src', '--export', 'vitest', '--format', 'json']));
  const written = tests.filter(({ test }) => test !== undefined);
  const badlyTyped = typeProblems();
  const today = runAll();
  for (const { name, subject, cured } of all) if (cured !== undefined) write(`src/${name}/${subject ?? 'subject.ts'}`, cured);
  const onTwin = runAll();
  for (const program of all) writeProgram(program);
  raceproof(['check', 'src', '--fix']);
  const onFixed = runAll();
  const rows = tests.map((told) => {
    const { cured } = all.find(({ name }) => told.file.startsWith(`src/${name}/`));
    const { test } = told;
    return { ...told, today: today.get(test), onTwin: cured === undefined ? '-' : onTwin.get(test), onFixed: told.passesWith === undefined ? '-' : onFixed.get(test), types: badlyTyped.get(test) ?? 'sound' };
  });
  for (const { name } of all) print(name, findings.filter(({ file }) => file.startsWith(`src/${name}/`)), rows.filter(({ file }) => file.startsWith(`src/${name}/`)));
  process.exitCode = sum(rows, written) ? 0 : 1;
} finally {
  if (process.env.KEEP) console.log(folder);
  else rmSync(folder, { recursive: true, force: true });
}

/** The samples, and the racy examples of the rules' pages with the first correct one that has the same exports. */
function ofThisRepository() {
  const read = (path) => readFileSync(join(home, path), 'utf8');
  const samples = readdirSync(join(home, 'samples')).filter((name) => name.endsWith('.cured.ts')).map((name) => name.replace('.cured.ts', ''));
  const pages = readdirSync(join(home, 'docs', 'rules')).flatMap((page) => {
    const examples = [...read(`docs/rules/${page}`).matchAll(/^```ts (\w+)\n([\s\S]*?)^```$/gm)].map(([, mark, code]) => ({ mark, code }));
    const exported = (code) => [...code.matchAll(/^export .*?(?:class|function|const|let) (\w+)/gm)].map(([, name]) => name).join();
    return examples.filter(({ mark }) => mark === 'racy').map(({ code }, index) => ({
      name: `page-${page.replace('.md', '')}-${index + 1}`, racy: code, cured: examples.find((other) => other.mark === 'correct' && exported(other.code) === exported(code))?.code,
    }));
  });
  return [...samples.map((name) => ({ name: `sample-${name}`, racy: read(`samples/${name}.ts`), cured: read(`samples/${name}.cured.ts`) })), ...pages];
}

/** What the tests of proofs write down; without twins. */
function ofTests() {
  return racyPrograms(new URL('../', import.meta.url)).filter(({ name }) => name.startsWith('test/')).map(({ name, file, text }) => ({ name: `test-${name.replace(/^.*\/|\.test\.ts/g, '').replace(':', '-')}`, subject: file, racy: text }));
}

function write(path, text) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function makeProject() {
  write('package.json', JSON.stringify({ type: 'module', devDependencies: { vitest: '*' } }));
  write('tsconfig.json', JSON.stringify({ compilerOptions: { strict: true, noEmit: true, target: 'ES2022', module: 'ESNext', moduleResolution: 'Bundler', skipLibCheck: true, allowJs: true, types: ['node'] }, include: ['src'] }));
  mkdirSync(join(folder, 'node_modules'));
  for (const name of readdirSync(join(home, 'node_modules'))) symlinkSync(join(home, 'node_modules', name), join(folder, 'node_modules', name));
  for (const program of all) writeProgram(program);
}

function writeProgram({ name, subject = 'subject.ts', racy, from, files = {}, packages: others = {} }) {
  if (from !== undefined) cpSync(join(home, 'node_modules', from), join(folder, 'src', name), { recursive: true, filter: (path) => !/[\\/]node_modules[\\/].*node_modules|\.map$|\.min\.|\.d\.[cm]?ts$/.test(path) });
  else write(`src/${name}/${subject}`, racy);
  if (/\brequire\(|\bmodule\.exports\b/.test(racy ?? '') && !/^import /m.test(racy)) write(`src/${name}/package.json`, '{ "type": "commonjs" }');
  for (const [file, text] of Object.entries(files)) write(`src/${name}/${file}`, text);
  for (const [specifier, text] of Object.entries(others)) {
    write(`node_modules/${specifier}/package.json`, JSON.stringify({ name: specifier, version: '1.0.0', type: 'module', main: 'index.js' }));
    write(`node_modules/${specifier}/index.js`, text);
  }
}

function raceproof(args) {
  const { stdout, stderr } = spawnSync(process.execPath, [command, ...args], { cwd: folder, encoding: 'utf8', maxBuffer: 1e9 });
  if (stdout === '') throw new Error(stderr);
  return stdout;
}

/** By test file: `passed`, `failed` by an assertion, or what else has happened. */
function runAll() {
  const output = join(folder, 'report.json');
  rmSync(output, { force: true });
  const { stderr } = spawnSync(process.execPath, [join(home, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--root', folder, '--reporter=json', `--outputFile=${output}`], { cwd: folder, encoding: 'utf8' });
  if (!existsSync(output)) throw new Error(stderr);
  const { testResults } = JSON.parse(readFileSync(output, 'utf8'));
  return new Map(testResults.map(({ name, message, assertionResults: [first] }) => {
    const failure = first?.failureMessages?.[0] ?? message;
    return [/src\/.*/.exec(name)[0], first?.status === 'passed' ? 'passed' : /AssertionError/.test(failure) ? 'failed' : `broken: ${failure.split('\n')[0]}`];
  }));
}

/** What TypeScript, strict, objects to in the tests; by test file. */
function typeProblems() {
  const { stdout } = spawnSync(process.execPath, [join(home, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', folder, '--pretty', 'false'], { cwd: folder, encoding: 'utf8', maxBuffer: 1e9 });
  return new Map([...stdout.matchAll(/^(src\/\S+\.race\S*?)\(\d+,\d+\): (error .*)$/gm)].map(([, file, problem]) => [file, problem]));
}

function print(name, findings, rows) {
  if (findings.length === 0) return console.log(`${name.padEnd(32)} nothing found`);
  for (const { rule, verdict, start } of findings) {
    const row = rows.find((one) => one.line === start.line && one.rule === rule);
    const told = !row ? verdict : row.reason !== undefined ? `no test: ${row.reason}` : `today ${row.today}, twin ${row.onTwin}, with the fix ${row.onFixed}, types ${row.types}`;
    console.log(`${`${name}:${start.line}`.padEnd(32)} ${rule.padEnd(24)} ${told}`);
  }
}

/** Prints the sums; true if all is as it should be. */
function sum(rows, written) {
  const tested = rows.filter(({ test }) => test !== undefined);
  const count = (list, wish) => list.filter(wish).length;
  const twins = tested.filter(({ onTwin }) => onTwin !== '-');
  const fixed = tested.filter(({ onFixed }) => onFixed !== '-');
  const failing = count(tested, ({ today }) => today === 'failed');
  const [onTwins, onFixes, sound] = [count(twins, ({ onTwin }) => onTwin === 'passed'), count(fixed, ({ onFixed }) => onFixed === 'passed'), count(tested, ({ types }) => types === 'sound')];
  console.log(`\n${all.length} programs, ${rows.length} confirmed findings, ${written.length} tests: ${failing} fail on the code as it is by their assertion; ${onTwins} of ${twins.length} pass on the cured twin, ${onFixes} of ${fixed.length} with the proved fix; ${sound} type-check`);
  return failing === tested.length && onTwins === twins.length && onFixes === fixed.length && sound === tested.length;
}
