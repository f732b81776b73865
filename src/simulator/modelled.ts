/** Packages that the simulator has models of, beside the modules of Node. */
export const modelledPackages = ['async-mutex'] as const;

/** Whether the simulator itself says what an import of a package gives. */
export function hasModel(specifier: string): boolean {
  return specifier === 'raceproof' || (modelledPackages as readonly string[]).includes(specifier);
}
