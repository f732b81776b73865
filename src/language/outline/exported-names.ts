import ts from 'typescript';
import type { CheckedModule } from '../compile.js';
import { moduleExports } from '../module-exports.js';

/** Under which names a module gives away what it binds at its top level: by the local name. */
export interface ExportedNames {
  readonly isCommonJs: boolean;
  /** `default` for a default export; `module` for what CommonJS gives as a whole. */
  readonly byLocal: ReadonlyMap<string, string>;
}

export function exportedNames(module: CheckedModule): ExportedNames {
  const { source } = module;
  const isCommonJs = !ts.isExternalModule(source);
  return { isCommonJs, byLocal: isCommonJs ? commonJsNames(source) : moduleNames(module) };
}

function moduleNames(module: CheckedModule): Map<string, string> {
  const names = new Map<string, string>();
  for (const [name, exported] of moduleExports(module).byName) {
    if (exported.kind !== 'own') continue;
    const local = localName(exported.node) ?? (name === 'default' ? 'default' : undefined);
    if (local !== undefined && (!names.has(local) || name !== 'default')) names.set(local, name);
  }
  return names;
}

function localName(node: ts.Node): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  const isNamed = ts.isVariableDeclaration(node) || ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node) || ts.isEnumDeclaration(node) || ts.isBindingElement(node);
  return isNamed && node.name && ts.isIdentifier(node.name) ? node.name.text : undefined;
}

/** `module.exports = { serve }`, `module.exports = serve`, `exports.serve = serve`. */
function commonJsNames(source: ts.SourceFile): Map<string, string> {
  const names = new Map<string, string>();
  for (const statement of source.statements) {
    const { expression } = ts.isExpressionStatement(statement) ? statement : { expression: undefined };
    if (!expression || !ts.isBinaryExpression(expression) || expression.operatorToken.kind !== ts.SyntaxKind.EqualsToken) continue;
    const target = expression.left.getText(source);
    const member = /^(?:module\.)?exports\.([\w$]+)$/.exec(target)?.[1];
    if (member !== undefined && ts.isIdentifier(expression.right)) names.set(expression.right.text, member);
    if (target !== 'module.exports') continue;
    if (ts.isIdentifier(expression.right)) names.set(expression.right.text, 'module');
    if (ts.isObjectLiteralExpression(expression.right)) for (const [local, name] of membersOf(expression.right)) names.set(local, name);
  }
  return names;
}

function membersOf({ properties }: ts.ObjectLiteralExpression): [local: string, name: string][] {
  return properties.flatMap((property): [string, string][] => {
    if (ts.isShorthandPropertyAssignment(property)) return [[property.name.text, property.name.text]];
    if (ts.isPropertyAssignment(property) && ts.isIdentifier(property.name) && ts.isIdentifier(property.initializer)) return [[property.initializer.text, property.name.text]];
    return [];
  });
}
