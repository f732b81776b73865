import { imported, specifierOf } from './frameworks.js';
import { givesNothing, type Sheet } from './sheet.js';
import { listed } from './write-value.js';
import { callingBackText, deferredText, inTurnText, watchedText } from './snippets.js';

/** All that comes before the test: imports, what stands in for modules, the functions that it brings along. */
export function writeHead(sheet: Sheet): void {
  const { w, plan: { globals, environment, modules, stubs, steps } } = sheet;
  const cleanUp = cleanUpOf(sheet);
  for (const line of sheet.framework.imports(w, { stubs: sheet.named.size > 0 || sheet.usesTimers || steps.some(({ kind }) => kind === 'import') || globals.length > 0 || environment.length > 0 || modules.length > 0, afterEach: cleanUp.length > 0 })) w.say(line);
  if (w.style.importsImmediate) w.say(imported(w, '{ setImmediate }', 'node:timers'));
  if (sheet.isMocking('jest')) mockForJest(sheet);
  const isCached = sheet.isMocking('node') || sheet.isMocking('mocha');
  if (isCached) replaceInCache(sheet);
  if (isCached) requireSubject(sheet);
  else if (!sheet.importsLate) importSubject(sheet);
  if (sheet.isMocking('mocha')) clearCache(sheet);
  if (sheet.isMocking('vitest')) mockForVitest(sheet);
  w.gap();
  const callingBack = sheet.isForced ? stubs.filter(({ later }) => later !== undefined) : [];
  if (callingBack.length > 0 || (sheet.isForced && stubs.some(({ calls }) => calls.some(({ pending }) => pending !== undefined)))) w.line(deferredText(w.style, steps.some((step) => step.kind === 'settle' && step.isFailure === true)));
  if ((sheet.framework.isTold === 'by-function' && sheet.named.size > 0) || callingBack.some((stub) => !givesNothing(stub))) w.line(inTurnText(w.style));
  if (callingBack.length > 0) w.line(callingBackText(w.style));
  if (sheet.watched.size > 0) w.line(watchedText(w.style));
  w.line('/** Lets everything run that waits for nothing from outside. */');
  w.say('const settled = () => new Promise((resolve) => setImmediate(resolve))');
  w.gap();
  if (cleanUp.length === 0) return;
  w.block('afterEach(() => {', '})', () => cleanUp.forEach((line) => w.say(line)));
  w.gap();
}

function cleanUpOf({ w, plan: { globals, environment }, framework, usesTimers }: Sheet): string[] {
  const forget = framework.name === 'vitest' ? (globals.length > 0 ? ['vi.unstubAllGlobals()'] : []) : globals.map(([name]) => (w.style.isTypeScript ? `Reflect.deleteProperty(globalThis, ${w.string(name)})` : `delete globalThis.${name}`));
  const restore = framework.name === 'vitest' ? (environment.length > 0 ? ['vi.unstubAllEnvs()'] : []) : environment.map(([name]) => `delete process.env.${name}`);
  return [...forget, ...restore, ...(usesTimers ? [framework.realTimers] : [])];
}

function importSubject(sheet: Sheet): void {
  const { w, plan: { file } } = sheet;
  if (!w.style.isModule) return requireSubject(sheet);
  const { whole, named } = importedNames(sheet);
  w.say(`import ${[...(whole ? [whole.name] : []), ...(named.length > 0 ? [`{ ${named.join(', ')} }`] : [])].join(', ')} from ${w.string(specifierOf(file, w.style))}`);
}

/** Loads the file under test where this stands. To jest, what imports another module then is a module itself, which it does not run without a flag. */
export function importSubjectLate(sheet: Sheet): void {
  const { w, plan: { file } } = sheet;
  if (!w.style.isModule || sheet.framework.name === 'jest') return requireSubject(sheet);
  const { whole, named } = importedNames(sheet);
  const names = [...(whole ? [`default: ${whole.name}`] : []), ...named.map((one) => one.replace(' as ', ': '))];
  w.say(`const { ${names.join(', ')} } = await import(${w.string(specifierOf(file, w.style))})`);
}

/** In TypeScript it says of itself what types it has. */
function requireSubject(sheet: Sheet): void {
  const { w, plan: { file } } = sheet;
  const path = w.string(specifierOf(file, w.style));
  const type = w.style.isTypeScript ? ` as typeof import(${path})` : '';
  const { whole, named } = importedNames(sheet);
  if (whole) w.say(`const ${whole.name} = ${type === '' ? `require(${path})` : `(require(${path})${type})`}${whole.isDefault ? '.default' : ''}`);
  if (named.length > 0) w.say(`const { ${named.join(', ').replaceAll(' as ', ': ')} } = require(${path})${type}`);
}

