import type { Node, Scopes, TSESTree, Variable } from '../../language/index.js';
import { keyName } from './functions.js';

/** What a module gives under a name: a variable of its own, what another module gives, or the value of an expression. */
export type Export =
  | { readonly kind: 'variable'; readonly variable: Variable }
  | { readonly kind: 'passed'; readonly from: Imported }
  | { readonly kind: 'value'; readonly node: Node };

/** A name as another module gives it; `*` is the module itself. */
export interface Imported {
  readonly specifier: string;
  readonly name: string;
}

export interface ExportTable {
  /** `=` is what a CommonJS module is as a whole. */
  readonly names: ReadonlyMap<string, Export>;
  /** `export * from` */
  readonly stars: readonly string[];
}

/** ES module and CommonJS exports that stand at the top level. */
export function exportsOf(program: TSESTree.Program, scopes: Scopes): ExportTable {
  const names = new Map<string, Export>();
  const stars: string[] = [];
  const expose = (name: string, node: Node): void => {
    const variable = node.type === 'Identifier' ? scopes.variableOf(node) : undefined;
    const imported = variable && importOf(variable);
    names.set(name, imported ? { kind: 'passed', from: imported } : variable ? { kind: 'variable', variable } : { kind: 'value', node });
  };
  const declare = (declaration: Node): void => {
    for (const variable of scopes.declaredBy(declaration)) names.set(variable.name, { kind: 'variable', variable });
    if (declaration.type === 'VariableDeclaration') declaration.declarations.forEach(declare);
  };
  for (const statement of program.body) {
    switch (statement.type) {
      case 'ExportNamedDeclaration':
        if (statement.declaration) declare(statement.declaration);
        for (const { local, exported } of statement.specifiers) {
          if (!statement.source) expose(nameOf(exported), local);
          else names.set(nameOf(exported), { kind: 'passed', from: { specifier: statement.source.value, name: nameOf(local) } });
        }
        break;
      case 'ExportDefaultDeclaration': {
        const { declaration } = statement;
        const [variable] = scopes.declaredBy(declaration);
        if (variable) names.set('default', { kind: 'variable', variable });
        else expose('default', declaration);
        break;
      }
      case 'ExportAllDeclaration':
        if (statement.exported) names.set(nameOf(statement.exported), { kind: 'passed', from: { specifier: statement.source.value, name: '*' } });
        else stars.push(statement.source.value);
        break;
      case 'TSExportAssignment':
        expose('=', statement.expression);
        break;
      case 'ExpressionStatement':
        if (statement.expression.type === 'AssignmentExpression') exposeCommonJs(statement.expression, expose);
        break;
      default:
    }
  }
  return { names, stars };
}

/** `exports.a = …`, `module.exports.a = …`, `module.exports = { a, b }`, `module.exports = C`. */
function exposeCommonJs({ left, right }: TSESTree.AssignmentExpression, expose: (name: string, node: Node) => void): void {
  if (left.type !== 'MemberExpression') return;
  const name = keyName(left.property, left.computed);
  const isWhole = left.object.type === 'Identifier' && left.object.name === 'module' && name === 'exports';
  if (!isWhole) {
    const { object } = left;
    const isPart = (object.type === 'Identifier' && object.name === 'exports') || (object.type === 'MemberExpression' && object.object.type === 'Identifier' && object.object.name === 'module' && keyName(object.property, object.computed) === 'exports');
    if (isPart && name !== undefined) expose(name, right);
    return;
  }
  expose('=', right);
  if (right.type !== 'ObjectExpression') return;
  for (const property of right.properties) {
    const key = property.type === 'Property' ? keyName(property.key, property.computed) : undefined;
    if (key !== undefined && property.type === 'Property') expose(key, property.value);
  }
}

/** What a variable is bound to by `import`, `require`, a part of what `require` gives or a pattern over it; undefined if it is none of these. */
export function importOf(variable: Variable): Imported | undefined {
  const definition = variable.defs[0];
  if (definition?.type === 'ImportBinding') return importedBy(definition.node, definition.parent);
  if (definition?.type !== 'Variable') return undefined;
  const { id, init } = definition.node;
  const given = init?.type === 'AwaitExpression' ? init.argument : init;
  // `const Mutex = require('async-mutex').Mutex`
  const part = given?.type === 'MemberExpression' && id.type === 'Identifier' ? keyName(given.property, given.computed) : undefined;
  const specifier = given && requiredBy(given.type === 'MemberExpression' ? given.object : given);
  if (typeof specifier !== 'string') return undefined;
  if (given?.type === 'MemberExpression') return part === undefined ? undefined : { specifier, name: part };
  if (id.type === 'Identifier') return { specifier, name: '*' };
  const property = id.type === 'ObjectPattern' ? id.properties.find(({ value }) => value === definition.name || (value?.type === 'AssignmentPattern' && value.left === definition.name)) : undefined;
  const name = property?.type === 'Property' ? keyName(property.key, property.computed) : undefined;
  return name === undefined ? undefined : { specifier, name };
}

function importedBy(node: Node, parent: Node | null | undefined): Imported | undefined {
  if (node.type === 'TSImportEqualsDeclaration') return node.moduleReference.type === 'TSExternalModuleReference' && node.moduleReference.expression.type === 'Literal' ? { specifier: String(node.moduleReference.expression.value), name: '*' } : undefined;
  const specifier = parent?.type === 'ImportDeclaration' ? parent.source.value : undefined;
  if (typeof specifier !== 'string') return undefined;
  if (node.type === 'ImportSpecifier') return { specifier, name: nameOf(node.imported) };
  return { specifier, name: node.type === 'ImportNamespaceSpecifier' ? '*' : 'default' };
}

/** The module that `require('…')` or `import('…')` asks for. */
function requiredBy(node: Node): string | undefined {
  const argument = node.type === 'ImportExpression' ? node.source : node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'require' ? node.arguments[0] : undefined;
  return argument?.type === 'Literal' && typeof argument.value === 'string' ? argument.value : undefined;
}

function nameOf(node: TSESTree.Identifier | TSESTree.StringLiteral): string {
  return node.type === 'Identifier' ? node.name : node.value;
}
