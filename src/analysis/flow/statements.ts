import type { Node, TSESTree } from '../../language/index.js';
import { unknownValue } from '../model/value.js';
import type { Value } from '../model/value.js';
import { assignTo, declarePattern } from './access.js';
import { awaitedName, lowerContents, lowerExpression, noteReleaser } from './expressions.js';
import { lowerStored, storedAccessOf } from './kept-elsewhere.js';
import type { Jump, Lowering } from './lowering.js';
import { countedContents, liveContents } from './gone-through.js';
import { outcomeOf } from './constants.js';
import { placeOf, unwrap } from './places.js';
import { stepInto } from '../model/location.js';
import { acquireByUsing } from './scoped-locks.js';

export function lowerStatements(l: Lowering, statements: readonly Node[]): void {
  for (const statement of statements) {
    if (!l.graph.isReachable) return;
    lowerStatement(l, statement);
  }
}

function lowerStatement(l: Lowering, node: Node, label?: string): void {
  switch (node.type) {
    case 'BlockStatement':
      return label === undefined ? lowerStatements(l, node.body) : lowerLabelled(l, label, node);
    case 'ExpressionStatement':
      lowerExpression(l, node.expression);
      return;
    case 'VariableDeclaration':
      return lowerDeclarations(l, node);
    case 'ReturnStatement':
      return lowerReturn(l, node, node.argument);
    case 'IfStatement':
      return lowerIf(l, node);
    case 'ForStatement': case 'WhileStatement': case 'DoWhileStatement':
      return lowerLoop(l, node, label);
    case 'ForOfStatement': case 'ForInStatement':
      return lowerIteration(l, node, label);
    case 'BreakStatement': case 'ContinueStatement':
      return lowerBreak(l, node);
    case 'TryStatement':
      return lowerTry(l, node);
    case 'ThrowStatement':
      return lowerThrow(l, node, lowerExpression(l, node.argument));
    case 'SwitchStatement':
      return lowerSwitch(l, node, label);
    case 'LabeledStatement':
      return lowerStatement(l, node.body, node.label.name);
    case 'ExportNamedDeclaration':
      if (node.declaration) lowerStatement(l, node.declaration);
      return;
    default:
      return;
  }
}

function lowerDeclarations(l: Lowering, node: TSESTree.VariableDeclaration): void {
  for (const declarator of node.declarations) {
    if (!declarator.init) continue;
    const value = lowerExpression(l, declarator.init);
    noteReleaser(l, declarator.id, declarator.init);
    if (node.kind === 'using' || node.kind === 'await using') acquireByUsing(l, declarator.init);
    if (node.kind === 'await using') l.suspend(declarator, unknownValue, 'using');
    declarePattern(l, declarator.id, value, placeOf(l, declarator.init));
  }
}

/** Leaves the function: runs the `finally` blocks on the way, then goes where its caller goes on. */
export function lowerReturn(l: Lowering, at: Node, argument: Node | null): void {
  const value = argument ? lowerReturned(l, argument) : unknownValue;
  l.graph.add('return', at, { value });
  const place = argument ? placeOf(l, orNothing(argument)) : undefined;
  const isNothing = !argument || isNothingAtAll(argument);
  leave(l, (jump) => {
    if (jump.kind !== 'return') return undefined;
    l.graph.add('assign', at, { slot: jump.slot, value });
    if (!isNothing) jump.places.push(place);
    return jump.to;
  });
}

/** `sessions.get(id) ?? null` gives what is there, if anything is. So does `states.get(id) ?? { ...defaults }`: what is made anew is nobody else's. */
function orNothing(value: Node): Node {
  const node = unwrap(value);
  return node.type === 'LogicalExpression' && node.operator !== '&&' && (isNothingAtAll(node.right) || unwrap(node.right).type === 'ObjectExpression') ? node.left : node;
}

function isNothingAtAll(value: Node): boolean {
  return (value.type === 'Literal' && value.value === null) || (value.type === 'Identifier' && value.name === 'undefined');
}

