import ts from 'typescript';
import type { CheckedModule } from './compile.js';

/** Where an exported name comes from: something of the module's own, or of another module (`*`: that as a whole). */
export type Exported =
  | { readonly kind: 'own'; readonly node: ts.Node }
  | { readonly kind: 'passed'; readonly specifier: string; readonly name: string };

export interface ModuleExports {
  /** False for CommonJS, whose exports are values of the running program. */
  readonly areKnown: boolean;
  readonly byName: ReadonlyMap<string, Exported>;
  /** `export * from` */
  readonly stars: readonly string[];
}

/** What a module exports, as its text says. */
export function moduleExports(module: CheckedModule): ModuleExports {
  const { source } = module;
  const byName = new Map<string, Exported>();
  const stars: string[] = [];
  const own = (name: string, node: ts.Node): void => void byName.set(name, { kind: 'own', node });
  const bind = (name: ts.BindingName, node: ts.Node): void => {
    if (ts.isIdentifier(name)) own(name.text, node);
    else name.elements.forEach((element) => { if (ts.isBindingElement(element)) bind(element.name, node); });
  };
  let isAssigned = false;
  for (const statement of source.statements) {
    if (ts.isExportAssignment(statement)) {
      isAssigned ||= statement.isExportEquals === true;
      own('default', statement.expression);
    } else if (ts.isExportDeclaration(statement)) addDeclaration(statement);
    else if (isExported(statement)) addStatement(statement);
  }
  return { areKnown: ts.isExternalModule(source) && !isAssigned, byName, stars };

  function addStatement(statement: ts.Statement): void {
    const isDefault = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword);
    if (ts.isVariableStatement(statement)) for (const declaration of statement.declarationList.declarations) bind(declaration.name, declaration);
    const isNamed = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) || ts.isEnumDeclaration(statement) || ts.isModuleDeclaration(statement);
    if (isNamed) own(isDefault === true ? 'default' : statement.name?.text ?? 'default', statement);
  }

  function addDeclaration({ exportClause, moduleSpecifier, isTypeOnly }: ts.ExportDeclaration): void {
    if (isTypeOnly) return;
    const specifier = moduleSpecifier && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : undefined;
    if (!exportClause && specifier !== undefined) stars.push(specifier);
    if (exportClause && ts.isNamespaceExport(exportClause) && specifier !== undefined) byName.set(exportClause.name.text, { kind: 'passed', specifier, name: '*' });
    if (!exportClause || !ts.isNamedExports(exportClause)) return;
    for (const element of exportClause.elements) {
      const local = element.propertyName ?? element.name;
      if (specifier !== undefined) byName.set(element.name.text, { kind: 'passed', specifier, name: local.text });
      else own(element.name.text, declarationOf(module.checker.getExportSpecifierLocalTargetSymbol(element)) ?? local);
    }
  }
}

function isExported(statement: ts.Statement): boolean {
  return ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
}

/** The declaration that gives a name its value. */
export function declarationOf(symbol: ts.Symbol | undefined): ts.Declaration | undefined {
  return symbol?.valueDeclaration ?? symbol?.declarations?.[0];
}