function importedNames({ plan: { imports } }: Sheet): { readonly whole?: { readonly name: string; readonly isDefault: boolean }; readonly named: readonly string[] } {
  const whole = imports.find(({ exported }) => exported === 'default' || exported === 'module');
  const named = imports.filter((one) => one !== whole).map(({ local, exported }) => (local === exported ? local : `${exported} as ${local}`));
  return { named, ...(whole && { whole: { name: whole.local === 'default' ? 'subject' : whole.local, isDefault: whole.exported === 'default' } }) };
}

function mockForVitest(sheet: Sheet): void {
  const { w, hoisted, plan: { modules } } = sheet;
  w.gap();
  if (hoisted.size > 0) w.say(`const ${listed(w, '{', [...hoisted].map(({ name }) => name), '}')} = vi.hoisted(() => (${listed(w, '{', [...hoisted].map(({ name }) => `${name}: vi.fn()`), '}')}))`);
  for (const { specifier, entries, isPart } of modules) {
    const text = sheet.value({ kind: 'object', entries });
    if (isUnused(sheet, specifier)) w.line(playsNoPart);
    w.say(`vi.mock(${w.string(specifier)}, ${isPart ? `async (importOriginal) => (${spread(text, `(await importOriginal${w.style.isTypeScript ? '<object>' : ''}())`)})` : `() => (${text})`})`);
  }
}

const playsNoPart = '// What else is imported plays no part here.';

/** The first of the modules that nothing is wanted of. */
function isUnused({ plan: { modules } }: Sheet, specifier: string): boolean {
  return modules.find(({ entries }) => entries.length === 0)?.specifier === specifier;
}

/** The object with all that another one has before. */
function spread(text: string, other: string): string {
  return text.replace(/^\{(\s+)?/, (_open, space = ' ') => `{${space}...${other},${space}`).replace(/,\s*\}$/, (end) => (text === '{}' ? ' }' : end));
}

/** The factories run before any of the file's variables are there, so what they give asks for them when it is called. */
function mockForJest(sheet: Sheet): void {
  const { w, hoisted, plan: { modules } } = sheet;
  w.gap();
  for (const stub of hoisted) w.say(`const ${sheet.nameOf(stub)} = ${sheet.framework.stub(w.style)}`);
  for (const { specifier, entries, isPart } of modules) {
    const own = sheet.value({ kind: 'object', entries }, (stub) => (hoisted.has(stub) ? `(...args${w.style.isTypeScript ? ': unknown[]' : ''}) => ${sheet.nameOf(stub)}(...args)` : sheet.inPlace(stub)));
    if (isUnused(sheet, specifier)) w.line(playsNoPart);
    const text = isPart ? spread(own, `jest.requireActual${w.style.isTypeScript ? '<object>' : ''}(${w.string(specifier)})`) : own;
    w.say(`jest.mock(${w.string(specifier)}, () => (${entries.some(([name]) => name === 'default') ? text.replace('{', '{ __esModule: true,') : text}))`);
  }
  w.gap();
}

/** CommonJS finds in its cache what it would load. */
function replaceInCache(sheet: Sheet): void {
  const { w, hoisted, plan: { modules, file } } = sheet;
  w.gap();
  for (const stub of hoisted) w.say(`const ${stub.name} = mock.fn()`);
  for (const { specifier, entries, isPart } of modules) {
    const whole = entries.find(([name]) => name === 'default');
    const isWhole = whole !== undefined && entries.length === 1 && !w.style.isTypeScript;
    const own = isWhole ? sheet.value(whole[1]) : sheet.value({ kind: 'object', entries });
    const text = whole !== undefined && w.style.isTypeScript ? own.replace('{', '{ __esModule: true,') : own;
    w.say(`require.cache[require.resolve(${w.string(specifier)})] = { loaded: true, exports: ${isPart && !isWhole ? spread(text, `require(${w.string(specifier)})`) : text} }${w.style.isTypeScript ? ' as never' : ''}`);
  }
  // What is replaced in part was loaded before, perhaps with the subject.
  if (sheet.isMocking('mocha') || modules.some(({ isPart }) => isPart)) forget(sheet, specifierOf(file, w.style));
  w.gap();
}

/** The next test of the same process gets what is real. */
function clearCache(sheet: Sheet): void {
  for (const specifier of [...sheet.plan.modules.map((module) => module.specifier), specifierOf(sheet.plan.file, sheet.w.style)]) forget(sheet, specifier);
}

function forget({ w }: Sheet, specifier: string): void {
  w.say(`delete require.cache[require.resolve(${w.string(specifier)})]`);
}
