import { createLockManager, type LocksWorld } from './lock-manager.js';

export { locks } from './locks.js';

/** `navigator`: its locks are simulated, all else of it is opaque. */
export function createNavigator(world: LocksWorld): object {
  const outside = world.opaque.make('navigator', true) as Record<PropertyKey, unknown>;
  const locks = createLockManager(world);
  return new Proxy({ locks }, {
    get: (_own, key) => (key === 'locks' ? locks : outside[key]),
    set: (_own, key, value) => { if (key !== 'locks') outside[key] = value; return true; },
    has: () => true,
  });
}