/** `return storage.setItem(key, value)`: the store comes to it while whoever waits for this function waits. */
function lowerReturned(l: Lowering, argument: Node): Value {
  const { isAwaited } = l.activation;
  const stored = isAwaited && l.fn.isAsync ? storedAccessOf(l, argument) : undefined;
  const value = lowerExpression(l, argument, isAwaited);
  if (stored && !stored.isAtOnce) l.suspend(argument, value, awaitedName(argument));
  return stored ? lowerStored(l, stored, value) : value;
}

function lowerThrow(l: Lowering, at: Node, value: Value): void {
  l.graph.add('throw', at, { value });
  l.graph.continueAt(undefined);
}

/** Unwinds jumps from the innermost outward until `targetOf` knows where to go. */
function leave(l: Lowering, targetOf: (jump: Jump) => number | undefined): void {
  const removed: Jump[] = [];
  const { handler } = l.graph;
  for (let jump = l.jumps.pop(); jump; jump = l.jumps.pop()) {
    removed.push(jump);
    if (jump.kind === 'finally') jump.run();
    const target = jump.kind === 'finally' ? undefined : targetOf(jump);
    if (target !== undefined) {
      l.graph.goTo(target);
      break;
    }
    if (jump.kind === 'return') break;
  }
  l.graph.continueAt(undefined);
  l.graph.handler = handler;
  l.jumps.push(...removed.reverse());
}

function lowerBreak(l: Lowering, node: TSESTree.BreakStatement | TSESTree.ContinueStatement): void {
  const label = node.label?.name;
  leave(l, (jump) => {
    if (jump.kind === 'return' || jump.kind === 'finally' || (label !== undefined && jump.label !== label)) return undefined;
    if (jump.kind === 'loop') return node.type === 'BreakStatement' ? jump.breakTo : jump.continueTo;
    return node.type === 'BreakStatement' ? jump.breakTo : undefined;
  });
}

function lowerLabelled(l: Lowering, label: string, node: TSESTree.BlockStatement): void {
  const end = l.graph.join(node);
  within(l, { kind: 'block', label, breakTo: end }, () => lowerStatements(l, node.body));
  l.graph.goTo(end);
  l.graph.continueAt(end);
}

function within(l: Lowering, jump: Jump, body: () => void): void {
  l.jumps.push(jump);
  body();
  l.jumps.pop();
}

function lowerIf(l: Lowering, node: TSESTree.IfStatement): void {
  const outcome = outcomeOf(l, node.test);
  if (outcome !== undefined) {
    const way = outcome ? node.consequent : node.alternate;
    lowerExpression(l, node.test);
    if (way) lowerStatement(l, way);
    return;
  }
  const branch = l.graph.add('branch', node.test, { test: lowerExpression(l, node.test) });
  const end = l.graph.join(node);
  l.graph.continueAt(branch, true);
  lowerStatement(l, node.consequent);
  l.graph.goTo(end);
  l.graph.continueAt(branch, false);
  if (node.alternate) lowerStatement(l, node.alternate);
  l.graph.goTo(end);
  l.graph.continueAt(end);
}

function lowerLoop(l: Lowering, node: TSESTree.ForStatement | TSESTree.WhileStatement | TSESTree.DoWhileStatement, label: string | undefined): void {
  if (node.type === 'ForStatement' && node.init) {
    if (node.init.type === 'VariableDeclaration') lowerDeclarations(l, node.init);
    else lowerExpression(l, node.init);
  }
  const { graph } = l;
  const [head, body, step, end] = [graph.join(node), graph.join(node.body), graph.join(node), graph.join(node)];
  graph.goTo(node.type === 'DoWhileStatement' ? body : head);
  graph.continueAt(head);
  const isEndless = !node.test || (node.test.type === 'Literal' && node.test.value === true);
  if (isEndless || !node.test) graph.goTo(body);
  else {
    const branch = graph.add('branch', node.test, { test: lowerExpression(l, node.test) });
    const counted = countedContents(l, node);
    graph.continueAt(branch, true);
    if (counted) graph.add('step', node.test, counted);
    graph.goTo(body);
    graph.continueAt(branch, false);
    graph.goTo(end);
  }
  graph.continueAt(body);
  within(l, { kind: 'loop', label, breakTo: end, continueTo: step }, () => lowerStatement(l, node.body));
  graph.goTo(step);
  graph.continueAt(step);
  if (node.type === 'ForStatement' && node.update) lowerExpression(l, node.update);
  graph.goTo(head);
  graph.continueAt(end);
}

