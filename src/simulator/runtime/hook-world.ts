import type { Rendering } from '../host/react/index.js';
import type { Assumptions } from './assumptions.js';
import type { EventLoop } from './loop.js';
import type { OpaqueValues } from './opaque.js';
import type { PlatformGlobals } from './platform-globals.js';
import type { Presumptions } from './presumptions.js';
import type { Recorder } from './recorder.js';

/** What the hooks of a program work on. */
export interface HookWorld {
  readonly loop: EventLoop;
  readonly opaque: OpaqueValues;
  readonly assumptions: Assumptions;
  readonly recorder: Recorder;
  readonly helpers: object;
  /** A promise of a module. `load` gives it where the program knows better than the host what the name means. */
  readonly importModule: (name: unknown, load?: () => unknown) => unknown;
  /** The file of a linked program that is run, if it is not the one that the program itself names: a worker's. */
  readonly entry?: string;
  /** Told of each object that the program makes for a variable or a field, with its name. */
  readonly named?: (name: string, value: unknown) => void;
  /** Nobody knows whether the program is run as it is or by way of a bundler. */
  readonly mayBeBundled?: boolean;
  /** What a call of it starts goes on until somebody ends it, so that it belongs to what is done: `setInterval`. Gives what tells, of what it has given, whether somebody has. */
  readonly lasting?: (callable: unknown) => ((given: unknown) => boolean) | undefined;
  /** Set if what set-up leaves empty may have been filled before. */
  readonly presumptions?: Presumptions | undefined;
  /** The components that the program's tasks belong to. */
  readonly rendering?: Rendering | undefined;
  /** Set if the platform may have more than every one has. */
  readonly platformGlobals?: PlatformGlobals | undefined;
  /** Runs a loop that only looks at memory until its condition is false. */
  readonly spin?: (site: number, condition: () => boolean) => void;
}

/** A variable as a location: the activation (or module) that owns it is the object, its name the key. */
export class VariableScope {}

/** What of the world is another one in each execution. */
export type HookRun = Pick<HookWorld, 'recorder' | 'importModule'>;
