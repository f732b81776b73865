import { rangeOf } from '../../language/index.js';
import type { Node } from '../../language/index.js';
import type { Finding } from '../../model/index.js';
import type { ModuleModel } from '../model/module.js';
import { atomicsOperation, functionAround, isSharedView, ownNodes } from '../model/shared-memory.js';
import type { ModuleRule } from './rule.js';

export const nonAtomicUpdate: ModuleRule = {
  id: 'non-atomic-update',
  category: 'shared-memory',
  summary: 'A cell of shared memory is loaded, changed and stored in separate steps.',
  explanation:
    'Another agent can change the cell between the load and the store, and what it wrote is lost. ' +
    'Use one atomic operation: `Atomics.add`, `Atomics.exchange`, or a loop around `Atomics.compareExchange`.',
  findingsIn: ({ model }) => {
    const found: Finding[] = [];
    for (const node of model.module.nodes.ofAny('UpdateExpression', 'AssignmentExpression', 'CallExpression')) {
      const cell = plainlyUpdated(node, model) ?? reloaded(node, model);
      if (cell && !isGuarded(node, model)) found.push(findingAt(node, cell, model));
    }
    return found;
  },
};

/** `view[0]++`, `view[COUNT] += n`: the cell. One whose index is computed may be an agent's own. */
function plainlyUpdated(node: Node, model: ModuleModel): Node | undefined {
  const target = node.type === 'UpdateExpression' ? node.argument : node.type === 'AssignmentExpression' && /^(?:[-+*/%&|^]|\*\*|<<|>>>?)=$/.test(node.operator) ? node.left : undefined;
  if (target?.type !== 'MemberExpression' || !target.computed || !isFixed(target.property, model)) return undefined;
  return isSharedView(target.object, model) ? target : undefined;
}

/** `Atomics.store(view, 0, Atomics.load(view, 0) + 1)`: the load. */
function reloaded(node: Node, model: ModuleModel): Node | undefined {
  if (node.type !== 'CallExpression' || atomicsOperation(node, model) !== 'store') return undefined;
  const [view, index, value] = node.arguments;
  // `%` and `&` move the end of a ring, which one agent owns.
  if (!view || !index || value?.type !== 'BinaryExpression' || !/^[-+*|^]$/.test(value.operator) || !isFixed(index, model)) return undefined;
  const text = (part: Node): string => model.module.source.text.slice(...part.range);
  return [value.left, value.right].find((part) => {
    if (part.type !== 'CallExpression' || atomicsOperation(part, model) !== 'load') return false;
    const [otherView, otherIndex] = part.arguments;
    return otherView !== undefined && otherIndex !== undefined && text(otherView) === text(view) && text(otherIndex) === text(index);
  });
}

/** A number, or the name of one. */
function isFixed(index: Node, model: ModuleModel): boolean {
  if (index.type === 'Literal') return true;
  const definition = index.type === 'Identifier' ? model.scopes.variableOf(index)?.defs[0] : undefined;
  return definition?.type === 'Variable' && definition.parent.kind === 'const' && definition.node.init?.type === 'Literal';
}

/** Code that takes a lock, waits, or compares and exchanges has the cell to itself by means of its own. */
function isGuarded(node: Node, model: ModuleModel): boolean {
  const around = functionAround(node);
  // What runs as the file is loaded comes before there is anybody to share with.
  if (around.type === 'Program') return true;
  return ownNodes(around).some((other) => {
    if (other.type !== 'CallExpression') return false;
    const operation = atomicsOperation(other, model);
    if (operation !== undefined) return /^(?:compareExchange|wait|waitAsync|exchange|notify)$/.test(operation);
    return /lock|mutex|acquire|exclusive|semaphore|critical|enter|wait/i.test(model.module.source.text.slice(...other.callee.range));
  });
}

function findingAt(node: Node, cell: Node, model: ModuleModel): Finding {
  const { file, module, table } = model;
  const range = rangeOf(node, file);
  const [view, index] = cell.type === 'MemberExpression' ? [cell.object, cell.property] : cell.type === 'CallExpression' ? cell.arguments : [];
  const text = (part: Node | undefined): string => (part ? module.source.text.slice(...part.range) : '');
  const location = `${text(view)}[${text(index)}]`;
  const name = table.around(node)?.name ?? '';
  return {
    rule: 'non-atomic-update', category: 'shared-memory', oracle: 'none', range, location,
    message: `\`${location}\` is read and written in two steps at line ${range.start.line}, and another agent can write the shared memory between them.`,
    accesses: [{ kind: 'read', range: rangeOf(cell, file), function: name, locks: [] }, { kind: 'write', range, function: name, locks: [] }],
    region: { location, dependence: 'update', reads: [rangeOf(cell, file)], suspensions: [], acts: [range] },
    overlaps: [],
  };
}
