import ts from 'typescript';
import { skipParentheses } from './accesses.js';
import type { CheckedModule } from './compile.js';

/** The argument of a `new Worker(…)` or `fork(…)` that names a file. */
export interface WorkerPlace {
  readonly node: ts.Expression;
  /** Relative to the module, to the working directory, or the module itself. */
  readonly base: 'module' | 'working-directory' | 'self';
  readonly path: string;
}

/** How far a name is followed to what it was declared with. */
const mostSteps = 5;

/**
 * The files that a module runs as workers or as processes, where that can be read off: `new Worker(new URL('./w.ts', import.meta.url))`, `'./w.js'`, `__filename`;
 * `fork('./w.js')`, `spawn(process.execPath, ['./w.js', …])`.
 */
export function workersOf({ source, checker }: CheckedModule): WorkerPlace[] {
  const places: WorkerPlace[] = [];
  const visit = (node: ts.Node): void => {
    const argument = fileArgument(node);
    const found = argument && fileOf(argument, checker, mostSteps);
    if (argument && found) places.push({ node: argument, ...found });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return places;
}

/** The argument that names the file, if the expression starts a worker or a process. */
function fileArgument(node: ts.Node): ts.Expression | undefined {
  if (ts.isNewExpression(node)) return calledName(node.expression) === 'Worker' ? node.arguments?.[0] : undefined;
  if (!ts.isCallExpression(node)) return undefined;
  const name = calledName(node.expression);
  if (name === 'fork') return node.arguments[0];
  const [command, list] = node.arguments;
  const isNode = (name === 'spawn' || name === 'execFile') && command && (ts.isStringLiteralLike(command) ? command.text === 'node' : calledName(command) === 'execPath');
  if (!isNode || !list || !ts.isArrayLiteralExpression(list)) return undefined;
  // Behind flags of Node.
  return list.elements.find((element) => !(ts.isStringLiteralLike(element) && element.text.startsWith('-')));
}

type Place = Omit<WorkerPlace, 'node'>;

function fileOf(given: ts.Expression, checker: ts.TypeChecker, steps: number): Place | undefined {
  const node = skipParentheses(given);
  if (ts.isStringLiteralLike(node)) return { base: 'working-directory', path: node.text.replace(/^file:\/\//, '') };
  return pathOf(node, checker, steps);
}

/** What an expression of paths gives; a text alone is none, for it depends on who reads it. */
function pathOf(given: ts.Expression, checker: ts.TypeChecker, steps: number): Place | undefined {
  const node = skipParentheses(given);
  if (ts.isIdentifier(node) && node.text === '__filename') return { base: 'self', path: '' };
  if (ts.isIdentifier(node)) return steps > 0 ? declaredPath(node, checker, steps - 1) : undefined;
  if (isImportMeta(node, 'url') || isImportMeta(node, 'filename')) return { base: 'self', path: '' };
  if (ts.isPropertyAccessExpression(node) && ['href', 'pathname'].includes(node.name.text)) return pathOf(node.expression, checker, steps);
  if (ts.isNewExpression(node) && calledName(node.expression) === 'URL') return urlOf(node.arguments ?? ts.factory.createNodeArray(), checker, steps);
  if (ts.isCallExpression(node)) return calledPath(node, checker, steps);
  if (ts.isTemplateExpression(node)) return templatePath(node);
  const isSum = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken && isFolder(node.left) && ts.isStringLiteralLike(node.right);
  return isSum ? { base: 'module', path: `.${(node.right as ts.StringLiteralLike).text}` } : undefined;
}

function declaredPath(node: ts.Identifier, checker: ts.TypeChecker, steps: number): Place | undefined {
  const declaration = checker.getSymbolAtLocation(node)?.valueDeclaration;
  const isConstant = declaration && ts.isVariableDeclaration(declaration) && ts.isVariableDeclarationList(declaration.parent) && (declaration.parent.flags & ts.NodeFlags.Const) !== 0;
  return isConstant && declaration.initializer ? fileOf(declaration.initializer, checker, steps) : undefined;
}

function urlOf([path, base]: readonly ts.Expression[], checker: ts.TypeChecker, steps: number): Place | undefined {
  if (path && !base) return pathOf(path, checker, steps);
  return path && base && ts.isStringLiteralLike(path) && isImportMeta(base, 'url') ? { base: 'module', path: path.text } : undefined;
}

/** `fileURLToPath(url)`, `path.join(__dirname, 'w.js')`, `require.resolve('./w.js')` */
function calledPath({ expression, arguments: args }: ts.CallExpression, checker: ts.TypeChecker, steps: number): Place | undefined {
  const [first, ...rest] = args;
  if (!first) return undefined;
  const name = calledName(expression);
  if (name === 'fileURLToPath' || name === 'pathToFileURL' || name === 'String') return pathOf(first, checker, steps);
  if ((name === 'join' || name === 'resolve') && isFolder(first) && rest.every(ts.isStringLiteralLike)) return { base: 'module', path: ['.', ...rest.map((part) => part.text)].join('/') };
  return name === 'resolve' && ts.isStringLiteralLike(first) && rest.length === 0 && ts.isPropertyAccessExpression(expression) && calledName(expression.expression) === 'require' ? { base: 'module', path: first.text } : undefined;
}

/** `${__dirname}/w.js` */
function templatePath({ head, templateSpans: [span, ...more] }: ts.TemplateExpression): Place | undefined {
  return head.text === '' && span && more.length === 0 && isFolder(span.expression) ? { base: 'module', path: `.${span.literal.text}` } : undefined;
}

function isFolder(node: ts.Expression): boolean {
  return (ts.isIdentifier(node) && node.text === '__dirname') || isImportMeta(node, 'dirname');
}

function isImportMeta(node: ts.Expression, property: string): boolean {
  return ts.isPropertyAccessExpression(node) && node.name.text === property && ts.isMetaProperty(node.expression);
}

function calledName(node: ts.Expression): string | undefined {
  return ts.isIdentifier(node) ? node.text : ts.isPropertyAccessExpression(node) ? node.name.text : undefined;
}
