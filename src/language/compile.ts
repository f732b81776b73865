import ts from 'typescript';
import { namesInCode, type Program, type Site } from '../model/index.js';
import { CompileError } from './compile-error.js';
import { ambientNames, intrinsicNames } from './globals.js';
import { numbered, runtimeName } from './hooks.js';
import { instrument, type LinkedOptions } from './instrument.js';
import { lifting } from './lift.js';
import { keepLiterals } from './literals.js';
import { rangeOf, rangeOfText, SiteTable } from './sites.js';
import type { SourceText } from './source.js';
import { assignedNames, variablesOf } from './variables.js';

const settings: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2016,
  module: ts.ModuleKind.CommonJS,
  jsx: ts.JsxEmit.React,
  esModuleInterop: true,
  experimentalDecorators: true,
  useDefineForClassFields: true,
  noEmitHelpers: true,
  removeComments: true,
  allowJs: true,
  noLib: true,
  noResolve: true,
  // Nobody reads what the checker says of types: names are resolved when they are asked for.
  noCheck: true,
  // Apart from the source, for JavaScript would otherwise be written over itself, which TypeScript refuses.
  outDir: '/lowered',
  types: [],
  isolatedModules: true,
  ignoreDeprecations: '6.0',
};

/** `hasStandardDecorators`: decorators are those of ECMAScript, not TypeScript's older ones. */
export interface DecoratorOptions {
  readonly hasStandardDecorators?: boolean;
}

/** A subject parsed by itself, and bound and typed when that is asked for: no import is followed. */
export interface CheckedModule {
  /** The name under which ranges report the file; TypeScript itself sees another one, which no relative path can confuse. */
  readonly file: string;
  readonly source: ts.SourceFile;
  readonly checker: ts.TypeChecker;
  readonly program: ts.Program;
  readonly decorators: DecoratorOptions;
  /** Bodies of functions that are left out of programs. */
  readonly missing: ReadonlySet<ts.Node>;
}

export function checkModule({ file, text }: SourceText, decorators: DecoratorOptions = {}): CheckedModule {
  const name = `/subject${/\.[cm]?[jt]sx?$/.exec(file)?.[0] ?? '.ts'}`;
  const source = ts.createSourceFile(name, text, { languageVersion: ts.ScriptTarget.ESNext, jsDocParsingMode: ts.JSDocParsingMode.ParseNone }, true, scriptKind(file));
  const host: ts.CompilerHost = {
    getSourceFile: (asked) => (asked === name ? source : undefined),
    getDefaultLibFileName: () => 'lib.d.ts',
    writeFile: () => undefined,
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (same) => same,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    fileExists: (asked) => asked === name,
    readFile: () => undefined,
  };
  let made: ts.Program | undefined;
  const program = (): ts.Program => (made ??= ts.createProgram([name], decorators.hasStandardDecorators === true ? { ...settings, experimentalDecorators: false } : settings, host));
  return { file, source, decorators, missing: new Set(), get checker() { return program().getTypeChecker(); }, get program() { return program(); } };
}

function scriptKind(file: string): ts.ScriptKind {
  if (/\.tsx$/.test(file)) return ts.ScriptKind.TSX;
  if (/\.[cm]?ts$/.test(file)) return ts.ScriptKind.TS;
  return ts.ScriptKind.JSX;
}

/**
 * Lowers a module to one ES2016 function that reports every access, suspension, condition and external call
 * to its `runtime` parameter by the index of its site. Async functions become generators driven by the runtime.
 *
 * @throws CompileError if the text does not parse or uses what cannot be lowered.
 */
export function compile(module: CheckedModule, closures: ReadonlySet<string> = new Set()): Program {
  const { code, isLifted, free, gaps, sites } = lower(module, intrinsicNames, { closures, mayLift: true });
  const names = [...new Set([...ambientNames, ...free])];
  const load = `(function () {\n${numbered(code, 0)}\n}).call(undefined)`;
  return { version: 1, file: module.file, code: isLifted ? wrapLasting(`const __rpLoad = ${load};`, 'return __rpLoad();', names) : wrap(`return ${load};`, names), names, sites, gaps };
}

