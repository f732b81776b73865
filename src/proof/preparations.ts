import { exportedFunctions, publicMethods, writesOf, type CheckedModule } from '../language/index.js';
import type { EntryStep } from '../model/index.js';
import type { Callable } from './scenarios.js';

/** Names of what is usually called before anything else, or fills what others look into. */
const prepares = /^(?:init|initialize|initialise|start|open|connect|setup|configure|set|load|login|sign|unlock|submit|register|add|create|enqueue|push|enable|activate|mount|begin|prepare|attach|new|insert|store|save|update)(?![a-z])/;

const mostPreparations = 4;

/**
 * What may be run before a pair of tasks so that their guards let them through: each by itself, then all of them. First what writes `state`, the names of
 * fields and variables that the guards look at, the more the better; then what is called so.
 */
export function preparations(module: CheckedModule, [own]: readonly [Callable, Callable], state: ReadonlySet<string>): readonly (readonly Callable[])[] {
  const { source, file } = module;
  const { root, steps } = own.path;
  const isMethod = steps[0]?.kind === 'construct';
  if (!isMethod && steps.length > 0) return [];
  const candidates = (isMethod ? publicMethods(source, root, file) : exportedFunctions(source, file)).filter(({ name }) => name !== own.name.replace(/^.*[.#]/, ''));
  const weighed = candidates.map((candidate) => ({ candidate, weight: 2 * writesOf(module, candidate.name, state) + (prepares.test(candidate.name) ? 1 : 0) }));
  const found = weighed.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight).slice(0, mostPreparations).map(({ candidate }) => candidate);
  const calls = found.map(({ name, range }): Callable => {
    const member: EntryStep[] = [{ kind: 'construct' }, { kind: 'member', name }];
    return { name, range, isPublic: true, path: isMethod ? { root, steps: member } : { root: name, steps: [] } };
  });
  return [...calls.map((call) => [call]), ...(calls.length > 1 ? [calls] : [])];
}
