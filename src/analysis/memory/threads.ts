import type { Node } from '../../language/index.js';
import type { ModuleModel } from '../model/module.js';
import { sideAround } from './history.js';

/** What a module says of the threads that run it. */
export interface Threads {
  /** True for code that only a page can run: the module works on a document as it is loaded, or the code itself does. */
  isInPage(node: Node): boolean;
  /** True for code that runs where `isMainThread` holds. */
  isMainOnly(node: Node): boolean;
}

/** Libraries that show pages. */
const PAGE_LIBRARY = /^(?:react|react-dom|vue|svelte|preact|solid-js|@angular\/core)(?:\/|$)/;
/** Names that only workers have, or that are asked for by those who may be anywhere. */
const ELSEWHERE = /\bparentPort\b|\bimportScripts\b|\bAudioWorkletProcessor\b|\bWorkerGlobalScope\b|typeof (?:window|document)\b|\bself\.onmessage\b|^\s*onmessage\s*=/m;
/** Waiting in the main thread for one's own worker to make an asynchronous call synchronous is done on purpose. */
const BRIDGE = /\breceiveMessageOnPort\b/;

export function threadsAround(model: ModuleModel): Threads {
  const { text } = model.module.source;
  const isBridge = BRIDGE.test(text);
  const mayBePage = !ELSEWHERE.test(text);
  return { isInPage: (node) => mayBePage && (usesDocument(node, model) || importsPage(model)), isMainOnly: (node) => !isBridge && sideAround(node) === 'main' };
}

function usesDocument(asker: Node, model: ModuleModel): boolean {
  const around = model.table.around(asker);
  let isUsed = false;
  for (const node of model.module.nodes.of('MemberExpression')) {
    if (node.object.type !== 'Identifier' || !/^(?:document|window)$/.test(node.object.name) || (model.scopes.variableOf(node.object)?.defs.length ?? 0) > 0) continue;
    const user = model.table.around(node);
    isUsed ||= user === undefined || user === around;
  }
  return isUsed;
}

function importsPage(model: ModuleModel): boolean {
  return model.module.program.body.some((statement) => statement.type === 'ImportDeclaration' && statement.importKind !== 'type' && PAGE_LIBRARY.test(statement.source.value));
}
