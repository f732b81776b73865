import ts from 'typescript';
import type { SiteTable } from './sites.js';

/** The name of the runtime inside a program. */
export const runtimeName = '__rp';

/** Builds calls of the runtime's hooks; `at` passes the site of a source node first. */
export class HookFactory {
  readonly #context: ts.TransformationContext;
  readonly #sites: SiteTable;
  readonly #scopes = new Map<ts.Node, ts.Identifier>();

  constructor(context: ts.TransformationContext, sites: SiteTable) {
    this.#context = context;
    this.#sites = sites;
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

  site(place: ts.Node): ts.Expression {
    return ts.factory.createNumericLiteral(this.#sites.of(place));
  }

  /** A variable of the function at hand that no source text can name. */
  temporary(): ts.Identifier {
    const name = ts.factory.createUniqueName('__t');
    this.#context.hoistVariableDeclaration(name);
    return name;
  }

  /** The object that stands for the activation (or module) that owns a shared variable. */
  scope(owner: ts.Node | undefined): ts.Expression {
    if (!owner) return this.property('moduleScope');
    let name = this.#scopes.get(owner);
    if (!name) this.#scopes.set(owner, (name = ts.factory.createUniqueName('__scope')));
    return name;
  }

  scopeDeclaration(owner: ts.Node): ts.Statement {
    return ts.factory.createVariableStatement(undefined, ts.factory.createVariableDeclarationList(
      [ts.factory.createVariableDeclaration(this.scope(owner) as ts.Identifier, undefined, undefined, this.call('scope', []))], ts.NodeFlags.Const));
  }
}
