import type { Trace } from '../../model/index.js';
import type { Move } from '../page/moves.js';
import type { Collision } from '../timeline/collision.js';
import { describeStep } from '../timeline/words.js';
import { Icon, type IconName } from './Icon.js';
import { Overview } from './Overview.js';

interface ToolbarProps {
  readonly trace: Trace;
  readonly step: number;
  readonly collision: Collision | undefined;
  readonly onMove: (move: Move) => void;
}

export function Toolbar({ trace, step, collision, onMove }: ToolbarProps) {
  const last = trace.steps.length - 1;
  const current = trace.steps[step];
  const button = (move: Move, icon: IconName, title: string, keys: string, isDisabled: boolean) => (
    <button type="button" class="tool" title={`${title} (${keys})`} aria-label={title} aria-keyshortcuts={keys.replaceAll(', ', ' ')} aria-disabled={isDisabled} onClick={() => onMove(move)}>
      <Icon name={icon} />
    </button>
  );
  return (
    <div class="toolbar" role="toolbar" aria-label="Steps">
      <div class="tools">
        {button('first', 'first', 'First step', 'Home', step === 0)}
        {button('back', 'back', 'Step back', 'ArrowLeft, K', step === 0)}
        {button('forward', 'forward', 'Step forward', 'ArrowRight, J', step === last)}
        {button('last', 'last', 'Last step', 'End', step === last)}
      </div>
      {collision && (
        <button type="button" class="tool collision-tool" title="To the collision (C)" aria-keyshortcuts="C" onClick={() => onMove('collision')}>
          <Icon name="collision" />
          <span>To the collision</span>
        </button>
      )}
      <Overview trace={trace} step={step} collision={collision} onMove={onMove} />
      <span class="counter" aria-hidden="true">
        <b>{step + 1}</b> / {trace.steps.length}
      </span>
      <span class="unseen" role="status">
        {current && describeStep(trace, current, collision)}
      </span>
    </div>
  );
}
