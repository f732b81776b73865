import type { Exploration, ExplorationOptions, Limit, OutsideUses, Program, RaceFile, RaceOptions, RaceProgress, RaceReplay, Scenario, Schedule, Trace } from '../../model/index.js';
import type { PackedExploration } from './packed-exploration.js';
import type { PackedPart } from './packed-part.js';
import type { RaceSubtree } from '../race-part.js';
import type { RaceReport, RaceUnit, RaceUnitEnd } from '../race-units.js';

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
  | { readonly type: 'split-race'; readonly race: RaceFile; readonly options: RaceOptions; readonly parts: number }
  | { readonly type: 'explore-part'; readonly race: RaceFile; readonly options: RaceOptions; readonly subtree: RaceSubtree }
  /** Explores a unit; `exploration` tells those of one exploration from those of others. */
  | { readonly type: 'explore-unit'; readonly race: RaceFile; readonly options: RaceOptions; readonly exploration: number; readonly unit: RaceUnit }
  /** What the units that were explored here hold together. */
  | { readonly type: 'collect-units'; readonly race: RaceFile; readonly exploration: number }
  /**
   * Judges what all parts together have found, and makes the witness. With an exploration: the units of it that were explored here are a part
   * too; `limit` is what all together have met.
   */
  | { readonly type: 'conclude-race'; readonly race: RaceFile; readonly options: RaceOptions; readonly parts: readonly PackedPart[]; readonly exploration?: number; readonly limit?: Limit }
  | { readonly type: 'replay-race'; readonly race: RaceFile; readonly schedule: Schedule }
);

/** What a host tells a worker that explores a unit; nothing if it does no longer. */
export type UnitSignal =
  /** Others have nothing to do: something is to be given away. */
  | { readonly type: 'share-unit' }
  | { readonly type: 'stop-unit' };

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
      | ({ readonly type: 'unit-shared' } & RaceReport)
      | ({ readonly type: 'unit-explored' } & RaceReport & RaceUnitEnd)
      | { readonly type: 'part-explored'; readonly part: PackedPart }
      | { readonly type: 'failed'; readonly message: string }
    ));
