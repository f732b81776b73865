import ts from 'typescript';
import type { SiteTable } from './sites.js';

/** The name of the runtime inside a program. */
export const runtimeName = '__rp';
/** What `import.meta` is called in a module of a linked program. */
export const importMetaName = '__rpMeta';

/** Builds calls of the runtime's hooks; `at` passes the site of a source node first. */
export class HookFactory {
  readonly #context: ts.TransformationContext;
  readonly #sites: SiteTable;
  readonly #scopes = new Map<ts.Node, ts.Identifier>();
  readonly #isLinked: boolean;

  /** `isLinked`: the module is one of several in a program, and has a scope, an `import.meta` and a `require` of its own. */
  constructor(context: ts.TransformationContext, sites: SiteTable, isLinked: boolean) {
    this.#context = context;
    this.#sites = sites;
    this.#isLinked = isLinked;
  }

  property(name: string): ts.Expression {
    return ts.factory.createPropertyAccessExpression(ts.factory.createIdentifier(runtimeName), name);
  }

  call(name: string, args: readonly ts.Expression[]): ts.Expression {
    return ts.factory.createCallExpression(this.property(name), undefined, args);
  }

  at(name: string, place: ts.Node, ...args: readonly ts.Expression[]): ts.Expression {
    return this.call(name, [this.site(place), ...args]);
  }

  site(place: ts.Node, start?: number): ts.Expression {
    return ts.factory.createIdentifier(markOf(this.#sites.of(place, start)));
  }

  /** A variable of the function at hand that no source text can name. */
  temporary(): ts.Identifier {
    const name = ts.factory.createUniqueName('__t');
    this.#context.hoistVariableDeclaration(name);
    return name;
  }

  /** The object that stands for the activation (or module) that owns a shared variable. */
  scope(owner: ts.Node | undefined): ts.Expression {
    if (!owner && !this.#isLinked) return this.property('moduleScope');
    const key = owner ?? this.#sites.source;
    let name = this.#scopes.get(key);
    if (!name) this.#scopes.set(key, (name = ts.factory.createUniqueName('__scope')));
    return name;
  }

  importMeta(): ts.Expression {
    return this.#isLinked ? ts.factory.createIdentifier(importMetaName) : this.property('importMeta');
  }

  /** The exports of a file of the program; of the module itself if none is named. */
  exportsOf(file: string | undefined): ts.Expression {
    if (file === undefined) return ts.factory.createIdentifier('exports');
    return ts.factory.createCallExpression(ts.factory.createIdentifier('require'), undefined, [ts.factory.createStringLiteral(`/${file}`)]);
  }

  /** `import(…)`; what a specifier means depends on the module that it stands in. */
  importModule(place: ts.Node, specifier: readonly ts.Expression[]): ts.Expression {
    return this.at('importModule', place, ...specifier, ...(this.#isLinked ? [ts.factory.createIdentifier('require')] : []));
  }

  scopeDeclaration(owner: ts.Node | undefined): ts.Statement {
    return ts.factory.createVariableStatement(undefined, ts.factory.createVariableDeclarationList(
      [ts.factory.createVariableDeclaration(this.scope(owner) as ts.Identifier, undefined, undefined, this.call('scope', []))], ts.NodeFlags.Const));
  }
}

/** What stands for a place in lowered text, until the program is known whose places are numbered. */
function markOf(site: number): string {
  return `${runtimeName}_at_${site}`;
}

const marks = new RegExp(`\\b${runtimeName}_at_(\\d+)\\b`, 'g');

/** Lowered text as a part of a program in which `first` places come before its own. */
export function numbered(code: string, first: number): string {
  return code.replace(marks, (_mark, site: string) => String(first + Number(site)));
}
