import ts from 'typescript';
import type { CheckedModule } from './compile.js';

/** A place that names another module. */
export interface ImportPlace {
  readonly specifier: string;
  readonly node: ts.Node;
  /** `static` ones may vanish when the module is lowered, since they only name types. */
  readonly kind: 'static' | 'dynamic';
}

/** Imports, re-exports, `require` and `import()` of a text that is written out, in the order of the source. */
export function importsOf({ source, checker }: CheckedModule): ImportPlace[] {
  const places: ImportPlace[] = [];
  const add = (kind: ImportPlace['kind'], literal: ts.Node | undefined): void => {
    if (literal && ts.isStringLiteralLike(literal)) places.push({ specifier: literal.text, node: literal, kind });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add('static', node.moduleSpecifier);
    else if (ts.isExternalModuleReference(node)) add('static', node.expression);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add('dynamic', node.arguments[0]);
    else if (ts.isCallExpression(node) && isRequire(node.expression, checker)) add('static', node.arguments[0]);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return places;
}

/** `require` itself, not something of that name. */
function isRequire(node: ts.Expression, checker: ts.TypeChecker): boolean {
  if (!ts.isIdentifier(node) || node.text !== 'require') return false;
  const declarations = checker.getSymbolAtLocation(node)?.declarations ?? [];
  return !declarations.some((each) => ts.isVariableDeclaration(each) || ts.isParameter(each) || ts.isFunctionDeclaration(each) || ts.isBindingElement(each));
}
