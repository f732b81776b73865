import type { Moment } from '../host/react/index.js';
import type { AccessKind } from './locations.js';

/** What happens in an execution, as the hooks see it; exploration counts it, a trace writes it down. */
export interface Recorder {
  /** `object` and `key` name the runtime location; `key` is `*` for the contents as a whole. */
  access(site: number, kind: AccessKind, object: object, key: PropertyKey, value: unknown): void;
  /** See `Recording.shown`; absent where nothing is rendered. */
  shown?(site: number, object: object, key: PropertyKey, value: unknown, since: Moment): void;
  /** An external call; `name` is the last name of its callee. `isUndone`: somebody has ended what it started, so that it counts no more. */
  call(site: number, label: string, name: string, isUndone?: () => boolean): void;
  suspend(site: number, awaited: unknown): void;
  resume(site: number, value: unknown): void;
  enter(site: number): void;
  reached(site: number): void;
}
