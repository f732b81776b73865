import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Trace } from '../../model/index.js';
import type { Collision } from '../timeline/collision.js';
import type { Layout } from '../timeline/layout.js';
import { bandPath, linkPath, type StepPlace } from '../timeline/link-path.js';

interface LinksProps {
  readonly collision: Collision;
  readonly layout: Layout;
  readonly trace: Trace;
}

interface Places {
  readonly act: StepPlace;
  readonly intrusion: StepPlace;
  readonly staleRead?: StepPlace;
}

/** Lines over the lanes: from the stale read down its lane to the act, and from the intrusion to the act. */
export function Links({ collision, layout, trace }: LinksProps) {
  const svg = useRef<SVGSVGElement>(null);
  const [places, setPlaces] = useState<Places>();
  useLayoutEffect(() => {
    const timeline = svg.current?.parentElement;
    if (!timeline) return undefined;
    const measure = (): void => setPlaces(measurePlaces(timeline, collision));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(timeline);
    return () => observer.disconnect();
  }, [collision, layout, trace]);
  return (
    <svg class="links" ref={svg} aria-hidden="true">
      {places?.staleRead && <path class="torn" d={bandPath(places.staleRead, places.act)} />}
      {places && <path class="collision-link" d={linkPath(places.intrusion, places.act, layout)} />}
    </svg>
  );
}

function measurePlaces(timeline: HTMLElement, { act, intrusion, staleRead }: Collision): Places | undefined {
  const origin = timeline.getBoundingClientRect();
  const place = (index: number): StepPlace | undefined => {
    const row = timeline.querySelector(`[data-step="${index}"]`);
    const [rowBox, dotBox] = [row?.getBoundingClientRect(), row?.querySelector('.dot')?.getBoundingClientRect()];
    return rowBox && dotBox && { dot: dotBox.left + dotBox.width / 2 - origin.left, edge: rowBox.right - origin.left, y: dotBox.top + dotBox.height / 2 - origin.top };
  };
  const [actPlace, intrusionPlace, readPlace] = [place(act), place(intrusion), staleRead === undefined ? undefined : place(staleRead)];
  return actPlace && intrusionPlace && { act: actPlace, intrusion: intrusionPlace, ...(readPlace ? { staleRead: readPlace } : {}) };
}
