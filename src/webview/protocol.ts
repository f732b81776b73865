import type { Proof, Scenario, SourceRange } from '../model/index.js';

/** What was simulated. */
export interface Subject {
  /** What a person would call it: `Account.withdraw`. */
  readonly name: string;
  /** Where it stands; `file` as in the trace. */
  readonly range: SourceRange;
  /** The rule, location and message of the finding, if there is one. */
  readonly rule?: string;
  readonly location?: string;
  readonly message?: string;
}

/** The text that was simulated, as it was then. */
export interface ShownSource {
  readonly file: string;
  readonly text: string;
}

/** A proof to draw. */
export interface ShowMessage {
  readonly type: 'show';
  /** Tells one simulation from another: shown again under the same id, the page stays at its step. */
  readonly id: string;
  readonly subject: Subject;
  readonly proof: Proof;
  readonly sources: readonly ShownSource[];
  /** With it the page replays the witness itself. */
  readonly scenario?: Scenario;
}

/** Where the page can be told to go. `index`: that step of the shown trace. */
export type Destination = 'first' | 'back' | 'forward' | 'last' | 'collision' | { readonly index: number };

/** Host to page. */
export type HostMessage =
  | ShowMessage
  /** A simulation is under way; `note` says how far it is. */
  | { readonly type: 'busy'; readonly name: string; readonly note?: string }
  /** The simulation has ended without anything new to show. */
  | { readonly type: 'idle' }
  /** There is nothing to draw, and why: a syntax error, no function at the cursor, a dead engine. */
  | { readonly type: 'failed'; readonly message: string; readonly advice?: string }
  /** The text of what is shown has changed since (or, with false, is again what it was). */
  | { readonly type: 'stale'; readonly stale: boolean }
  /** Step from outside: a command of the editor. */
  | { readonly type: 'go'; readonly to: Destination }
  /** The answer to `engine`: the text of dist/simulator-web.js, or why it is not to be had. */
  | { readonly type: 'engine'; readonly text: string }
  | { readonly type: 'no-engine'; readonly reason: string };

/** Page to host. */
export type PageMessage =
  /** The page listens; what is to be shown may be sent now (and again after every reload). */
  | { readonly type: 'ready' }
  /** The page stands at a step: mark its range in the editor. `partner` is the other colliding place, at a step that collides. */
  | { readonly type: 'select'; readonly step: number; readonly range: SourceRange; readonly label: string; readonly partner?: SourceRange }
  /** Go to a place in the editor, with the focus. */
  | { readonly type: 'open'; readonly range: SourceRange }
  /** Simulate the same subject again, in its present text. */
  | { readonly type: 'again' }
  /** Write a test that forces the witness. */
  | { readonly type: 'write-test' }
  /** Stop the simulation that is under way. */
  | { readonly type: 'cancel' }
  /** Send the simulator's web bundle. A host of an untrusted workspace answers `no-engine`: nothing of it may run. */
  | { readonly type: 'engine' }
  /** Something went wrong in the page; for the log. */
  | { readonly type: 'error'; readonly message: string; readonly stack?: string };
