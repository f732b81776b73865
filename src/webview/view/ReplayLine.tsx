import type { ShowMessage } from '../protocol.js';
import { Icon, type IconName } from './Icon.js';
import { useReplay, type Replay } from './use-replay.js';

interface Verdict {
  readonly icon: IconName;
  readonly tone: 'right' | 'wrong' | 'quiet';
  readonly text: string;
}

const results: Readonly<Record<Extract<Replay, { kind: 'done' }>['result'], Verdict>> = {
  same: { icon: 'refuted', tone: 'right', text: 'Replayed here: same outcome, step for step.' },
  'other-steps': { icon: 'confirmed', tone: 'wrong', text: 'Replayed here: same outcome, by other steps.' },
  'other-outcome': { icon: 'failed', tone: 'wrong', text: 'Replayed here: another outcome.' },
};

/** Runs the schedule once more, in this very page, and says whether it ends as shown. */
export function ReplayLine({ shown, engineText }: { readonly shown: ShowMessage; readonly engineText: () => Promise<string> }) {
  const replayed = useReplay(shown, engineText);
  if (!replayed) return null;
  const { icon, tone, text } = describe(replayed.replay);
  return (
    <p class="replay" data-tone={tone}>
      <Icon name={icon} />
      <span role="status">{text}</span>
      <button type="button" class="link" onClick={replayed.again} disabled={replayed.replay.kind === 'running'}>
        Replay
      </button>
    </p>
  );
}

function describe(replay: Replay): Verdict {
  if (replay.kind === 'running') return { icon: 'replay', tone: 'quiet', text: 'Replaying the schedule here…' };
  if (replay.kind === 'failed') return { icon: 'unproven', tone: 'quiet', text: `Not replayed here: ${replay.reason}` };
  return results[replay.result];
}
