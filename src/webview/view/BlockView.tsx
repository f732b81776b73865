import { Component } from 'preact';
import type { SourceRange, Trace } from '../../model/index.js';
import type { Move } from '../page/moves.js';
import type { Block, Handover } from '../timeline/blocks.js';
import type { Collision } from '../timeline/collision.js';
import { StepRow } from './StepRow.js';

export interface BlockViewProps {
  readonly block: Block;
  readonly trace: Trace;
  readonly readLine: (file: string, line: number) => string | undefined;
  readonly collision: Collision | undefined;
  /** Index of the current step, if it is in this block. */
  readonly current: number | undefined;
  readonly onMove: (move: Move) => void;
  readonly onOpen: (range: SourceRange) => void;
}

/** A block's card in its lane, the other lanes' rails beside it. Drawn anew only when it gains, loses or moves the current step. */
export class BlockView extends Component<BlockViewProps> {
  override shouldComponentUpdate(next: Readonly<BlockViewProps>): boolean {
    const { block, current, readLine } = this.props;
    return next.block !== block || next.current !== current || next.readLine !== readLine;
  }

  override render({ block, trace, readLine, collision, current, onMove, onOpen }: BlockViewProps) {
    const { lane, handover, rails, steps } = block;
    return (
      <li class="block" data-lane={lane} style={{ '--lane': lane, '--steps': steps.length }}>
        {handover && <HandoverView handover={handover} trace={trace} />}
        <div class="turn">
          {rails.map((rail, other) => (
            <span class="rail" data-rail={rail} data-lane={other} style={{ '--lane': other }} aria-hidden="true" />
          ))}
          <div class="card">
            <p class="card-head">
              <b>{trace.tasks[lane]?.id}</b> <span class="quiet">{beginningOf(block, trace)}</span>
            </p>
            <ol class="steps">
              {steps.map((step) => (
                <StepRow key={step.index} step={step} trace={trace} line={readLine(step.file, step.start.line)} collision={collision} isCurrent={step.index === current} onMove={onMove} onOpen={onOpen} />
              ))}
            </ol>
          </div>
        </div>
      </li>
    );
  }
}

/** What began the block; a label that begins with the task's name goes on after the name in bold. */
function beginningOf({ lane, turn, continuesTurn, event }: Block, { tasks }: Trace): string {
  if (continuesTurn) return 'promise jobs of the same turn';
  const name = `${tasks[lane]?.id} `;
  return event === undefined ? `turn ${turn}` : event.startsWith(name) ? event.slice(name.length) : event;
}

/** The run goes over to another lane: an elbow from the one to the other, and why. */
function HandoverView({ handover: { from, to, leavesUnfinished, reason, approach }, trace }: { readonly handover: Handover; readonly trace: Trace }) {
  const left = trace.tasks[from]?.id ?? '';
  return (
    <div class="handover" data-unfinished={leavesUnfinished} data-direction={to > from ? 'right' : 'left'} style={{ '--from': Math.min(from, to), '--to': Math.max(from, to) }}>
      {approach.map((rail, lane) => (
        <span class="rail" data-rail={rail} data-lane={lane} style={{ '--lane': lane }} aria-hidden="true" />
      ))}
      <span class="elbow" aria-hidden="true">
        <span class="elbow-tip" />
      </span>
      <p class="handover-text">
        {leavesUnfinished && <b>switch</b>} {left} {reason}
      </p>
    </div>
  );
}
