import type { Platform, PlatformWorld } from './platform.js';

/** Makes the value of a global name, for one execution. */
export type GlobalMaker = (platform: Platform, world: PlatformWorld) => unknown;

/** Names that every program gets, beside those of events and messages. */
export const ownGlobals: Readonly<Record<string, GlobalMaker>> = {};

/** Names that reach what lies outside the program, see `machineModules`. */
export const machineGlobals: Readonly<Record<string, GlobalMaker>> = {};
