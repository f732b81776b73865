import type { Footprint } from '../explore/footprint.js';
import type { TornRegion } from '../oracle/region.js';
import type { RecordedCall } from '../oracle/execution-end.js';
import type { EventLoop, LoopEvent } from '../runtime/loop.js';
import type { AgentHost } from './operations.js';

/** What one agent runs; every instance of the agent is made from it. */
export interface AgentCode {
  readonly name: string;
  /** A fresh instance. At most one is used at a time, so instances may share what is dear to make. */
  instance(port: AgentHost, options: { readonly isTraced: boolean }): AgentInstance;
}

/** An agent that runs: from its start, until it is unwound or thrown away. */
export interface AgentInstance {
  readonly loop: EventLoop;
  /** Loads the code, runs set-up (shared operations take effect at once), and makes pending what may come first. Gives the event with which a task in an agent of its own begins. */
  start(): LoopEvent | undefined;
  /** Events of its own that may fire now. */
  enabled(): readonly LoopEvent[];
  fire(event: LoopEvent): Footprint;
  /** What is known of it now. The same object as long as that is the same. */
  readonly report: AgentReport;
  /** What it has done since the last call, other than shared operations. */
  takeSteps(): readonly LocalStep[];
  /** Where the code runs now: a site of the program, or -1. */
  readonly site: number;
  /** Final questions: what it says in the state that it has come to. Reads are served at once. */
  evaluate?(): FinalAnswer;
}

export interface AgentReport {
  readonly finished: ReadonlySet<string>;
  /** `returned 3`, `threw Error: no funds`, by task. */
  readonly results: Readonly<Record<string, string>>;
  readonly unhandled: readonly { readonly task: string; readonly text: string }[];
  readonly torn: readonly TornRegion[];
  readonly effects: Readonly<Record<string, number>>;
  /** The environment was cut short, such as an interval that would go on. */
  readonly isBounded: boolean;
}

export const NOTHING_YET: AgentReport = { finished: new Set(), results: {}, unhandled: [], torn: [], effects: {}, isBounded: false };

export interface LocalStep {
  readonly kind: 'start' | 'end' | 'invoke' | 'respond';
  readonly task: string;
  readonly site: number;
  readonly call?: RecordedCall;
}

/** What a scenario's questions were answered at the end of an execution. */
export interface FinalAnswer {
  readonly state?: Readonly<Record<string, string>>;
  readonly invariant?: { readonly holds: boolean; readonly message: string };
  readonly observed?: string;
}
