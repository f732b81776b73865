import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Schedule, SourceRange, Trace } from '../../model/index.js';
import type { Move } from '../page/moves.js';
import type { ShownSource } from '../protocol.js';
import { blocksOf } from '../timeline/blocks.js';
import type { Collision } from '../timeline/collision.js';
import { layoutFor, type Layout } from '../timeline/layout.js';
import { lineReader } from '../timeline/source-line.js';
import { BlockView } from './BlockView.js';
import { Links } from './Links.js';

interface TimelineProps {
  readonly trace: Trace;
  readonly schedule: Schedule | undefined;
  readonly sources: readonly ShownSource[];
  readonly step: number;
  readonly collision: Collision | undefined;
  readonly onMove: (move: Move) => void;
  readonly onOpen: (range: SourceRange) => void;
}

/** A lane for every task; time runs downward. */
export function Timeline({ trace, schedule, sources, step, collision, onMove, onOpen }: TimelineProps) {
  const element = useRef<HTMLElement>(null);
  const layout = useLayout(element, trace.tasks.length);
  const blocks = useMemo(() => blocksOf(trace, schedule), [trace, schedule]);
  const readLine = useMemo(() => lineReader(sources), [sources]);
  const current = trace.steps[step];
  return (
    <section class="timeline" ref={element} data-layout={layout} style={{ '--lanes': trace.tasks.length }} aria-label="Timeline">
      <LaneHeads trace={trace} running={current?.task} />
      <ol class="blocks">
        {blocks.map((block) => (
          <BlockView key={block.steps[0]?.index} block={block} trace={trace} readLine={readLine} collision={collision} current={currentIn(block.steps, step)} onMove={onMove} onOpen={onOpen} />
        ))}
      </ol>
      {collision && <Links collision={collision} layout={layout} trace={trace} />}
    </section>
  );
}

function LaneHeads({ trace, running }: { readonly trace: Trace; readonly running: string | undefined }) {
  return (
    <ul class="lane-heads" aria-label="Tasks">
      {trace.tasks.map(({ id, name, agent }, lane) => (
        <li class="lane-head" data-lane={lane} data-running={id === running} title={`${name}, in agent ${agent}`}>
          <b>{id}</b> {name !== id && <code>{name}</code>}
        </li>
      ))}
    </ul>
  );
}

/** The current step's index if it is one of these; so that only two blocks are drawn anew at a step. */
function currentIn(steps: readonly { readonly index: number }[], step: number): number | undefined {
  return steps.some(({ index }) => index === step) ? step : undefined;
}

function useLayout(element: { readonly current: HTMLElement | null }, lanes: number): Layout {
  const [layout, setLayout] = useState<Layout>('columns');
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return undefined;
    const measure = (): void => setLayout(layoutFor(current.clientWidth, lanes));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element, lanes]);
  return layout;
}
