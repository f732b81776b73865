import { useCallback, useEffect, useState } from 'preact/hooks';
import type { ShowMessage } from '../protocol.js';
import { compareRuns, type ReplayResult } from '../replay/comparison.js';
import { replayInSandbox } from '../replay/sandbox.js';

export type Replay = { readonly kind: 'running' } | { readonly kind: 'done'; readonly result: ReplayResult } | { readonly kind: 'failed'; readonly reason: string };

/** Replays the witness when a run is first shown, and again when asked. Undefined where there is nothing to replay. */
export function useReplay({ proof: { witness }, scenario }: ShowMessage, engineText: () => Promise<string>): { readonly replay: Replay; readonly again: () => void } | undefined {
  const [replay, setReplay] = useState<Replay>({ kind: 'running' });
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (!witness || !scenario) return undefined;
    const stopped = new AbortController();
    const report = (now: Replay): void => {
      if (!stopped.signal.aborted) setReplay(now);
    };
    report({ kind: 'running' });
    engineText()
      .then((engine) => replayInSandbox(engine, scenario, witness.schedule, stopped.signal))
      .then(
        (trace) => report({ kind: 'done', result: compareRuns(witness.trace, trace) }),
        (error: unknown) => report({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) }),
      );
    return () => stopped.abort();
  }, [witness, scenario, engineText, round]);
  const again = useCallback(() => setRound((count) => count + 1), []);
  return witness && scenario ? { replay, again } : undefined;
}
