/**
 * Base classes that keep an object `state` and have it changed through a method: React's components, MetaMask's controllers, stores.
 * What the method is given is laid over the state, or is a function that is handed the state as it then is.
 */
export const stateSetters: ReadonlySet<string> = new Set(['setState', 'update', 'patchState', 'mergeState']);

/** The member that holds the state. */
export const STATE = 'state';
