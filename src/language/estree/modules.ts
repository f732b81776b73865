import ts from 'typescript';
import { convert, exported, has, identifier, none, RareSyntax } from './conversion.js';
import type { Conversion, Made } from './conversion.js';

const { SyntaxKind } = ts;

function attributesOf(c: Conversion, { attributes }: ts.ImportDeclaration | ts.ExportDeclaration): readonly (Made | null)[] {
  return attributes ? c.children(attributes.elements, attributes) : none;
}

convert<ts.ImportAttribute>(SyntaxKind.ImportAttribute, (c, node) => ({ type: 'ImportAttribute', range: c.range(node), loc: undefined, parent: undefined, key: c.child(node.name, node), value: c.child(node.value, node) }));

convert<ts.ImportDeclaration>(SyntaxKind.ImportDeclaration, (c, node) => {
  const clause = node.importClause;
  if (clause?.phaseModifier === SyntaxKind.DeferKeyword) throw new RareSyntax('import defer');
  return {
    type: 'ImportDeclaration', range: c.range(node), loc: undefined, parent: undefined,
    attributes: attributesOf(c, node),
    importKind: clause?.phaseModifier === SyntaxKind.TypeKeyword ? 'type' : 'value',
    phase: null,
    source: c.child(node.moduleSpecifier, node),
    specifiers: clause ? specifiersOf(c, clause) : none,
  };
});

function specifiersOf(c: Conversion, clause: ts.ImportClause): Made[] {
  const specifiers: Made[] = [];
  if (clause.name) {
    const local = c.child(clause.name, clause);
    specifiers.push({ type: 'ImportDefaultSpecifier', range: local.range, loc: undefined, parent: undefined, local });
  }
  const { namedBindings: bindings } = clause;
  if (bindings?.kind === SyntaxKind.NamespaceImport) specifiers.push({ type: 'ImportNamespaceSpecifier', range: c.range(bindings), loc: undefined, parent: undefined, local: c.child(bindings.name, bindings) });
  if (bindings?.kind === SyntaxKind.NamedImports) for (const element of bindings.elements) specifiers.push(c.child(element, bindings));
  return specifiers;
}

convert<ts.ImportSpecifier>(SyntaxKind.ImportSpecifier, (c, node) => ({ type: 'ImportSpecifier', range: c.range(node), loc: undefined, parent: undefined, imported: c.child(node.propertyName ?? node.name, node), importKind: node.isTypeOnly ? 'type' : 'value', local: c.child(node.name, node) }));
convert<ts.ExportSpecifier>(SyntaxKind.ExportSpecifier, (c, node) => ({ type: 'ExportSpecifier', range: c.range(node), loc: undefined, parent: undefined, exported: c.child(node.name, node), exportKind: node.isTypeOnly ? 'type' : 'value', local: c.child(node.propertyName ?? node.name, node) }));

convert<ts.ExportDeclaration>(SyntaxKind.ExportDeclaration, (c, node) => {
  const range = c.range(node);
  const attributes = attributesOf(c, node);
  const exportKind = node.isTypeOnly ? 'type' : 'value';
  const source = c.child(node.moduleSpecifier, node);
  const clause = node.exportClause;
  if (clause?.kind === SyntaxKind.NamedExports) return { type: 'ExportNamedDeclaration', range, loc: undefined, parent: undefined, attributes, declaration: null, exportKind, source, specifiers: c.children(clause.elements, node) };
  return { type: 'ExportAllDeclaration', range, loc: undefined, parent: undefined, attributes, exported: clause ? c.child(clause.name, clause) : null, exportKind, source };
});

convert<ts.ExportAssignment>(SyntaxKind.ExportAssignment, (c, node) => {
  const range = c.range(node);
  if (node.isExportEquals) return { type: 'TSExportAssignment', range, loc: undefined, parent: undefined, expression: c.child(node.expression, node) };
  return { type: 'ExportDefaultDeclaration', range, loc: undefined, parent: undefined, declaration: c.child(node.expression, node), exportKind: 'value' };
});

convert<ts.ModuleDeclaration>(SyntaxKind.ModuleDeclaration, (c, node) => {
  const isGlobal = (node.flags & ts.NodeFlags.GlobalAugmentation) !== 0;
  const inner = innermost(node);
  const body = c.child(inner.body, inner);
  return exported(c, node, {
    type: 'TSModuleDeclaration', range: c.range(node), loc: undefined, parent: undefined,
    ...((body || !ts.isStringLiteral(node.name)) && { body }),
    declare: has(node, SyntaxKind.DeclareKeyword),
    global: isGlobal,
    id: ts.isStringLiteral(node.name) ? c.child(node.name, node) : qualified(c, node),
    kind: isGlobal ? 'global' : !ts.isStringLiteral(node.name) && node.flags & ts.NodeFlags.Namespace ? 'namespace' : 'module',
  });
});

/** `namespace a.b.c {}` is to TypeScript one declaration within another, to everybody else one of a name with parts. */
function innermost(node: ts.ModuleDeclaration): ts.ModuleDeclaration {
  return node.body && ts.isModuleDeclaration(node.body) ? innermost(node.body) : node;
}

function qualified(c: Conversion, node: ts.ModuleDeclaration): Made {
  let name = identifier(c.range(node.name), node.name.text);
  for (let at = node.body; at && ts.isModuleDeclaration(at); at = at.body) {
    const right = identifier(c.range(at.name), at.name.text);
    name = { type: 'TSQualifiedName', range: [name.range[0], right.range[1]], loc: undefined, parent: undefined, left: name, right };
  }
  return name;
}
