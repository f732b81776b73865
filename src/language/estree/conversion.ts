import ts from 'typescript';

/** Offsets of the first character and of the one after the last. */
export type Range = [start: number, end: number];

/** A node of the tree that is made. All have the same fields first, so that reading one of these is the same work for every type. */
export interface Made {
  type: string;
  range: Range;
  loc: undefined;
  parent: undefined;
  [field: string]: unknown;
}

/** Syntax that is too rare to be converted here; the parser that knows all of it takes the file. */
export class RareSyntax extends Error {}

type Convert = (c: Conversion, node: never, parent: ts.Node) => Made | null;

const byKind: (Convert | undefined)[] = [];

/** Says how nodes of some kinds are converted. */
export function convert<N extends ts.Node>(kinds: N['kind'] | readonly N['kind'][], how: (c: Conversion, node: N, parent: ts.Node) => Made | null): void {
  for (const kind of typeof kinds === 'number' ? [kinds] : kinds) byKind[kind] = how as Convert;
}

/** Of what has none, for all alike: nobody adds to it. */
export const none: readonly never[] = [];

/** The conversion of one source file. */
export class Conversion {
  readonly source: ts.SourceFile;
  readonly text: string;
  /** True where what looks like a literal is the target of an assignment. */
  isPattern = false;
  /** The last start that was looked for, and from where: what a node begins with begins where the node does. */
  #soughtFrom = -1;
  #found = -1;

  constructor(source: ts.SourceFile) {
    this.source = source;
    this.text = source.text;
  }

  child(node: ts.Node, parent: ts.Node): Made;
  child(node: ts.Node | undefined, parent: ts.Node): Made | null;
  child(node: ts.Node | undefined, parent: ts.Node): Made | null {
    return this.as(node, parent, false);
  }

  pattern(node: ts.Node, parent: ts.Node): Made {
    return this.as(node, parent, true)!;
  }

  as(node: ts.Node | undefined, parent: ts.Node, isPattern: boolean): Made | null {
    if (!node) return null;
    const how = byKind[node.kind];
    if (!how) throw new RareSyntax(ts.SyntaxKind[node.kind]);
    const before = this.isPattern;
    this.isPattern = isPattern;
    const made = how(this, node as never, parent);
    this.isPattern = before;
    return made;
  }

  children(nodes: readonly ts.Node[] | undefined, parent: ts.Node): readonly (Made | null)[] {
    if (!nodes || nodes.length === 0) return [];
    const made: (Made | null)[] = [];
    for (const node of nodes) made.push(this.as(node, parent, false));
    return made;
  }

  patterns(nodes: readonly ts.Node[], parent: ts.Node): readonly (Made | null)[] {
    return nodes.map((node) => this.as(node, parent, true));
  }

  start(node: ts.Node): number {
    const { pos } = node;
    if (pos !== this.#soughtFrom) {
      this.#found = node.getStart(this.source);
      this.#soughtFrom = pos;
    }
    return this.#found;
  }

  range(node: ts.Node): Range {
    return [this.start(node), node.end];
  }

  textOf(node: ts.Node): string {
    return this.text.slice(this.start(node), node.end);
  }

  /** Where the next token begins: beyond white space and comments. */
  tokenFrom(at: number): number {
    const { text } = this;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === 47 /* / */ && text.charCodeAt(at + 1) === 47) at = lineEnd(text, at);
      else if (code === 47 && text.charCodeAt(at + 1) === 42 /* * */) at = text.indexOf('*/', at + 2) + 2;
      else if (code === 32 || (code >= 9 && code <= 13) || (code > 127 && /\s/.test(text[at]!))) at++;
      else return at;
    }
  }
}

function lineEnd(text: string, at: number): number {
  while (at < text.length && !/[\n\r\u2028\u2029]/.test(text[at]!)) at++;
  return at;
}

type Modified = ts.Node & { readonly modifiers?: ts.NodeArray<ts.ModifierLike> };

