/** Packages that the simulator has models of, beside the modules of Node. */
export const modelledPackages = ['async-mutex', 'immer', 'react'] as const;

/** Packages that reach a server outside: it is simulated where a machine is, in scenario files. */
export const clientPackages = ['ioredis', 'redis', 'pg', 'knex'] as const;

/** Whether the simulator itself says what an import of a package gives. */
export function hasModel(specifier: string): boolean {
  return specifier === 'raceproof' || ([...modelledPackages, ...clientPackages] as readonly string[]).includes(specifier);
}