export interface LoweredModule {
  /** CommonJS, its places marked; see `numbered`. */
  readonly code: string;
  /** The code is an async function's body made a plain one, which returns a promise: the module awaits at its top level. */
  readonly isAsync: boolean;
  /** The code is the body of a function that gives another one, which loads the module and can be used again: see `lifting`. */
  readonly isLifted: boolean;
  /** Value names that are neither the module's nor the language's own. */
  readonly free: ReadonlySet<string>;
  readonly gaps: readonly string[];
  /** What the code asks `require` for. */
  readonly required: ReadonlySet<string>;
  readonly sites: readonly Site[];
}

export interface LoweringOptions {
  readonly closures?: ReadonlySet<string>;
  readonly linked?: LinkedOptions;
  /** One execution is over before the next one begins, and no imports lead back to the module: it may be lifted. */
  readonly mayLift?: boolean;
}

/** One module as instrumented CommonJS; the names in `known` are not free. */
export function lower(module: CheckedModule, known: ReadonlySet<string>, { closures = new Set(), linked, mayLift = false }: LoweringOptions = {}): LoweredModule {
  const { source, program, checker } = module;
  const broken = program.getSyntacticDiagnostics(source)[0];
  if (broken) throw new CompileError(`syntax error: ${ts.flattenDiagnosticMessageText(broken.messageText, ' ')}`, rangeOfText(source, module.file, broken.start, broken.length));
  const sites = new SiteTable(source, module.file);
  const gaps: string[] = [];
  const required = new Set<string>();
  const isAsync = awaitsAtTop(source);
  let isLifted = false;
  let code = '';
  program.emit(source, (name, text) => { if (/\.[cm]?js$/.test(name) || name.endsWith('.jsx')) code = withoutHashbang(text); }, undefined, false, {
    before: [instrument({ checker, variables: variablesOf(module), sites, gaps, closures, missing: module.missing, ...(linked ? { linked } : {}) })],
    after: [collectRequired(required), ...(mayLift && !isAsync && ts.isExternalModule(source) ? [lifting({ assigned: assignedNames(source), imported: importedNames(source) }, () => { isLifted = true; })] : [])],
  });
  return { code: keepLiterals(isAsync ? asAsyncBody(code) : code), isAsync, isLifted, free: freeNames(module, known, gaps), gaps, required, sites: sites.all };
}

/** The names by which a module knows what it imports. */
function importedNames({ statements }: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  for (const statement of statements) {
    if (ts.isImportEqualsDeclaration(statement)) names.add(statement.name.text);
    const clause = ts.isImportDeclaration(statement) ? statement.importClause : undefined;
    if (clause?.name) names.add(clause.name.text);
    const bindings = clause?.namedBindings;
    for (const { name } of bindings === undefined ? [] : ts.isNamedImports(bindings) ? bindings.elements : [bindings]) names.add(name.text);
  }
  return names;
}

/** It may only begin a file (ECMA-262, 12.5), and the code becomes a part of one. */
function withoutHashbang(code: string): string {
  return code.replace(/^#!.*/, '');
}

/** Whether a module suspends while it is loaded. */
export function awaitsAtTop(source: ts.SourceFile): boolean {
  if (!/\bawait\b/.test(source.text)) return false;
  const visit = (node: ts.Node): boolean => {
    if (ts.isFunctionLike(node) || ts.isTypeNode(node)) return false;
    if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier)) return true;
    return ts.forEachChild(node, visit) ?? false;
  };
  return visit(source);
}

/** What is left of the emit's own `await` becomes a generator's `yield`, as everywhere else. */
function asAsyncBody(code: string): string {
  const compilerOptions = { target: ts.ScriptTarget.ES2016, module: ts.ModuleKind.ESNext, noEmitHelpers: true, removeComments: true };
  return `${ts.transpileModule(`async function loading() {\n${code}\n}`, { compilerOptions }).outputText}\nreturn loading();`;
}

/** After lowering: an import that only names types is gone by then. */
function collectRequired(required: Set<string>): ts.TransformerFactory<ts.SourceFile> {
  return () => (source) => {
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'require' && node.arguments[0] && ts.isStringLiteralLike(node.arguments[0])) required.add(node.arguments[0].text);
      ts.forEachChild(node, visit);
    };
    visit(source);
    return source;
  };
}

