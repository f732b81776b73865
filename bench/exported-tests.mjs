// Judges `simulate --export test` from outside: races in real project folders, each exported test run by vitest on the code as it is, where it has
// to fail by its assertion, and on the cured twin, where it has to pass. Usage: npm run build && node bench/exported-tests.mjs [NAME…]
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { programs } from './exported-tests/programs.mjs';

const home = fileURLToPath(new URL('..', import.meta.url));
const command = join(home, 'dist', 'cli.js');
const wanted = process.argv.slice(2);

/** The samples, and the racy examples of the rules' pages with the first correct one that has the same exports. */
function ofThisRepository() {
  const read = (path) => readFileSync(join(home, path), 'utf8');
  const samples = readdirSync(join(home, 'samples')).filter((name) => name.endsWith('.cured.ts')).map((name) => name.replace('.cured.ts', ''));
  const pages = readdirSync(join(home, 'docs', 'rules')).flatMap((page) => {
    const examples = [...read(`docs/rules/${page}`).matchAll(/^```ts (\w+)\n([\s\S]*?)^```$/gm)].map(([, mark, code]) => ({ mark, code }));
    const exported = (code) => [...code.matchAll(/^export .*?(?:class|function|const|let) (\w+)/gm)].map(([, name]) => name).join();
    return examples.filter(({ mark }) => mark === 'racy').map(({ code }, index) => ({
      name: `${page.replace('.md', '')}-${index + 1}`, racy: code, cured: examples.find((other) => other.mark === 'correct' && exported(other.code) === exported(code))?.code,
    }));
  });
  return [...samples.map((name) => ({ name: `sample-${name}`, racy: read(`samples/${name}.ts`), cured: read(`samples/${name}.cured.ts`) })), ...pages];
}

const all = [...ofThisRepository(), ...programs].filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
const folder = mkdtempSync(join(tmpdir(), 'raceproof-exported-'));
const write = (path, text) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};

function makeProject() {
  write('package.json', JSON.stringify({ type: 'module', devDependencies: { vitest: '*' } }));
  mkdirSync(join(folder, 'node_modules'));
  for (const name of readdirSync(join(home, 'node_modules'))) symlinkSync(join(home, 'node_modules', name), join(folder, 'node_modules', name));
  for (const { name, racy, files = {}, packages = {} } of all) {
    write(`src/${name}/subject.ts`, racy);
    for (const [file, text] of Object.entries(files)) write(`src/${name}/${file}`, text);
    for (const [specifier, text] of Object.entries(packages)) {
      write(`node_modules/${specifier}/package.json`, JSON.stringify({ name: specifier, version: '1.0.0', type: 'module', main: 'index.js' }));
      write(`node_modules/${specifier}/index.js`, text);
    }
  }
}

function confirmedIn() {
  const { stdout } = spawnSync(process.execPath, [command, 'check', 'src', '--format', 'json'], { cwd: folder, encoding: 'utf8', maxBuffer: 1e9 });
  return JSON.parse(stdout).findings;
}

function exportTest({ file, start }) {
  const { stdout, stderr } = spawnSync(process.execPath, [command, 'simulate', `${file}:${start.line}:${start.column}`, '--export', 'test'], { cwd: folder, encoding: 'utf8' });
  return { text: stdout, said: stderr.trim().replace(/^raceproof: /, '') };
}

/** By program: `passed`, `failed` by an assertion, or what else has happened. */
function runAll() {
  const output = join(folder, 'report.json');
  rmSync(output, { force: true });
  spawnSync(process.execPath, [join(home, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--root', folder, '--reporter=json', `--outputFile=${output}`], { cwd: folder, encoding: 'utf8' });
  const { testResults } = JSON.parse(readFileSync(output, 'utf8'));
  return new Map(testResults.map(({ name, message, assertionResults: [first] }) => {
    const failure = first?.failureMessages?.[0] ?? message;
    return [/src\/([^/]+)\//.exec(name)[1], first?.status === 'passed' ? 'passed' : /AssertionError/.test(failure) ? 'failed' : `broken: ${failure.split('\n')[0]}`];
  }));
}

try {
  execFileSync(process.execPath, ['-e', ''], { cwd: home });
  makeProject();
  const findings = confirmedIn();
  const rows = all.map((program) => {
    const own = findings.filter(({ file }) => file === `src/${program.name}/subject.ts`);
    const finding = own.find(({ verdict }) => verdict === 'confirmed') ?? own[0];
    if (finding?.verdict !== 'confirmed') return { program, rule: finding?.rule ?? 'nothing found', verdict: finding?.verdict ?? '' };
    const { text, said } = exportTest(finding);
    if (text) write(`src/${program.name}/subject.race.test.ts`, text);
    return { program, rule: finding.rule, verdict: 'confirmed', said, isExported: text !== '' };
  });
  const today = runAll();
  for (const { name, cured } of all) if (cured !== undefined) write(`src/${name}/subject.ts`, cured);
  const after = runAll();
  for (const { program: { name, cured }, rule, verdict, said = '', isExported } of rows) {
    const told = isExported ? `today ${today.get(name)}, cured ${cured === undefined ? '-' : after.get(name)}` : said;
    console.log(`${name.padEnd(30)} ${rule.padEnd(26)} ${verdict.padEnd(10)} ${told}`);
  }
  const exported = rows.filter(({ isExported }) => isExported);
  const count = (list) => list.length;
  const failing = exported.filter(({ program: { name } }) => today.get(name) === 'failed');
  const twins = exported.filter(({ program: { cured } }) => cured !== undefined);
  const passing = twins.filter(({ program: { name } }) => after.get(name) === 'passed');
  console.log(`\n${count(all)} programs, ${count(rows.filter(({ verdict }) => verdict === 'confirmed'))} confirmed, ${count(exported)} exported: ${count(failing)} fail on the code as it is, ${count(passing)} of ${count(twins)} pass on the cured twin`);
  process.exitCode = count(failing) === count(exported) && count(passing) === count(twins) ? 0 : 1;
} finally {
  if (process.env.KEEP) console.log(folder);
  else rmSync(folder, { recursive: true, force: true });
}
