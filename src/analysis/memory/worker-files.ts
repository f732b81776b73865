import { walk } from '../../language/index.js';
import type { Node } from '../../language/index.js';
import { unwrap } from '../flow/places.js';
import { calleeText } from '../model/functions.js';
import type { ModuleModel } from '../model/module.js';
import { textOf } from '../model/text.js';

/** A file that a module runs as workers. */
export interface WorkerFile {
  readonly model: ModuleModel;
  /** True if more than one worker runs it. */
  readonly isRepeated: boolean;
}

/** The files that a module starts workers with, itself among them, as far as they are part of the program. */
export function workerFilesOf(model: ModuleModel): readonly WorkerFile[] {
  const starts = new Map<ModuleModel, boolean>();
  for (const node of model.module.nodes.of('NewExpression')) {
    if (calleeText(node.callee) !== 'Worker') continue;
    const [file] = node.arguments;
    const started = file && workerAt(file, model);
    if (started) starts.set(started, starts.has(started) || isRepeated(node));
  }
  return [...starts].map(([started, repeated]) => ({ model: started, isRepeated: repeated }));
}

/** `new URL('./w.js', import.meta.url)`, `'./w.js'`, `require.resolve('./w')`, `path.join(__dirname, 'w.js')`; `__filename` and `import.meta.url` name the module itself. */
function workerAt(given: Node, model: ModuleModel): ModuleModel | undefined {
  const text = textOf(given, model);
  if (/^(?:__filename|import\.meta\.(?:url|filename)|new URL\(import\.meta\.url\)|fileURLToPath\(import\.meta\.url\))$/.test(text)) return model;
  const literals: string[] = [];
  walk(unwrap(given), (node) => {
    if (node.type === 'Literal' && typeof node.value === 'string') literals.push(node.value);
  });
  const [path, ...more] = literals.filter((literal) => /\.[cm]?[jt]sx?$/.test(literal) || literal.startsWith('./'));
  return path !== undefined && more.length === 0 ? model.links.moduleAt(model.file, path.startsWith('.') ? path : `./${path.replace(/^\//, '')}`) : undefined;
}

function isRepeated(start: Node): boolean {
  for (let at = start.parent; at; at = at.parent) {
    if (/^(?:For|While|DoWhile)/.test(at.type)) return true;
    if (at.type === 'CallExpression' && /^(?:map|forEach|from)$/.test(calleeText(at.callee))) return true;
  }
  return false;
}
