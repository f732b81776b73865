import type { ShowMessage } from '../protocol.js';
import { Icon } from './Icon.js';

/** A witness in a module of a project; that of a scenario file is its own test. */
export function canBeTested({ proof, scenario }: ShowMessage): boolean {
  return proof.verdict === 'confirmed' && proof.witness !== undefined && scenario !== undefined;
}

/** What is kept of a witness: a test that forces it. */
export function TestLine({ isStale, onWrite }: { readonly isStale: boolean; readonly onWrite: () => void }) {
  return (
    <p class="test-line">
      <button type="button" class="link" onClick={onWrite} disabled={isStale} title="Write a test of the project's own that forces this schedule; it is run first, and has to fail">
        <Icon name="refuted" />
        Write a regression test
      </button>
    </p>
  );
}
