/**
 * Freezes what all executions of a scenario share and the subject can reach, so that none leaves anything behind for the next:
 * functions, their prototypes, and the methods of both. What they inherit is frozen with the realm (see `createEvaluator`).
 */
export function seal(...shared: readonly object[]): void {
  for (const value of shared) {
    if (Object.isFrozen(value)) continue;
    Object.freeze(value);
    for (const { value: member, get, set } of Object.values(Object.getOwnPropertyDescriptors(value))) {
      seal(...[member as unknown, get, set].filter((part): part is object => typeof part === 'function' || (typeof part === 'object' && part !== null && part === (value as { prototype?: unknown }).prototype)));
    }
  }
}
