import type { FileAnalysis } from '../analysis/index.js';
import type { ConfigurationText, ParsedConfiguration } from '../configuration/index.js';
import type { SourceText } from '../language/index.js';
import type { FilePlaces } from './read-files.js';
import type { RaceSettings } from '../proof/index.js';
import type { Configuration, ExplorationOptions, Finding, JudgedFix, Position, Proof, RaceOptions, Scenario, SourceRange } from '../model/index.js';

/** What the host asks of its engine thread, each with what comes back. All of it is plain data that survives a structured clone. */
export interface EngineCalls {
  /** Findings and possible tasks of one file, nothing executed. */
  analyse: { readonly params: FilePlaces & { readonly source: SourceText; readonly configuration?: Configuration }; readonly result: FileAnalysis };
  /** Reads a configuration file. */
  configure: { readonly params: { readonly source: ConfigurationText }; readonly result: ParsedConfiguration };
  /** Explores one finding in the sandbox. */
  prove: { readonly params: FilePlaces & { readonly source: SourceText; readonly finding: Finding }; readonly result: Proof };
  /** Changes that cure a finding, proved ones first. */
  fix: { readonly params: FilePlaces & { readonly source: SourceText; readonly finding: Finding; readonly configuration?: Configuration }; readonly result: readonly JudgedFix[] };
  /** Writes a test that forces the witness of what stands at a place, and runs it in processes of its own. */
  test: { readonly params: FilePlaces & { readonly source: SourceText; readonly subject: Position; readonly configuration?: Configuration }; readonly result: WrittenTest };
  /** Writes a scenario file about what stands at a place, for a person to go on with. */
  scenario: { readonly params: FilePlaces & { readonly source: SourceText; readonly subject: Position; readonly configuration?: Configuration }; readonly result: WrittenScenario };
  /** Explores a finding, or whatever stands at a place of the file, and keeps what a timeline needs. */
  simulate: {
    readonly params: FilePlaces & {
      readonly source: SourceText;
      readonly subject: Finding | Position;
      readonly options?: Partial<ExplorationOptions>;
      /** How a scenario file is run, if not as usual. */
      readonly race?: { readonly settings: RaceSettings; readonly options: RaceOptions };
    };
    readonly result: Simulation;
  };
}

/** A test of a project's, `file` relative to the root; or why there is none. */
export type WrittenTest =
  | { readonly kind: 'test'; readonly text: string; readonly file: string; readonly failure: string; readonly passesWith?: string; readonly neighbour?: { readonly file: string; readonly isSame: boolean } }
  | { readonly kind: 'none'; readonly reason: string };

export type WrittenScenario =
  | { readonly kind: 'scenario'; readonly text: string; readonly file: string }
  | { readonly kind: 'none'; readonly reason: string };

export type EngineMethod = keyof EngineCalls;

/** `syntax-error` and `no-subject`: nothing was run. */
export type Simulation =
  | { readonly kind: 'syntax-error'; readonly message: string; readonly range: SourceRange }
  | { readonly kind: 'no-subject' }
  | { readonly kind: 'simulated'; readonly name: string; readonly range: SourceRange; readonly finding?: Finding; readonly proof: Proof & { readonly scenario?: Scenario }; /** Other files that took part. */ readonly linked?: readonly SourceText[]; /** What the witness shows, in more words than the proof's reason. */ readonly message?: string };

export type EngineRequest =
  | { readonly [M in EngineMethod]: { readonly type: 'call'; readonly id: number; readonly method: M; readonly params: EngineCalls[M]['params'] } }[EngineMethod]
  | { readonly type: 'cancel'; readonly id: number };

export type EngineReply =
  | { readonly type: 'result'; readonly id: number; readonly value: EngineCalls[EngineMethod]['result'] }
  | { readonly type: 'failed'; readonly id: number; readonly message: string; readonly stack?: string };

/** Handed to the thread when it starts. */
export interface EngineSetup {
  /** Absolute path of the simulator's worker bundle. */
  readonly simulatorWorker: string;
}
