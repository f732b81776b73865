import ts from 'typescript';
import type { CheckedModule } from './compile.js';
import { declaredType, type FindType } from './signature.js';
import type { Sources } from './sources.js';

const mostPasses = 5;

/** Finds types where they are declared, be it in a file that the type is imported from. */
export function typesThrough(entry: CheckedModule, sources: Sources): FindType {
  const files = new WeakMap<ts.SourceFile, string>([[entry.source, entry.file]]);
  const find = (source: ts.SourceFile, name: string, passes: number): ts.Statement | undefined => {
    const own = declaredType(source, name);
    if (own || passes === 0) return own;
    const file = files.get(source);
    for (const { specifier, original } of file === undefined ? [] : originsOf(source, name)) {
      const found = sources.resolver.resolve(file!, specifier);
      if (!found || found.dependency !== undefined || found.file.endsWith('.json') || !(found.text.includes(original) || found.text.includes('export *'))) continue;
      const module = sources.check(found);
      files.set(module.source, found.file);
      const declaration = find(module.source, original, passes - 1);
      if (declaration) return declaration;
    }
    return undefined;
  };
  return (source, name) => find(source, name, mostPasses);
}

/** Modules that a name may come from, with what it is called there. */
function originsOf(source: ts.SourceFile, name: string): { readonly specifier: string; readonly original: string }[] {
  return source.statements.flatMap((statement) => {
    if (!(ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) || !statement.moduleSpecifier || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
    const specifier = statement.moduleSpecifier.text;
    const clause = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : statement.exportClause;
    if (ts.isExportDeclaration(statement) && !clause) return [{ specifier, original: name }];
    if (!clause || !(ts.isNamedImports(clause) || ts.isNamedExports(clause))) return [];
    return (clause.elements as ts.NodeArray<ts.ImportSpecifier | ts.ExportSpecifier>).filter((element) => element.name.text === name).map((element) => ({ specifier, original: (element.propertyName ?? element.name).text }));
  });
}
