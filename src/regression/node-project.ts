import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import type { FrameworkName } from './frameworks.js';
import { NoTest } from './plan.js';
import { styleOf, type Style } from './style.js';

/** Where a test of a file belongs in its project, and how it is written there. Paths are absolute. */
export interface TestPlace {
  /** The folder that all modules of the project can be found from. */
  readonly root: string;
  /** The package that the file belongs to. */
  readonly home: string;
  readonly framework: FrameworkName;
  readonly folder: string;
  /** The test's file name. */
  readonly name: string;
  readonly style: Style;
  /** Folders that it may go to as well, where the framework's settings leave out the first. */
  readonly elsewhere: readonly string[];
}

export interface Wish {
  readonly framework?: FrameworkName;
  /** The subject is CommonJS. */
  readonly isCommonJs: boolean;
}

const testName = /\.(?:test|spec)\.[cm]?[jt]sx?$/;
/** Entries of a project that are looked at for tests. */
const mostEntries = 4_000;

/** Of each kind. */
const mostElsewhere = 3;
const mostRead = 200;

/** The same test in the next folder that it may go to; undefined if there is none. */
export function nextPlace({ elsewhere: [folder, ...elsewhere], ...place }: TestPlace): TestPlace | undefined {
  return folder === undefined ? undefined : { ...place, folder, elsewhere, name: freeName(folder, place.name) };
}

/** Looks at the project around a file. @throws NoTest if it has no test framework that is known. */
export function surveyProject(file: string, { framework: wished, isCommonJs }: Wish): TestPlace {
  const folders = ancestors(dirname(file));
  const packages = folders.filter((folder) => existsSync(join(folder, 'package.json')));
  const home = packages[0] ?? dirname(file);
  const root = folders.find((folder) => existsSync(join(folder, '.git'))) ?? packages.at(-1) ?? dirname(file);
  const tests = testsNear(file, home);
  const framework = wished ?? frameworkOf(packages.filter((folder) => !relative(root, folder).startsWith('..')), tests);
  const isTypeScript = /\.[cm]?tsx?$/.test(file);
  const isModule = isTypeScript || !isCommonJs || framework === 'vitest';
  const nearest = tests[0];
  const becomesCommonJs = !isModule || (isTypeScript && (framework === 'node' || framework === 'mocha') && manifestOf(home).type !== 'module' && !/\.mtsx?$/.test(file));
  const style = styleOf([...tests.slice(0, 3), file].map((path) => readFileSync(path, 'utf8')), { isTypeScript, isModule, becomesCommonJs });
  const folder = nearest !== undefined ? folderLike(nearest, file, home) : framework === 'mocha' && existsSync(join(home, 'test')) ? join(home, 'test') : dirname(file);
  const others = (all: readonly string[]): string[] => [...new Set(all)].filter((other) => other !== folder).slice(0, mostElsewhere);
  const elsewhere = [...new Set([...others(tests.map((test) => folderLike(test, file, home))), ...others(testsOf(framework, tests).map((test) => dirname(test)))])];
  return { root, home, framework, folder, elsewhere, name: nameIn(folder, file, nearest, isModule, isTypeScript, home), style: framework === 'mocha' ? { ...style, areGlobal: true, word: 'it' } : { ...style, areGlobal: style.areGlobal && (framework === 'jest' || (framework === 'vitest' && hasGlobals([home, root]))) } };
}

/** Tests that say that they are of a framework. */
function testsOf(framework: FrameworkName, tests: readonly string[]): string[] {
  return tests.slice(0, mostRead).filter((path) => new RegExp(`['"](?:@${framework}/globals|${framework}|${framework}:test)['"]`).test(readFileSync(path, 'utf8')));
}

/** Whether vitest is set to make its functions global: tests that import none may be those of another framework. */
function hasGlobals(folders: readonly string[]): boolean {
  const settings = folders.flatMap((folder) => entriesOf(folder).filter((entry) => /^vite(?:st)?(?:\.[\w.-]+)?\.[cm]?[jt]s$/.test(entry.name)).map((entry) => join(folder, entry.name)));
  return settings.some((path) => /\bglobals\s*:\s*true\b/.test(readFileSync(path, 'utf8')));
}

