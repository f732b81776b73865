import ts from 'typescript';

/** The specifiers of the modules that are loaded with a file by its imports, each once. What it imports types from alone is not loaded. */
export function loadedWith(source: ts.SourceFile): string[] {
  const values = namesOfValues(source);
  const isLoaded = ({ importClause, moduleSpecifier }: ts.ImportDeclaration): boolean => {
    if (!ts.isStringLiteral(moduleSpecifier) || importClause?.isTypeOnly === true) return false;
    const names = importClause && namesOf(importClause);
    return names === undefined || names.some((name) => values.has(name));
  };
  return [...new Set(source.statements.flatMap((statement) => {
    if (ts.isImportDeclaration(statement) && isLoaded(statement)) return [(statement.moduleSpecifier as ts.StringLiteral).text];
    return ts.isExportDeclaration(statement) && !statement.isTypeOnly && statement.moduleSpecifier && ts.isStringLiteral(statement.moduleSpecifier) ? [statement.moduleSpecifier.text] : [];
  }))];
}

function namesOf({ name, namedBindings }: ts.ImportClause): string[] {
  const named = namedBindings === undefined ? [] : ts.isNamespaceImport(namedBindings) ? [namedBindings.name] : namedBindings.elements.filter(({ isTypeOnly }) => !isTypeOnly).map((one) => one.name);
  return [...(name ? [name] : []), ...named].map(({ text }) => text);
}

/** Names that stand where a value may. */
function namesOfValues(source: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node))) return;
    if (ts.isIdentifier(node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}