/** The function that a host evaluates: what it is called with shadows every ambient name. */
export function wrap(body: string, names: readonly string[]): string {
  const bindings = helpersIn(body).map((name) => `const ${name} = __rp.helpers.${name};`).join('');
  // A function inside lets the subject declare a name that a parameter shadows.
  return `(function (__rp, ${names.join(', ')}) { "use strict"; ${bindings} ${body} })`;
}

/**
 * As `wrap`, where `lasting` is run once for all calls. What it has around it are the variables of these names, which each call gives new values. (Those that the
 * text does not mention nobody asks for.)
 */
export function wrapLasting(lasting: string, body: string, names: readonly string[]): string {
  const text = `${lasting} ${body}`;
  const helpers = helpersIn(text);
  const words = namesInCode(text);
  const given = names.map((name, index) => (words === undefined || words.has(name) ? `${name} = arguments[${index + 1}];` : '')).join('');
  const taken = helpers.map((name) => `${name} = __rp.helpers.${name};`).join('');
  return `(function (__rp, ${names.join(', ')}) { "use strict"; ${helpers.length > 0 ? `var ${helpers.join(', ')};` : ''} ${lasting} return function () { __rp = arguments[0]; ${given} ${taken} ${body} }; })()`;
}

/** What the emit calls by name. */
function helpersIn(text: string): string[] {
  return [...new Set(text.match(/\b__(?:awaiter|asyncGenerator|asyncDelegator|asyncValues|await|rest|decorate|param|metadata|importStar|importDefault|exportStar|createBinding|setFunctionName|propKey|runInitializers|esDecorate|classPrivateFieldGet|classPrivateFieldSet|classPrivateFieldIn|addDisposableResource|disposeResources|makeTemplateObject|assign)\b/g) ?? [])];
}

/** Value names that the module uses and neither declares nor finds among the language's own. */
function freeNames({ source, checker, file, missing }: CheckedModule, known: ReadonlySet<string>, gaps: string[]): Set<string> {
  const free = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || isDeclared(node) || missing.has(node)) return;
    // Text that is evaluated while the code runs is not instrumented.
    if (ts.isIdentifier(node) && (node.text === 'eval' || node.text === 'Function') && isValueReference(node)) gaps.push(`${node.text} evaluates text`);
    if (ts.isIdentifier(node) && node.text === runtimeName) throw new CompileError(`the name ${runtimeName} is the runtime's own`, rangeOf(source, node, file));
    if (ts.isIdentifier(node) && isValueReference(node) && !known.has(node.text) && !isBound(checker.resolveName(node.text, node, ts.SymbolFlags.Value | ts.SymbolFlags.Alias, true))) free.add(node.text);
    // The emit calls `React.createElement`, imported or not: where the platform's own runtime makes elements they come from outside.
    if ((ts.isJsxOpeningLikeElement(node) || ts.isJsxFragment(node)) && !isBound(checker.resolveName('React', node, ts.SymbolFlags.Value | ts.SymbolFlags.Alias, true))) free.add('React');
    ts.forEachChild(node, visit);
  };
  visit(source);
  for (const reserved of ['undefined', 'arguments', 'eval', 'NaN', 'Infinity', 'this']) free.delete(reserved);
  return free;
}

/** `declare function save(): void` promises a name from outside and binds none. */
function isBound(symbol: ts.Symbol | undefined): boolean {
  return !!symbol && !(symbol.declarations?.length && symbol.declarations.every(isAmbient));
}

function isAmbient(declaration: ts.Node): boolean {
  return isDeclared(declaration) || (!!declaration.parent && isAmbient(declaration.parent));
}

function isDeclared(node: ts.Node): boolean {
  return ts.canHaveModifiers(node) && !!ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword);
}

function isValueReference(node: ts.Identifier): boolean {
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isExportSpecifier(parent)) return !parent.parent.parent.moduleSpecifier && (parent.propertyName ?? parent.name) === node;
  if (ts.isNamespaceExport(parent) || ts.isQualifiedName(parent) || ts.isImportSpecifier(parent) || ts.isImportClause(parent) || ts.isNamespaceImport(parent)) return false;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isTypeParameterDeclaration(parent) || ts.isTypeElement(parent)) return false;
  if (ts.isJsxAttribute(parent) || ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent)) return false;
  if (ts.isClassElement(parent) && parent.name === node) return 'initializer' in parent && parent.initializer === node;
  return true;
}