function lowerIteration(l: Lowering, node: TSESTree.ForOfStatement | TSESTree.ForInStatement, label: string | undefined): void {
  const { graph } = l;
  const value = lowerContents(l, node.right);
  const place = placeOf(l, node.right);
  const element = place && stepInto(place, { kind: 'element' });
  const [head, end] = [graph.join(node), graph.join(node)];
  graph.goTo(head);
  graph.continueAt(head);
  if (node.type === 'ForOfStatement' && node.await) l.suspend(node, value, 'for await');
  const live = node.type === 'ForOfStatement' ? liveContents(l, node.right) : undefined;
  if (live) graph.add('step', node.right, live);
  const branch = graph.add('branch', node, { test: unknownValue });
  graph.continueAt(branch, false);
  graph.goTo(end);
  graph.continueAt(branch, true);
  if (node.left.type === 'VariableDeclaration') for (const { id } of node.left.declarations) declarePattern(l, id, value, id.type === 'Identifier' ? element : undefined);
  else assignTo(l, node.left, value);
  within(l, { kind: 'loop', label, breakTo: end, continueTo: head }, () => lowerStatement(l, node.body));
  graph.goTo(head);
  graph.continueAt(end);
}

function lowerTry(l: Lowering, node: TSESTree.TryStatement): void {
  const { graph } = l;
  const outer = graph.handler;
  const end = graph.join(node);
  const unwound = node.finalizer ? graph.join(node.finalizer) : undefined;
  const caught = node.handler ? graph.join(node.handler) : undefined;
  const { finalizer } = node;
  const runFinalizer = (): void => {
    const { handler } = graph;
    graph.handler = outer;
    if (finalizer) lowerStatements(l, finalizer.body);
    graph.handler = handler;
  };
  const inside = (body: () => void): void => (finalizer ? within(l, { kind: 'finally', run: runFinalizer }, body) : body());

  graph.handler = caught ?? unwound;
  inside(() => lowerStatements(l, node.block.body));
  graph.handler = outer;
  runFinalizer();
  graph.goTo(end);

  if (node.handler && caught !== undefined) {
    const clause = node.handler;
    graph.handler = unwound ?? outer;
    graph.continueAt(caught);
    if (clause.param) declarePattern(l, clause.param, unknownValue, undefined);
    inside(() => lowerStatements(l, clause.body.body));
    graph.handler = outer;
    runFinalizer();
    graph.goTo(end);
  }
  if (unwound !== undefined) {
    graph.handler = outer;
    graph.continueAt(unwound);
    runFinalizer();
    if (graph.isReachable) lowerThrow(l, node, unknownValue);
  }
  graph.handler = outer;
  graph.continueAt(end);
}

function lowerSwitch(l: Lowering, node: TSESTree.SwitchStatement, label: string | undefined): void {
  const { graph } = l;
  const subject = lowerExpression(l, node.discriminant);
  const end = graph.join(node);
  const starts = node.cases.map((clause) => graph.join(clause));
  node.cases.forEach((clause, index) => {
    if (!clause.test) return;
    const test: Value = { kind: 'comparison', parts: [subject, lowerExpression(l, clause.test)], isEquality: true, withTime: false };
    const branch = graph.add('branch', clause.test, { test });
    graph.continueAt(branch, true);
    graph.goTo(starts[index]!);
    graph.continueAt(branch, false);
  });
  const fallback = node.cases.findIndex(({ test }) => !test);
  graph.goTo(fallback < 0 ? end : starts[fallback]!);
  within(l, { kind: 'block', label, breakTo: end }, () => {
    node.cases.forEach((clause, index) => {
      graph.goTo(starts[index]!);
      graph.continueAt(starts[index]);
      lowerStatements(l, clause.consequent);
    });
  });
  graph.goTo(end);
  graph.continueAt(end);
}
