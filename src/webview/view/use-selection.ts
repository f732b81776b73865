import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { SourceRange, TraceStep } from '../../model/index.js';
import type { Host } from '../host.js';
import type { Content } from '../page/state.js';
import { collisionOf, partnerOf } from '../timeline/collision.js';
import { labelStep } from '../timeline/words.js';

/** Tells the editor which step the page stands at: when a run is first shown, and when the person moves; not when the page comes back from a reload. */
export function useSelection(host: Host, content: Content): void {
  const shown = content.kind === 'shown' ? content : undefined;
  const trace = shown?.shown.proof.witness?.trace;
  const place = useMemo(() => shown && `${shown.shown.id} ${shown.step}`, [shown?.shown.id, shown?.step]);
  const told = useRef(place);
  useEffect(() => {
    if (place === told.current) return;
    told.current = place;
    const step = trace?.steps[shown?.step ?? 0];
    if (!trace || !step) return;
    const collision = collisionOf(trace);
    const partner = trace.steps[partnerOf(collision, step.index) ?? -1];
    host.post({ type: 'select', step: step.index, range: rangeOf(step), label: labelStep(step, collision), ...(partner ? { partner: rangeOf(partner) } : {}) });
  }, [host, place]);
}

function rangeOf({ file, start, end }: TraceStep): SourceRange {
  return { file, start, end };
}
