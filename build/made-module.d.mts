import type { Plugin } from 'esbuild';

/** A module that is made when it is asked for, for each of the two that may ask. */
export interface MadeModule {
  readonly esbuild: Plugin;
  readonly vite: { readonly name: string; readonly enforce: 'pre'; resolveId(id: string): string | undefined; load(id: string): string | undefined };
}

export function madeModule(name: string, make: () => string): MadeModule;
