import type { Plugin } from 'esbuild';

export const specifier: string;
export function nodeLibraryText(): string;
export const nodeLibrary: Plugin;
export const viteNodeLibrary: { readonly name: string; readonly enforce: 'pre'; resolveId(id: string): string | undefined; load(id: string): string | undefined };
