import ts from 'typescript';
import type { CheckedModule } from './compile.js';
import { exportsOf, importedName, type ExportedVariable, type ImportedName } from './exports.js';
import type { Sources } from './sources.js';

/** Finds the variable of another file that an imported name stands for, however many modules have passed it on. */
export class ExportedVariables {
  readonly #sources: Sources;
  readonly #isLinked: (file: string) => boolean;

  /** `isLinked`: the file is, or will be, a part of the program. */
  constructor(sources: Sources, isLinked: (file: string) => boolean = () => true) {
    this.#sources = sources;
    this.#isLinked = isLinked;
  }

  of({ file, checker }: CheckedModule, name: ts.Identifier): ExportedVariable | undefined {
    const symbol = ts.isShorthandPropertyAssignment(name.parent) ? checker.getShorthandAssignmentValueSymbol(name.parent) : checker.getSymbolAtLocation(name);
    const imported = importedName(symbol);
    return imported && this.#exported(file, imported, new Set());
  }

  #exported(from: string, { specifier, name }: ImportedName, seen: Set<string>): ExportedVariable | undefined {
    const found = this.#sources.resolver.resolve(from, specifier);
    if (!found || found.file.endsWith('.json') || !this.#isLinked(found.file) || seen.has(`${found.file} ${name}`)) return undefined;
    seen.add(`${found.file} ${name}`);
    const table = exportsOf(this.#sources.check(found));
    const own = table.variables.get(name);
    if (own !== undefined) return { file: found.file, name: own };
    const passed = table.passed.get(name);
    if (passed) return this.#exported(found.file, passed, seen);
    for (const star of name === 'default' ? [] : table.stars) {
      const behind = this.#exported(found.file, { specifier: star, name }, seen);
      if (behind) return behind;
    }
    return undefined;
  }
}
