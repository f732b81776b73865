/** A binary operator of the language on values of the subject's own, with all conversions that it makes. */
export function plainOperation(operator: string, l: unknown, r: unknown): unknown {
  const left = l as number;
  const right = r as number;
  switch (operator) {
    case '+': return left + right;
    case '-': return left - right;
    case '*': return left * right;
    case '/': return left / right;
    case '%': return left % right;
    case '**': return left ** right;
    case '===': return left === right;
    case '!==': return left !== right;
    // eslint-disable-next-line eqeqeq -- the subject's own operator
    case '==': return left == right;
    // eslint-disable-next-line eqeqeq -- the subject's own operator
    case '!=': return left != right;
    case '<': return left < right;
    case '<=': return left <= right;
    case '>': return left > right;
    case '>=': return left >= right;
    case '&': return left & right;
    case '|': return left | right;
    case '^': return left ^ right;
    case '<<': return left << right;
    case '>>': return left >> right;
    case '>>>': return left >>> right;
    case 'instanceof': return l instanceof (r as new () => object);
    default: throw new SyntaxError(`no operator ${operator}`);
  }
}
