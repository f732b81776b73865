import { useMemo, useRef } from 'preact/hooks';
import type { SourceRange, Trace } from '../../model/index.js';
import type { Move } from '../page/moves.js';
import type { ShowMessage } from '../protocol.js';
import { collisionOf } from '../timeline/collision.js';
import { StatePanel } from './StatePanel.js';
import { Timeline } from './Timeline.js';
import { Toolbar } from './Toolbar.js';
import { useBarHeights } from './use-bar-heights.js';
import { useCurrentInView } from './use-current-in-view.js';

export interface RunProps {
  readonly shown: ShowMessage;
  readonly trace: Trace;
  readonly step: number;
  readonly onMove: (move: Move) => void;
  readonly onOpen: (range: SourceRange) => void;
}

/** The steps of one run, with what there is to walk through them. */
export function Run({ shown, trace, step, onMove, onOpen }: RunProps) {
  const collision = useMemo(() => collisionOf(trace), [trace]);
  const element = useRef<HTMLDivElement>(null);
  useBarHeights(element);
  useCurrentInView(element, step);
  return (
    <div class="run" ref={element}>
      <Toolbar trace={trace} step={step} collision={collision} onMove={onMove} />
      <Timeline trace={trace} schedule={shown.proof.witness?.schedule} sources={shown.sources} step={step} collision={collision} onMove={onMove} onOpen={onOpen} />
      <StatePanel trace={trace} step={step} />
    </div>
  );
}
