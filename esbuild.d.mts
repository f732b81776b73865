import type { BuildOptions } from 'esbuild';

export const bundles: readonly (BuildOptions & { readonly outfile: string })[];
export function settingsOf(bundle: BuildOptions, options?: { readonly production?: boolean }): BuildOptions;
