import { isShowMessage } from '../messages.js';
import type { ShowMessage } from '../protocol.js';
import { emptyPage, type PageState } from './state.js';

/** What outlives a reload of the page, and the editor's restart. */
export interface SavedPage {
  readonly version: 1;
  readonly shown: ShowMessage;
  readonly step: number;
  readonly isStale: boolean;
}

export function save({ content }: PageState): SavedPage | undefined {
  return content.kind === 'shown' ? { version: 1, shown: content.shown, step: content.step, isStale: content.isStale } : undefined;
}

/** The page as it was; empty if what was saved is not whole, say by an older version. */
export function restore(saved: unknown): PageState {
  if (!isSavedPage(saved)) return emptyPage;
  const { shown, step, isStale } = saved;
  const steps = shown.proof.witness?.trace.steps.length ?? 0;
  return { content: { kind: 'shown', shown, step: Math.min(step, Math.max(0, steps - 1)), isStale } };
}

function isSavedPage(saved: unknown): saved is SavedPage {
  if (typeof saved !== 'object' || saved === null) return false;
  const { version, shown, step, isStale } = saved as Readonly<Record<string, unknown>>;
  return version === 1 && isShowMessage(shown) && Number.isSafeInteger(step) && (step as number) >= 0 && typeof isStale === 'boolean';
}
