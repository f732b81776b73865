import type { MemoryModel, ProblemKind, RaceOptions } from '../model/index.js';

/** The textbook systems, as the folder `systems/` holds them: families in the order in which they are taught. */
export interface Catalogue {
  readonly families: readonly Family[];
}

export interface Family {
  /** Its folder: `exclusion`. */
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly systems: readonly System[];
}

export interface System {
  /** `exclusion/peterson`, which is also its folder below `systems/`. */
  readonly name: string;
  readonly title: string;
  readonly topic: string;
  /** One sentence. */
  readonly summary: string;
  readonly variants: readonly Variant[];
}

export interface Variant {
  /** `broken`, `sound`, `sound-4` ... */
  readonly name: string;
  readonly title?: string;
  /** The scenario file, relative to `systems/`. */
  readonly file: string;
  readonly expected: 'confirmed' | 'refuted';
  /** A kind that must be among the problems; given exactly if `confirmed` is expected. */
  readonly problem?: ProblemKind;
  /** Number of executions, where it is known by theory or from a publication. */
  readonly executions?: number;
  readonly memoryModel: MemoryModel;
  readonly options: VariantOptions;
}

export interface VariantOptions {
  readonly lateTimers?: boolean;
  readonly strategy?: 'optimal' | 'naive';
  readonly preemptionBound?: number;
  readonly maxExecutions?: number;
}

/** Something in `systems/` that is not as it has to be. */
export interface CatalogueProblem {
  /** Relative to `systems/`: `exclusion/peterson/system.json`. */
  readonly place: string;
  /** What is wrong, and what to do. */
  readonly message: string;
}

/** One variant of one system: what is run. */
export interface Chosen {
  readonly system: System;
  readonly variant: Variant;
}

/** How a variant is named on a command line and in tests: `exclusion/peterson:broken`. */
export function labelOf({ system, variant }: Chosen): string {
  return `${system.name}:${variant.name}`;
}

/** Every variant, in the order of the catalogue. */
export function allOf({ families }: Catalogue): Chosen[] {
  return families.flatMap(({ systems }) => systems.flatMap((system) => system.variants.map((variant) => ({ system, variant }))));
}

const mostExecutions = 1_000_000;
const mostMilliseconds = 120_000;

/** How a variant is explored: as `raceproof simulate` does it with the options that the manifest names. */
export function explorationOf({ options: { strategy = 'optimal', preemptionBound, maxExecutions = mostExecutions } }: Variant): RaceOptions {
  return { strategy, maxExecutions, maxMilliseconds: mostMilliseconds, stopAtFirst: false, ...(preemptionBound !== undefined && { preemptionBound }) };
}

/** How a variant's file is closed. */
export function settingsOf({ memoryModel, options }: Variant): { readonly memoryModel: MemoryModel; readonly areTimersLate: boolean } {
  return { memoryModel, areTimersLate: options.lateTimers === true };
}

/** The options of `raceproof simulate` that run the same. */
export function flagsOf({ memoryModel, options: { lateTimers, strategy, preemptionBound, maxExecutions } }: Variant): string[] {
  return [
    ...(memoryModel === 'sc' ? [] : ['--memory-model', memoryModel]),
    ...(lateTimers === true ? ['--late-timers'] : []),
    ...(strategy === undefined || strategy === 'optimal' ? [] : ['--strategy', strategy]),
    ...(preemptionBound === undefined ? [] : ['--preemption-bound', String(preemptionBound)]),
    ...(maxExecutions === undefined ? [] : ['--max-executions', String(maxExecutions)]),
  ];
}
