import type { HostMessage, ShowMessage } from '../protocol.js';
import { destinationFrom, type Move } from './moves.js';

/**
 * What the page shows.
 *
 *     empty ──show──▶ shown ──show (another id)──▶ shown, first step
 *       ╲               │ ╲──show (the same id)──▶ the same, no longer stale
 *        ╲──failed──▶ failed ──show──▶ shown
 *
 * `busy` lies over any of them, until the next `show`, `failed` or `idle`.
 */
export interface PageState {
  readonly content: Content;
  readonly busy?: { readonly name: string; readonly note?: string };
}

export type Content =
  | { readonly kind: 'empty' }
  | { readonly kind: 'failed'; readonly message: string; readonly advice?: string }
  | { readonly kind: 'shown'; readonly shown: ShowMessage; readonly step: number; readonly isStale: boolean };

export type PageAction = Exclude<HostMessage, { readonly type: 'engine' | 'no-engine' }> | { readonly type: 'move'; readonly move: Move };

export const emptyPage: PageState = { content: { kind: 'empty' } };

export function reduce(state: PageState, action: PageAction): PageState {
  switch (action.type) {
    case 'show':
      return { content: isShownAlready(state.content, action) ? { ...state.content, isStale: false } : { kind: 'shown', shown: action, step: 0, isStale: false } };
    case 'failed':
      return { content: { kind: 'failed', message: action.message, ...(action.advice === undefined ? {} : { advice: action.advice }) } };
    case 'busy':
      return { ...state, busy: { name: action.name, ...(action.note === undefined ? {} : { note: action.note }) } };
    case 'idle':
      return { content: state.content };
    case 'stale':
      return state.content.kind === 'shown' ? { ...state, content: { ...state.content, isStale: action.stale } } : state;
    case 'go':
      return step(state, action.to);
    case 'move':
      return step(state, action.move);
  }
}

function step(state: PageState, move: Move): PageState {
  if (state.content.kind !== 'shown') return state;
  const trace = state.content.shown.proof.witness?.trace;
  if (!trace) return state;
  const next = destinationFrom(trace, state.content.step, move);
  return next === state.content.step ? state : { ...state, content: { ...state.content, step: next } };
}

function isShownAlready(content: Content, { id }: ShowMessage): content is Extract<Content, { kind: 'shown' }> {
  return content.kind === 'shown' && content.shown.id === id;
}
