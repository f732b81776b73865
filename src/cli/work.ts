import type { Terminal } from '../report/index.js';
import type { CheckOptions, SimulateOptions } from './options.js';
import type { TestOptions } from './race-options.js';
import type { RunSystemsOptions } from './run-systems.js';
import type { Status } from './shell.js';

/** What the command hands to its engine. */
export interface Work {
  readonly kind: 'work';
  readonly request:
    | { readonly command: 'check'; readonly options: CheckOptions }
    | { readonly command: 'simulate'; readonly options: SimulateOptions }
    | { readonly command: 'test'; readonly options: TestOptions }
    | { readonly command: 'systems'; readonly options: RunSystemsOptions };
  readonly cwd: string;
  readonly terminal: Terminal;
}

/** What the engine says while it works; `done` or `failed` comes last. */
export type Word =
  | { readonly kind: 'print' | 'complain' | 'showProgress'; readonly text: string }
  | { readonly kind: 'done'; readonly status: Status }
  | { readonly kind: 'failed'; readonly message: string; readonly isUsage: boolean };
