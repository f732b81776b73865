import type { Plugin } from 'esbuild';

export const specifier: string;
export function testGuardText(): string;
export const testGuard: Plugin;
export const viteTestGuard: { readonly name: string; readonly enforce: 'pre'; resolveId(id: string): string | undefined; load(id: string): string | undefined };
