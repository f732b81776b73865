import { useMemo } from 'preact/hooks';
import type { Trace } from '../../model/index.js';
import type { Move } from '../page/moves.js';
import { blocksOf, type Block } from '../timeline/blocks.js';
import type { Collision } from '../timeline/collision.js';

interface OverviewProps {
  readonly trace: Trace;
  readonly step: number;
  readonly collision: Collision | undefined;
  readonly onMove: (move: Move) => void;
}

const laneHeight = 6;

/** The whole run at a glance, a line per lane; drag or click to go anywhere. The slider on top of the drawing is the native one. */
export function Overview({ trace, step, collision, onMove }: OverviewProps) {
  const drawing = useMemo(() => <Drawing trace={trace} collision={collision} />, [trace, collision]);
  const last = trace.steps.length - 1;
  return (
    <div class="overview">
      {drawing}
      <input
        type="range"
        aria-label="Step"
        min={1}
        max={last + 1}
        value={step + 1}
        aria-valuetext={`Step ${step + 1} of ${last + 1}`}
        onInput={({ currentTarget }) => onMove({ index: Number(currentTarget.value) - 1 })}
      />
    </div>
  );
}

function Drawing({ trace, collision }: Pick<OverviewProps, 'trace' | 'collision'>) {
  const blocks = blocksOf(trace);
  const [last, height] = [Math.max(1, trace.steps.length - 1), trace.tasks.length * laneHeight];
  return (
    <svg viewBox={`0 0 ${last} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      {blocks.map((block) => block.rails.map((rail, lane) => rail === 'waiting' && <line class="waits" data-lane={lane} {...spanOf(block, lane, last)} />))}
      {blocks.map((block) => (
        <line class="runs" data-lane={block.lane} {...spanOf(block, block.lane, last)} />
      ))}
      {collision && [collision.act, collision.intrusion].map((index) => <line class="collides" x1={index} x2={index} y1={0} y2={height} />)}
    </svg>
  );
}

/** A step lies where the slider's thumb stands for it, and reaches half-way to its neighbours. */
function spanOf({ steps }: Block, lane: number, last: number) {
  const from = steps[0]?.index ?? 0;
  const y = lane * laneHeight + laneHeight / 2;
  return { x1: Math.max(0, from - 0.5), x2: Math.min(last, from + steps.length - 0.5), y1: y, y2: y };
}
