import ts from 'typescript';

/**
 * The engine learns each generator function anew, and a lowered async function makes one for each of its calls. Where such a function does nothing but that, its
 * generator may be made once instead, if it is handed the arguments, and no longer finds them around it:
 *
 *     add(amount) { return __awaiter(this, void 0, void 0, function* () { … }); }
 *     add(amount) { return __awaiter(this, arguments, void 0, generators[0] || (generators[0] = function* (amount) { … })); }
 *
 * `slot` gives where it is kept, for as long as all that it finds around the function stays the same; undefined: nowhere.
 */
export function keepGenerator({ body, parameters }: { readonly body?: ts.Node | undefined; readonly parameters: readonly ts.ParameterDeclaration[] }, slot: (generator: ts.FunctionExpression) => ts.Expression | undefined): ts.Block | undefined {
  const { factory } = ts;
  const call = body && ts.isBlock(body) ? awaiterIn(body) : undefined;
  const [self, given, promise, generator] = call?.arguments ?? [];
  if (!call || !generator || !ts.isFunctionExpression(generator)) return undefined;
  const areHanded = ts.isIdentifier(given!) && given.text === 'arguments';
  if (!areHanded && (generator.parameters.length > 0 || !parameters.every(isPlain))) return undefined;
  const place = slot(generator);
  if (!place) return undefined;
  const made = areHanded ? generator : factory.updateFunctionExpression(generator, undefined, generator.asteriskToken, generator.name, undefined, parameters, undefined, generator.body);
  const kept = factory.createLogicalOr(place, factory.createParenthesizedExpression(factory.createAssignment(place, made)));
  const args = [self!, areHanded ? given : factory.createIdentifier('arguments'), promise!, kept];
  return factory.updateBlock(body as ts.Block, [factory.createReturnStatement(factory.updateCallExpression(call, call.expression, undefined, args))]);
}

/** The call of `__awaiter` that is all that a function does. */
function awaiterIn({ statements }: ts.Block): ts.CallExpression | undefined {
  const [only, ...others] = statements;
  if (!only || others.length > 0 || !ts.isReturnStatement(only) || !only.expression || !ts.isCallExpression(only.expression)) return undefined;
  const { expression, arguments: given } = only.expression;
  return ts.isIdentifier(expression) && expression.text === '__awaiter' && given.length === 4 ? only.expression : undefined;
}

function isPlain({ name, initializer, dotDotDotToken }: ts.ParameterDeclaration): boolean {
  return ts.isIdentifier(name) && !initializer && !dotDotDotToken;
}
