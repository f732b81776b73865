import type { MadeModule } from './made-module.mjs';

export const nodeLibrary: MadeModule;
