import type { Category, EntryPoint, Finding, Region } from '../../model/index.js';
import type { Location } from '../model/location.js';
import type { ModuleModel } from '../model/module.js';
import type { Candidate } from '../regions/candidate.js';
import type { Study } from '../regions/study.js';

export interface RuleDescription {
  readonly id: string;
  readonly category: Category;
  /** One sentence. */
  readonly summary: string;
  /** What happens, and what to do. */
  readonly explanation: string;
}

/** What a rule sees of a region: how it came about, and who may overlap it. */
export interface RegionInQuestion {
  readonly candidate: Candidate;
  /** Entries that can write the place while the region is suspended; the first of a pair runs the region. */
  readonly overlaps: readonly (readonly [EntryPoint, EntryPoint])[];
  /** Names of the work that is waited for inside the region. */
  readonly work: readonly string[];
  /** Names of the functions and operators that made the written value. */
  makers(): readonly string[];
  readonly study: Study;
  readonly view: ModuleView;
}

export interface Rule extends RuleDescription {
  /** How its regions are judged, where the candidate's own dependence does not say it. */
  readonly dependence?: Region['dependence'];
  /** True if the region is a race of this kind. Regions that a lock, a re-check or a claim makes safe are not asked about. */
  accuses(region: RegionInQuestion): boolean;
}

/** What a rule sees that is not about one region: the module and what every function of it does. */
export interface ModuleView {
  readonly model: ModuleModel;
  readonly studies: readonly Study[];
  /** These, and those of the module that a place belongs to. */
  studiesAround(location: Location): readonly Study[];
  /** These, and those of the modules whose functions they call. */
  studiesNearby(): readonly Study[];
}

/** A rule that looks for something else than a region: locks, promises, events, shared memory. */
export interface ModuleRule extends RuleDescription {
  findingsIn(view: ModuleView): readonly Finding[];
}
