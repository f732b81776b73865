import { analyze } from '@typescript-eslint/scope-manager';
import type { ScopeManager, Variable } from '@typescript-eslint/scope-manager';
import type { ParsedModule } from './parse.js';
import type { Node } from './syntax.js';

export type { Variable } from '@typescript-eslint/scope-manager';

/** Which variable an identifier means, and who uses a variable. */
export interface Scopes {
  variableOf(identifier: Node): Variable | undefined;
  declaredBy(node: Node): readonly Variable[];
  readonly moduleVariables: readonly Variable[];
}

const known = new WeakMap<ParsedModule, Scopes>();

/** They are found once for each tree. */
export function analyzeScopes(module: ParsedModule): Scopes {
  let scopes = known.get(module);
  if (!scopes) known.set(module, (scopes = scopesIn(module)));
  return scopes;
}

function scopesIn(module: ParsedModule): Scopes {
  const manager = analyze(module.program, { sourceType: 'module', lib: [] });
  const variables = new Map<Node, Variable>();
  for (const scope of manager.scopes) {
    // A class binds its name twice, inside itself too; scopes come outermost first, and who else uses the name is what matters.
    for (const variable of scope.variables) for (const name of variable.identifiers) if (!variables.has(name)) variables.set(name, variable);
    for (const reference of scope.references) if (reference.resolved) variables.set(reference.identifier, reference.resolved);
  }
  return {
    variableOf: (identifier) => variables.get(identifier),
    declaredBy: (node) => manager.getDeclaredVariables(node),
    moduleVariables: moduleScopeOf(manager),
  };
}

function moduleScopeOf(manager: ScopeManager): readonly Variable[] {
  return (manager.globalScope?.childScopes.find((scope) => scope.block.type === 'Program') ?? manager.globalScope)?.variables ?? [];
}
