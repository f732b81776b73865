import type { SourceRange, Trace, TraceStep } from '../../model/index.js';
import type { Move } from '../page/moves.js';
import { partnerOf, roleAt, type Collision } from '../timeline/collision.js';
import { markLine } from '../timeline/source-line.js';
import { isAccess } from '../timeline/values.js';
import { describeStep } from '../timeline/words.js';

export interface StepRowProps {
  readonly step: TraceStep;
  readonly trace: Trace;
  readonly line: string | undefined;
  readonly collision: Collision | undefined;
  readonly isCurrent: boolean;
  readonly onMove: (move: Move) => void;
  readonly onOpen: (range: SourceRange) => void;
}

export function StepRow({ step, trace, line, collision, isCurrent, onMove, onOpen }: StepRowProps) {
  const { index, kind, start } = step;
  const role = roleAt(collision, index);
  const partner = partnerOf(collision, index);
  return (
    <li class="step" data-step={index} data-kind={kind} data-role={role} aria-current={isCurrent ? 'step' : undefined}>
      <span class="dot" aria-hidden="true" />
      <button
        type="button"
        class="step-button"
        tabIndex={isCurrent ? 0 : -1}
        aria-label={describeStep(trace, step, collision)}
        onClick={() => onMove({ index })}
        onDblClick={() => onOpen({ file: step.file, start, end: step.end })}
      >
        <span class="source">
          <span class="line-number">{start.line}</span>
          <SourceText step={step} line={line} />
          <span class="step-number">{index + 1}</span>
        </span>
        <span class="what">
          <What step={step} />
          {role === 'stale-read' && <span class="role">goes stale</span>}
        </span>
      </button>
      {partner !== undefined && (
        <button type="button" class="partner" title={`To step ${partner + 1}`} onClick={() => onMove({ index: partner })}>
          collides with {partner + 1}
        </button>
      )}
    </li>
  );
}

/** The range of a start or an end is the whole function, which marks nothing. */
const unmarked: ReadonlySet<TraceStep['kind']> = new Set(['start', 'return', 'throw']);

function SourceText({ step, line }: { readonly step: TraceStep; readonly line: string | undefined }) {
  if (line === undefined) return <code class="source-text quiet">{step.file}</code>;
  if (unmarked.has(step.kind)) return <code class="source-text">{line.trim()}</code>;
  const { before, marked, after } = markLine(line, step);
  return (
    <code class="source-text">
      {before}
      <mark>{marked}</mark>
      {after}
    </code>
  );
}

function What({ step }: { readonly step: TraceStep }) {
  if (!isAccess(step)) return <span class="text">{step.text}</span>;
  const { kind, location, before, after } = step;
  return (
    <span class="text">
      {kind}s <code>{location}</code>{' '}
      <span class="change">
        {kind !== 'read' && before !== undefined && (
          <>
            <del>{before}</del> →{' '}
          </>
        )}
        <ins>{after}</ins>
      </span>
    </span>
  );
}
