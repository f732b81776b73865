import ts from 'typescript';
import type { CheckedModule } from './compile.js';
import { variablesOf } from './variables.js';

/** A variable that other modules see change: its location is a property of the exports of its module. */
export interface ExportedVariable {
  readonly file: string;
  readonly name: string;
}

/** What the exports of a module have to do with variables that change. */
export interface ExportTable {
  /** The module's own, by the names under which they are exported; the value is the first of a variable's names. */
  readonly variables: ReadonlyMap<string, string>;
  /** What is passed on from other modules. */
  readonly passed: ReadonlyMap<string, ImportedName>;
  /** `export * from` */
  readonly stars: readonly string[];
}

export interface ImportedName {
  readonly specifier: string;
  readonly name: string;
}

export function exportsOf(module: CheckedModule): ExportTable {
  let table = known.get(module);
  if (!table) known.set(module, (table = tableOf(module)));
  return table;
}

const known = new WeakMap<CheckedModule, ExportTable>();

function tableOf(module: CheckedModule): ExportTable {
  const { source } = module;
  const variables = new Map(exportsVariables(source) ? variablesOf(module).exported() : []);
  const passed = new Map<string, ImportedName>();
  const stars: string[] = [];
  for (const statement of source.statements) {
    if (!ts.isExportDeclaration(statement)) continue;
    const from = statement.moduleSpecifier && ts.isStringLiteral(statement.moduleSpecifier) ? statement.moduleSpecifier.text : undefined;
    if (!statement.exportClause && from !== undefined) stars.push(from);
    if (!statement.exportClause || !ts.isNamedExports(statement.exportClause)) continue;
    for (const { name, propertyName } of statement.exportClause.elements) {
      const local = propertyName ?? name;
      const imported = from === undefined ? (ts.isIdentifier(local) ? importedName(module.checker.resolveName(local.text, source, ts.SymbolFlags.Value | ts.SymbolFlags.Alias, true)) : undefined) : { specifier: from, name: local.text };
      if (imported) passed.set(name.text, imported);
    }
  }
  return { variables, passed, stars };
}

/** Whether some export may be a variable that changes: most modules need no second look. */
function exportsVariables(source: ts.SourceFile): boolean {
  return source.statements.some((statement) => {
    if (ts.isExportDeclaration(statement)) return !statement.moduleSpecifier;
    const isExported = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    return isExported === true && ts.isVariableStatement(statement) && (statement.declarationList.flags & ts.NodeFlags.Const) === 0;
  });
}

/** What an import binds a name to; undefined for a namespace and for what is no import. */
export function importedName(symbol: ts.Symbol | undefined): ImportedName | undefined {
  const declaration = symbol?.declarations?.[0];
  const isNamed = declaration && (ts.isImportSpecifier(declaration) || ts.isImportClause(declaration));
  if (!isNamed) return undefined;
  const statement = ts.isImportClause(declaration) ? declaration.parent : declaration.parent.parent.parent;
  if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return undefined;
  return { specifier: statement.moduleSpecifier.text, name: ts.isImportClause(declaration) ? 'default' : (declaration.propertyName ?? declaration.name).text };
}
