import type { Exploration, ExplorationOptions, Limit, OutsideUses, Program, RaceFile, RaceOptions, RaceProgress, RaceReplay, Scenario, Schedule, Trace } from '../../model/index.js';
import type { PartEnd } from '../explored-parts.js';
import type { PackedExploration } from './packed-exploration.js';
import type { PackedPart } from './packed-part.js';
import type { RaceSubtree } from '../race-part.js';

/** Without a program: that of the last request which had one. A finding is tried with many scenarios, and a program is large. */
export type SentScenario = Omit<Scenario, 'program'> & { readonly program?: Program };

/** What a host asks of a simulator worker, one at a time. */
export type SimulatorRequest = { readonly id: number } & (
  | { readonly type: 'explore'; readonly scenario: SentScenario; readonly options: ExplorationOptions }
  | { readonly type: 'replay'; readonly scenario: SentScenario; readonly schedule: Schedule }
  /** What a replay does with values from outside. */
  | { readonly type: 'study'; readonly scenario: SentScenario; readonly schedule: Schedule }
  | { readonly type: 'explore-race'; readonly race: RaceFile; readonly options: RaceOptions }
  /** Divides an exploration into subtrees that together hold each class once. */
  | { readonly type: 'split-race'; readonly race: RaceFile; readonly parts: number }
  /** Explores one of them; `exploration` tells those of one exploration from those of others. */
  | { readonly type: 'explore-part'; readonly race: RaceFile; readonly options: RaceOptions; readonly exploration: number; readonly subtree: RaceSubtree }
  /** What the parts that were explored here hold together. */
  | { readonly type: 'collect-parts'; readonly race: RaceFile; readonly exploration: number }
  /**
   * Judges what all parts together have found, and makes the witness. With an exploration: those parts of it that were explored here count
   * too; `limit` is what all together have met.
   */
  | { readonly type: 'conclude-race'; readonly race: RaceFile; readonly options: RaceOptions; readonly parts: readonly PackedPart[]; readonly exploration?: number; readonly limit?: Limit }
  | { readonly type: 'replay-race'; readonly race: RaceFile; readonly schedule: Schedule }
);

/** What a host tells a worker that explores a part; nothing if it does no longer. */
export interface PartSignal {
  readonly type: 'stop-part';
}

export type SimulatorResponse =
  | { readonly type: 'ready' }
  | ({ readonly id: number } & (
      | { readonly type: 'progress'; readonly progress: RaceProgress }
      | { readonly type: 'explored'; readonly exploration: Exploration }
      | { readonly type: 'replayed'; readonly trace: Trace }
      | { readonly type: 'studied'; readonly uses: OutsideUses }
      | { readonly type: 'race-explored'; readonly exploration: PackedExploration }
      | { readonly type: 'race-replayed'; readonly replay: RaceReplay }
      | { readonly type: 'race-split'; readonly subtrees: readonly RaceSubtree[] }
      | ({ readonly type: 'part-explored' } & PartEnd)
      | { readonly type: 'parts-collected'; readonly part: PackedPart }
      | { readonly type: 'failed'; readonly message: string }
    ));