export function has(node: ts.Node, kind: ts.SyntaxKind): boolean {
  const { modifiers } = node as Modified;
  if (modifiers) for (const modifier of modifiers) if (modifier.kind === kind) return true;
  return false;
}

/** All but the decorators; undefined if there are none. */
export function modifiersOf(node: ts.Node): readonly ts.ModifierLike[] | undefined {
  const found = (node as Modified).modifiers?.filter(({ kind }) => kind !== ts.SyntaxKind.Decorator);
  return found && found.length > 0 ? found : undefined;
}

export function decoratorsOf(c: Conversion, node: ts.Node): readonly (Made | null)[] {
  const { modifiers } = node as Modified;
  return modifiers ? c.children(modifiers.filter(({ kind }) => kind === ts.SyntaxKind.Decorator), node) : none;
}

export function accessibilityOf(node: ts.Node): string | undefined {
  for (const { kind } of (node as Modified).modifiers ?? none) {
    if (kind === ts.SyntaxKind.PublicKeyword) return 'public';
    if (kind === ts.SyntaxKind.ProtectedKeyword) return 'protected';
    if (kind === ts.SyntaxKind.PrivateKeyword) return 'private';
  }
  return undefined;
}

/** `: T`, `=> T` of a function type. */
export function annotation(c: Conversion, type: ts.Node | undefined, parent: ts.Node): Made | undefined {
  if (!type) return undefined;
  const width = parent.kind === ts.SyntaxKind.FunctionType || parent.kind === ts.SyntaxKind.ConstructorType ? 2 : 1;
  return { type: 'TSTypeAnnotation', range: [type.pos - width, type.end], loc: undefined, parent: undefined, typeAnnotation: c.child(type, parent) };
}

/** `<A, B>` after a name. */
export function typeArguments(c: Conversion, node: ts.Node & { readonly typeArguments?: ts.NodeArray<ts.TypeNode> | undefined }): Made | undefined {
  return inBrackets(c, node, 'TSTypeParameterInstantiation', node.typeArguments);
}

export function typeParameters(c: Conversion, node: ts.Node & { readonly typeParameters?: ts.NodeArray<ts.TypeParameterDeclaration> | undefined }): Made | undefined {
  return inBrackets(c, node, 'TSTypeParameterDeclaration', node.typeParameters);
}

function inBrackets(c: Conversion, node: ts.Node, type: string, list: ts.NodeArray<ts.Node> | undefined): Made | undefined {
  if (!list) return undefined;
  return { type, range: [list.pos - 1, c.tokenFrom(list.end) + 1], loc: undefined, parent: undefined, params: c.children(list, node) };
}

/** Makes a node long enough for what was put at its end. */
export function widen(made: Made, [start, end]: Range): void {
  if (start < made.range[0]) made.range[0] = start;
  if (end > made.range[1]) made.range[1] = end;
}

export function identifier(range: Range, name: string): Made {
  return { type: 'Identifier', range, loc: undefined, parent: undefined, decorators: none, name, optional: false, typeAnnotation: undefined };
}

/** Puts `export` around what it stands before. */
export function exported(c: Conversion, node: ts.Node, made: Made): Made {
  const modifiers = modifiersOf(node);
  if (modifiers?.[0]?.kind !== ts.SyntaxKind.ExportKeyword) return made;
  const [keyword, next] = modifiers;
  const isDefault = next?.kind === ts.SyntaxKind.DefaultKeyword;
  made.range = [c.tokenFrom((isDefault ? next : keyword!).end), made.range[1]];
  const range: Range = [c.start(keyword!), made.range[1]];
  if (isDefault) return { type: 'ExportDefaultDeclaration', range, loc: undefined, parent: undefined, declaration: made, exportKind: 'value' };
  const isType = made.type === 'TSInterfaceDeclaration' || made.type === 'TSTypeAliasDeclaration' || made['declare'] === true;
  return { type: 'ExportNamedDeclaration', range, loc: undefined, parent: undefined, attributes: none, declaration: made, exportKind: isType ? 'type' : 'value', source: null, specifiers: none };
}
