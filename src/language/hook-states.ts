import ts from 'typescript';
import { isDeclaredName, owningFunction } from './variables.js';

interface State {
  readonly value: ts.Identifier;
  readonly change: ts.Identifier;
  readonly owner: ts.Node | undefined;
}

/**
 * The states of a module's components, `const [cart, setCart] = useState(…)`. A function that a render makes sees a state as it was then,
 * so to read its name is a look at the state, however late.
 */
export class HookStates {
  readonly #byName = new Map<string, State[]>();
  readonly #checker: ts.TypeChecker;

  constructor(source: ts.SourceFile, checker: ts.TypeChecker) {
    this.#checker = checker;
    if (!source.text.includes('useState')) return;
    const visit = (node: ts.Node): void => {
      if (ts.isVariableDeclaration(node)) this.#add(node);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }

  /** Whether a module has components with a state. */
  get areAny(): boolean {
    return this.#byName.size > 0;
  }

  /** The function that changes the state which a name shows, if it is one that an inner function of the component reads. */
  changeAt(node: ts.Identifier): ts.Identifier | undefined {
    const states = this.#byName.get(node.text);
    if (!states || isDeclaredName(node)) return undefined;
    const symbol = ts.isShorthandPropertyAssignment(node.parent) ? this.#checker.getShorthandAssignmentValueSymbol(node.parent) : this.#checker.getSymbolAtLocation(node);
    const state = states.find(({ value }) => symbol?.declarations?.[0] === value.parent);
    if (!state || owningFunction(node) === state.owner) return undefined;
    const { change } = state;
    return this.#checker.resolveName(change.text, node, ts.SymbolFlags.Value, true)?.declarations?.[0] === change.parent ? change : undefined;
  }

  #add({ name, initializer }: ts.VariableDeclaration): void {
    if (!ts.isArrayBindingPattern(name) || !initializer || !ts.isCallExpression(initializer) || !/(?:^|\.)useState$/.test(initializer.expression.getText())) return;
    const [value, change] = name.elements.map((element) => (ts.isBindingElement(element) && ts.isIdentifier(element.name) ? element.name : undefined));
    if (!value || !change) return;
    const state: State = { value, change, owner: owningFunction(value.parent) };
    this.#byName.set(value.text, [...(this.#byName.get(value.text) ?? []), state]);
  }
}
