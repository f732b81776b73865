import { isClass, type FunctionNode, type Node, type TSESTree } from '../../language/index.js';
import type { Draft } from '../draft.js';
import type { Cure, FlaggedCode } from '../flagged-code.js';
import { declareBeside, homeOf } from '../homes.js';
import { madeAsync, madeAwaitable } from '../made-async.js';
import { calledName, nameOf } from '../region-parts.js';
import { allNodes, around, bodyOf, functionAround, isWithin } from '../syntax.js';
import { shortLocation } from '../wording.js';

/** The promise of the set-up is kept, and awaited by who needs what it fills. */
export function awaitReady(code: FlaggedCode): Cure | undefined {
  const use = code.nodeAt(code.finding.range);
  const fill = code.nodeAt(code.finding.region.acts[0]!);
  const fn = use && functionAround(use);
  const first = fn && bodyOf(fn)?.[0];
  const start = fill && setUpOf(code, fill);
  const home = fill && homeOf(code, fill);
  if (!first || !start || !home) return undefined;
  const draft = code.draft();
  const asks = fn.async ? false : madeAsync(code, draft, fn) ? false : madeAwaitable(code, draft, fn) ? true : undefined;
  if (asks === undefined) return undefined;
  const name = code.fresh('ready', 'whenReady', 'isSetUp');
  const kept = home.kind === 'class' ? keptField(code, draft, start, home, name) : keptVariable(draft, start, name);
  if (kept === undefined) return undefined;
  code.layout.insertBefore(draft, first.range[0], `await ${kept}${code.layout.semicolon}`);
  const title = `Keep the promise of the set-up, and await it before ${shortLocation(code)} is used`;
  return { title, draft, ...(asks && { caution: `\`${nameOf(fn)!}\` becomes async: callers in other files have to wait for what it gives` }) };
}

/** The statement that starts the set-up and drops its promise: at the top of the module or in the constructor. */
function setUpOf(code: FlaggedCode, fill: Node): TSESTree.ExpressionStatement | undefined {
  const starts = allNodes(code.module.program).filter((node): node is TSESTree.ExpressionStatement => node.type === 'ExpressionStatement' && isDroppedCall(node.expression) && isSetUp(node));
  const names = callersOf(code, fill);
  return starts.find((start) => isWithin(fill, start)) ?? starts.find(({ expression }) => names.has(calledName((unvoided(expression) as TSESTree.CallExpression).callee) ?? ''));
}

function isDroppedCall(expression: Node): boolean {
  return unvoided(expression).type === 'CallExpression';
}

function unvoided(expression: Node): Node {
  return expression.type === 'UnaryExpression' && expression.operator === 'void' ? expression.argument : expression;
}

function isSetUp(statement: Node): boolean {
  const fn = functionAround(statement);
  return fn ? fn.parent?.type === 'MethodDefinition' && fn.parent.kind === 'constructor' && statement.parent === fn.body : statement.parent?.type === 'Program';
}

/** The names of the function that holds a place, and of those that call it. */
function callersOf(code: FlaggedCode, place: Node): Set<string> {
  const calls = allNodes(code.module.program).filter((node): node is TSESTree.CallExpression => node.type === 'CallExpression');
  const names = new Set<string>();
  const pending: (FunctionNode | undefined)[] = [functionAround(place)];
  for (let fn = pending.pop(); fn; fn = pending.pop()) {
    const name = nameOf(fn);
    if (name === undefined || names.has(name)) continue;
    names.add(name);
    pending.push(...calls.filter(({ callee }) => calledName(callee) === name).map(functionAround));
  }
  return names;
}

function keptField(code: FlaggedCode, draft: Draft, start: TSESTree.ExpressionStatement, home: NonNullable<ReturnType<typeof homeOf>>, name: string): string | undefined {
  const call = unvoided(start.expression);
  if (![...around(start)].some((at) => isClass(at) && home.kind === 'class' && at === home.node)) return undefined;
  const kept = declareBeside(code, draft, home, { name, type: 'Promise<unknown>', isConstant: true });
  draft.replace(start.expression.range[0], call.range[0], `${kept} = `);
  return kept;
}

/** Nobody can call what stands in the module before it was loaded, so where it is declared does not matter. */
function keptVariable(draft: Draft, start: TSESTree.ExpressionStatement, name: string): string | undefined {
  if (start.parent.type !== 'Program') return undefined;
  const call = unvoided(start.expression);
  draft.replace(start.expression.range[0], call.range[0], `const ${name} = `);
  return name;
}
