import ts from 'typescript';
import { smallLibrary } from './small-library.js';
import { Resolver } from './resolution/resolver.js';
import type { ReadModule } from './resolve.js';
import type { SourceText } from './source.js';

const settings: ts.CompilerOptions = { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, jsx: ts.JsxEmit.Preserve, strict: true, noLib: true, moduleResolution: ts.ModuleResolutionKind.Bundler, noEmit: true, types: [], isolatedModules: true };

/** A module that is not found, or has no types. */
const ofImports: ReadonlySet<number> = new Set([2307, 2732, 2792, 2882, 7016]);

/** A parameter, or a part of one, that is `any` without a word. */
const untypedParameters: ReadonlySet<number> = new Set([7006, 7031]);

const libraryName = '/library.d.ts';
let library: ts.SourceFile | undefined;

/**
 * What TypeScript objects to in a file, in strict mode. The project's own files that it imports are read, if they can be; what comes from elsewhere may be anything
 * but missing, and of the standard library little is known. So what is missing there is told too; it takes the same from before a change to see what the change has
 * brought. Empty for JavaScript.
 */
export function typeProblemsIn({ file, text }: SourceText, read?: ReadModule): string[] {
  const extension = /\.[cm]?tsx?$/.exec(file)?.[0];
  if (extension === undefined) return [];
  const name = `/subject${extension}`;
  library ??= ts.createSourceFile(libraryName, smallLibrary, ts.ScriptTarget.ESNext);
  const files = new Map([[name, ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true)], [libraryName, library]]);
  const resolver = read && new Resolver(read);
  const resolveModuleNameLiterals: ts.CompilerHost['resolveModuleNameLiterals'] = (literals, from) =>
    literals.map(({ text: specifier }) => {
      const own = from === name ? ownFile(resolver, file, specifier) : undefined;
      const extension = own === undefined ? ts.Extension.Dts : ts.Extension.Ts;
      const resolvedFileName = `/imports/${encodeURIComponent(`${from}:${specifier}`)}${extension}`;
      if (!files.has(resolvedFileName)) files.set(resolvedFileName, ts.createSourceFile(resolvedFileName, own ?? anythingIn(files.get(from)!, specifier), ts.ScriptTarget.ESNext, true));
      return { resolvedModule: { resolvedFileName, extension } };
    });
  const host: ts.CompilerHost = {
    resolveModuleNameLiterals,
    getSourceFile: (asked) => files.get(asked),
    getDefaultLibFileName: () => libraryName,
    writeFile: () => undefined,
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (same) => same,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    fileExists: (asked) => files.has(asked),
    readFile: () => undefined,
  };
  const program = ts.createProgram([...files.keys()], settings, host);
  const checker = program.getTypeChecker();
  return program.getSemanticDiagnostics(files.get(name)).filter((problem) => !ofImports.has(problem.code) && !isOfUnseenCallee(problem, checker)).map(({ messageText }) => withoutGuess(ts.flattenDiagnosticMessageText(messageText, ' ')));
}

/** A parameter without a type, of a function that is handed to what may be anything: with the types of the package the compiler knows what it is. */
function isOfUnseenCallee({ code, file, start }: ts.Diagnostic, checker: ts.TypeChecker): boolean {
  if (!untypedParameters.has(code) || !file || start === undefined) return false;
  let node: ts.Node | undefined = innermostAt(file, start);
  while (node && !ts.isFunctionLike(node)) node = node.parent;
  return node !== undefined && ts.isCallExpression(node.parent) && (checker.getTypeAtLocation(node.parent.expression).flags & ts.TypeFlags.Any) !== 0;
}

function innermostAt(node: ts.Node, position: number): ts.Node {
  return ts.forEachChild(node, (child) => (child.getStart() <= position && position < child.end ? innermostAt(child, position) : undefined)) ?? node;
}

/** What else a name might be meant for is only looked for a few times in a program, and hangs on the names around. */
function withoutGuess(message: string): string {
  return message.replace(/\. Did you mean [^?]*\?/g, '.');
}

/** The text of a file that belongs to the project itself. */
function ownFile(resolver: Resolver | undefined, from: string, specifier: string): string | undefined {
  const found = resolver?.resolve(from, specifier);
  return found && found.dependency === undefined && /(?<!\.d)\.[cm]?ts$/.test(found.file) ? found.text : undefined;
}

/** A module with what a file imports from it: values that may be anything, and types of objects with whatever members. */
function anythingIn(source: ts.SourceFile, specifier: string): string {
  const clauses = source.statements.filter(ts.isImportDeclaration).filter(({ moduleSpecifier }) => ts.isStringLiteral(moduleSpecifier) && moduleSpecifier.text === specifier).map(({ importClause }) => importClause);
  const names = clauses.flatMap((clause) => (clause?.namedBindings && ts.isNamedImports(clause.namedBindings) ? clause.namedBindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text) : []));
  const declared = [...new Set(names)].filter((name) => name !== 'default').map((name) => `export declare const ${name}: any; export interface ${name} extends Anything {}`);
  return [...declared, 'declare const anything: any; interface anything extends Anything {} export default anything;'].join('\n');
}
