import { exportedFunctions, publicMethods, type CheckedModule } from '../language/index.js';
import type { EntryStep } from '../model/index.js';
import type { Callable } from './scenarios.js';

/** Names of what is usually called before anything else, or fills what others look into. */
const prepares = /^(?:init|initialize|initialise|start|open|connect|setup|configure|set|load|login|sign|unlock|submit|register|add|create|enqueue|push|enable|activate|mount|begin|prepare|attach|new|insert|store|save|update)(?![a-z])/;

const mostPreparations = 4;

/** What may be run before a pair of tasks so that their guards let them through: each by itself, then all of them. */
export function preparations({ source, file }: CheckedModule, [own]: readonly [Callable, Callable]): readonly (readonly Callable[])[] {
  const { root, steps } = own.path;
  const isMethod = steps[0]?.kind === 'construct';
  if (!isMethod && steps.length > 0) return [];
  const candidates = isMethod ? publicMethods(source, root, file) : exportedFunctions(source, file);
  const found = candidates.filter(({ name }) => prepares.test(name) && name !== own.name.replace(/^.*[.#]/, '')).slice(0, mostPreparations);
  const calls = found.map(({ name, range }): Callable => {
    const member: EntryStep[] = [{ kind: 'construct' }, { kind: 'member', name }];
    return { name, range, isPublic: true, path: isMethod ? { root, steps: member } : { root: name, steps: [] } };
  });
  return [...calls.map((call) => [call]), ...(calls.length > 1 ? [calls] : [])];
}
