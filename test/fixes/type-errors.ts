import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const settings: ts.CompilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'], types: [], strict: true, noUncheckedIndexedAccess: true, noImplicitReturns: true, skipLibCheck: true, noEmit: true };

/** What the compiler, with the whole standard library, says of a file of the folder with this text. JavaScript is not asked about. */
export function typeErrorsIn(folder: URL, name: string, text: string): string[] {
  if (!/\.tsx?$/.test(name)) return [];
  const path = fileURLToPath(new URL(name, folder));
  const host = ts.createCompilerHost(settings);
  const { getSourceFile, readFile } = host;
  host.getSourceFile = (asked, ...rest) => (asked === path ? ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true) : getSourceFile.call(host, asked, ...rest));
  host.readFile = (asked) => (asked === path ? text : readFile.call(host, asked));
  const program = ts.createProgram([path], settings, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText, start }) => `${start ?? ''} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
}
