import ts from 'typescript';
import type { FindType } from '../signature.js';

/** What a declaration promises of a value, as far as a test has to know it. */
export type DeclaredType =
  | { readonly kind: 'number' | 'string' | 'boolean' | 'nothing' | 'unknown' | 'array' | 'object' }
  | { readonly kind: 'literal'; readonly text: string };

/** A declared type, or a signature whose result is one. */
export type Declared = ts.TypeNode | ts.SignatureDeclaration;

/** How one gets from a value to another. */
export type TypeStep = { readonly kind: 'member'; readonly key: string } | { readonly kind: 'call' } | { readonly kind: 'wait' } | { readonly kind: 'element' };

/** Follows declared types: what a member has, what a call gives, what a promise settles with. Undefined where nothing is declared. */
export class DeclaredTypes {
  readonly #find: FindType;

  constructor(find: FindType) {
    this.#find = find;
  }

  step(from: Declared, step: TypeStep): Declared | undefined {
    const type = this.#resolve(from);
    if (!type) return undefined;
    switch (step.kind) {
      case 'member': return this.#member(type, step.key);
      case 'call': return isSignature(type) ? type.type : undefined;
      case 'wait': return this.#settled(type);
      case 'element': return this.#element(type);
    }
  }

  isPromise(from: Declared): boolean {
    const type = this.#resolve(from);
    return type !== undefined && ts.isTypeReferenceNode(type) && /^Promise(Like)?$/.test(type.typeName.getText());
  }

  /** Members that a value of this type must have; undefined if they are not known. */
  requiredMembers(from: Declared): readonly string[] | undefined {
    const type = this.#resolve(from);
    if (!type || isSignature(type)) return undefined;
    if (ts.isTypeLiteralNode(type)) return requiredNames(type.members);
    const declaration = ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) ? this.#find(type.getSourceFile(), type.typeName.text) : undefined;
    return declaration && ts.isInterfaceDeclaration(declaration) && !declaration.heritageClauses ? requiredNames(declaration.members) : undefined;
  }

  describe(from: Declared): DeclaredType {
    const type = this.#resolve(from);
    if (!type || isSignature(type)) return { kind: 'unknown' };
    switch (type.kind) {
      case ts.SyntaxKind.NumberKeyword: return { kind: 'number' };
      case ts.SyntaxKind.StringKeyword: return { kind: 'string' };
      case ts.SyntaxKind.BooleanKeyword: return { kind: 'boolean' };
      case ts.SyntaxKind.VoidKeyword: case ts.SyntaxKind.UndefinedKeyword: return { kind: 'nothing' };
      case ts.SyntaxKind.ObjectKeyword: return { kind: 'object' };
    }
    if (ts.isLiteralTypeNode(type)) return type.literal.kind === ts.SyntaxKind.NullKeyword ? { kind: 'nothing' } : { kind: 'literal', text: type.literal.getText() };
    if (ts.isArrayTypeNode(type) || ts.isTupleTypeNode(type) || (ts.isTypeReferenceNode(type) && /^(Readonly)?Array$/.test(type.typeName.getText()))) return { kind: 'array' };
    return { kind: ts.isTypeLiteralNode(type) || ts.isTypeReferenceNode(type) ? 'object' : 'unknown' };
  }

  /** Without names, parentheses and alternatives. */
  #resolve(from: Declared, depth = 0): Declared | undefined {
    if (isSignature(from) || depth > 8) return from;
    if (ts.isParenthesizedTypeNode(from)) return this.#resolve(from.type, depth + 1);
    if (ts.isTypeOperatorNode(from)) return this.#resolve(from.type, depth + 1);
    if (ts.isUnionTypeNode(from)) {
      const present = from.types.find((type) => type.kind !== ts.SyntaxKind.UndefinedKeyword && !(ts.isLiteralTypeNode(type) && type.literal.kind === ts.SyntaxKind.NullKeyword));
      return present && this.#resolve(present, depth + 1);
    }
    if (!ts.isTypeReferenceNode(from) || !ts.isIdentifier(from.typeName)) return from;
    if (/^(Readonly|Required)$/.test(from.typeName.text) && from.typeArguments?.[0]) return this.#resolve(from.typeArguments[0], depth + 1);
    const declaration = this.#find(from.getSourceFile(), from.typeName.text);
    return declaration && ts.isTypeAliasDeclaration(declaration) && !declaration.typeParameters ? this.#resolve(declaration.type, depth + 1) : from;
  }

  #member(type: Declared, key: string, depth = 0): Declared | undefined {
    if (ts.isTypeLiteralNode(type)) return memberOf(type.members, key);
    if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName) || depth > 4) return undefined;
    const declaration = this.#find(type.getSourceFile(), type.typeName.text);
    return declaration && ts.isInterfaceDeclaration(declaration) ? this.#interfaceMember(declaration, key, depth) : undefined;
  }

  #interfaceMember(declaration: ts.InterfaceDeclaration, key: string, depth: number): Declared | undefined {
    const own = memberOf(declaration.members, key);
    if (own || depth > 4) return own;
    for (const { expression } of declaration.heritageClauses?.flatMap(({ types }) => [...types]) ?? []) {
      const base = ts.isIdentifier(expression) ? this.#find(declaration.getSourceFile(), expression.text) : undefined;
      const inherited = base && ts.isInterfaceDeclaration(base) ? this.#interfaceMember(base, key, depth + 1) : undefined;
      if (inherited) return inherited;
    }
    return undefined;
  }

  #settled(type: Declared): Declared | undefined {
    return this.isPromise(type) ? (type as ts.TypeReferenceNode).typeArguments?.[0] : type;
  }

  #element(type: Declared): Declared | undefined {
    if (ts.isArrayTypeNode(type)) return type.elementType;
    return !isSignature(type) && ts.isTypeReferenceNode(type) ? type.typeArguments?.[0] : undefined;
  }
}

function memberOf(members: ts.NodeArray<ts.TypeElement>, key: string): Declared | undefined {
  const member = members.find(({ name }) => name && (ts.isIdentifier(name) || ts.isStringLiteral(name)) && name.text === key);
  if (!member) return undefined;
  if (ts.isMethodSignature(member)) return member;
  return ts.isPropertySignature(member) ? member.type : undefined;
}

function requiredNames(members: ts.NodeArray<ts.TypeElement>): string[] | undefined {
  const required = members.filter(({ questionToken }) => !questionToken);
  return required.every(({ name }) => name && (ts.isIdentifier(name) || ts.isStringLiteral(name))) ? required.map(({ name }) => (name as ts.Identifier).text) : undefined;
}

function isSignature(type: Declared): type is ts.SignatureDeclaration {
  return ts.isFunctionTypeNode(type) || ts.isMethodSignature(type) || ts.isFunctionDeclaration(type) || ts.isMethodDeclaration(type) || ts.isArrowFunction(type) || ts.isFunctionExpression(type);
}