function frameworkOf(packages: readonly string[], tests: readonly string[]): FrameworkName {
  for (const folder of packages) {
    const { dependencies = {}, devDependencies = {}, scripts = {} } = manifestOf(folder);
    const script = scripts['test'] ?? '';
    const has = (name: string): boolean => Object.hasOwn(dependencies, name) || Object.hasOwn(devDependencies, name);
    if (/\bvitest\b/.test(script)) return 'vitest';
    if (/\bjest\b/.test(script)) return 'jest';
    if (/\bmocha\b/.test(script)) return 'mocha';
    if (/\bnode\b.*--test\b/.test(script)) return 'node';
    if (has('vitest')) return 'vitest';
    if (has('jest')) return 'jest';
    if (has('mocha')) return 'mocha';
    if (has('ava') || /\bava\b/.test(script)) throw new NoTest('tests are not written in the style of ava; --export node writes one that Node runs by itself');
  }
  if (tests.slice(0, 5).some((path) => readFileSync(path, 'utf8').includes('node:test'))) return 'node';
  throw new NoTest('the project has no vitest, no jest and no mocha, and does not use node:test; name one with --export vitest or --export node');
}

interface Manifest {
  readonly type?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

export function manifestOf(folder: string): Manifest {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  } catch {
    return {};
  }
}

/** From a folder up to the file system's own. */
export function ancestors(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}

/** Tests of the package: those of the file first, then what shares most of its way. */
function testsNear(file: string, home: string): string[] {
  const found: string[] = [];
  const pending = [home];
  for (let count = 0; pending.length > 0 && count < mostEntries;) {
    const folder = pending.shift()!;
    for (const entry of entriesOf(folder)) {
      count++;
      if (entry.isDirectory() && !/^(?:node_modules|dist|build|coverage|out|\..*)$/.test(entry.name)) pending.push(join(folder, entry.name));
      else if (entry.isFile() && testName.test(entry.name)) found.push(join(folder, entry.name));
    }
  }
  const stem = basename(file).replace(/\.[cm]?[jt]sx?$/, '');
  const distance = (path: string): number => (basename(path).startsWith(`${stem}.`) ? -100 : 0) + relative(dirname(file), dirname(path)).split(/[\\/]/).filter(Boolean).length;
  return found.sort((a, b) => distance(a) - distance(b) || (a < b ? -1 : 1));
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Beside the file, in a `__tests__` beside it, or where the tests of the package mirror its sources: as the nearest test has it. */
function folderLike(nearest: string, file: string, home: string): string {
  const own = dirname(file);
  const steps = relative(home, dirname(nearest)).split(/[\\/]/);
  if (steps.at(-1) === '__tests__') return join(own, '__tests__');
  const apart = steps.findIndex((step) => /^(?:test|tests|spec)$/.test(step));
  if (apart < 0) return own;
  const tests = join(home, ...steps.slice(0, apart + 1));
  const below = relative(home, own).split(/[\\/]/).filter((step) => !/^(?:src|lib|app|source)$/.test(step));
  const mirrored = join(tests, ...below);
  return existsSync(mirrored) ? mirrored : tests;
}

/** As the project ends the names of its tests; a name that is taken gets a number. */
function nameIn(folder: string, file: string, nearest: string | undefined, isModule: boolean, isTypeScript: boolean, home: string): string {
  const stem = basename(file).replace(/\.[cm]?[jt]sx?$/, '');
  const word = nearest !== undefined && /\.spec\./.test(basename(nearest)) ? 'spec' : 'test';
  const extension = extensionOf(file, isModule, isTypeScript, home);
  return freeName(folder, `${stem}.race.${word}${extension}`);
}

/** With the least number behind `.race` that makes it new. */
function freeName(folder: string, name: string): string {
  for (let count = 1; ; count++) {
    const free = name.replace(/\.race(?:-\d+)?\./, `.race${count === 1 ? '' : `-${count}`}.`);
    if (!existsSync(join(folder, free))) return free;
  }
}

function extensionOf(file: string, isModule: boolean, isTypeScript: boolean, home: string): string {
  const own = /\.[cm]?[jt]sx?$/.exec(file)?.[0] ?? '.js';
  if (isTypeScript) return own === '.tsx' ? '.ts' : own;
  if (own !== '.js' && own !== '.jsx') return own;
  const isPackageModule = manifestOf(home).type === 'module';
  return isModule === isPackageModule || isModule ? '.js' : '.cjs';
}
