import ts from 'typescript';
import { smallLibrary } from './small-library.js';
import type { SourceText } from './source.js';

const settings: ts.CompilerOptions = { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, jsx: ts.JsxEmit.Preserve, strict: true, noLib: true, noResolve: true, noEmit: true, types: [], isolatedModules: true };

/** A module that is not found, or has no types. */
const ofImports: ReadonlySet<number> = new Set([2307, 2732, 2792, 2882, 7016]);

const libraryName = '/library.d.ts';
let library: ts.SourceFile | undefined;

/**
 * What TypeScript objects to in a file by itself, in strict mode: no import is followed, and of the standard library little is known. So what is missing
 * there is told too; it takes the same from before a change to see what the change has brought. Empty for JavaScript.
 */
export function typeProblemsIn({ file, text }: SourceText): string[] {
  const extension = /\.[cm]?tsx?$/.exec(file)?.[0];
  if (extension === undefined) return [];
  const name = `/subject${extension}`;
  library ??= ts.createSourceFile(libraryName, smallLibrary, ts.ScriptTarget.ESNext);
  const files = new Map([[name, ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true)], [libraryName, library]]);
  const host: ts.CompilerHost = {
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
  return program.getSemanticDiagnostics(files.get(name)).filter(({ code }) => !ofImports.has(code)).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}
