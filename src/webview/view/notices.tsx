import type { Content, PageState } from '../page/state.js';
import { Icon } from './Icon.js';
import { Sentence } from './Sentence.js';

/** Nothing has been simulated yet. */
export function EmptyPage() {
  return (
    <main class="notice-page">
      <Icon name="lanes" />
      <h1>No interleavings yet</h1>
      <p>
        Put the cursor into an async function and run <b>Simulate interleavings</b>, from the lens above it, from a squiggle's quick fixes, or from the command palette.
      </p>
    </main>
  );
}

export function FailedPage({ failure, onAgain }: { readonly failure: Extract<Content, { kind: 'failed' }>; readonly onAgain: () => void }) {
  return (
    <main class="notice-page">
      <Icon name="failed" />
      <h1>Nothing was simulated</h1>
      <p role="alert">
        <Sentence text={failure.message} />
      </p>
      {failure.advice !== undefined && (
        <p class="quiet">
          <Sentence text={failure.advice} />
        </p>
      )}
      <button type="button" class="plain-button" onClick={onAgain}>
        Simulate again
      </button>
    </main>
  );
}

export function BusyNotice({ busy, onCancel }: { readonly busy: NonNullable<PageState['busy']>; readonly onCancel: () => void }) {
  return (
    <div class="banner" role="status">
      <span class="progress" aria-hidden="true" />
      <span class="banner-text">
        Exploring the interleavings of <code>{busy.name}</code>
        {busy.note === undefined ? '…' : `: ${busy.note}`}
      </span>
      <button type="button" class="plain-button" onClick={onCancel}>
        Cancel
      </button>
    </div>
  );
}

export function StaleNotice({ onAgain }: { readonly onAgain: () => void }) {
  return (
    <div class="banner" data-tone="warning" role="status">
      <Icon name="stale" />
      <span class="banner-text">The file has changed since. This is a run of its earlier text.</span>
      <button type="button" class="plain-button" onClick={onAgain}>
        Simulate again
      </button>
    </div>
  );
}
