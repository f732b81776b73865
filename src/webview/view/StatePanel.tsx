import type { Trace } from '../../model/index.js';
import { statusesAt, type TaskStatus } from '../timeline/status.js';
import { valuesAt } from '../timeline/values.js';

/** What every location holds and what every task is doing, right after the current step. */
export function StatePanel({ trace, step }: { readonly trace: Trace; readonly step: number }) {
  const statuses = statusesAt(trace, step);
  return (
    <section class="state" aria-labelledby="state-title">
      <h2 id="state-title">After step {step + 1}</h2>
      <dl class="values">
        {valuesAt(trace, step).map(({ location, value, previous }) => (
          <div data-changed={previous !== undefined}>
            <dt>
              <code>{location}</code>
            </dt>
            <dd>
              {previous !== undefined && (
                <>
                  <del>{previous}</del>
                  <span aria-label="becomes"> → </span>
                </>
              )}
              <code>{value ?? '?'}</code>
            </dd>
          </div>
        ))}
      </dl>
      <dl class="tasks">
        {trace.tasks.map(({ id }, lane) => (
          <div data-lane={lane}>
            <dt>{id}</dt>
            <dd>
              <Status of={statuses[lane]} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Status({ of }: { readonly of: TaskStatus | undefined }) {
  switch (of?.kind) {
    case 'running':
      return (
        <>
          <b>running</b> at line {of.line}
          <Locks held={of.locks} />
        </>
      );
    case 'waiting':
      return (
        <>
          waiting at line {of.line} <span class="quiet">({of.text})</span>
          <Locks held={of.locks} />
        </>
      );
    case 'finished':
      return (
        <>
          {of.failed ? 'failed' : 'finished'} <span class="quiet">({of.text})</span>
        </>
      );
    default:
      return <span class="quiet">not started</span>;
  }
}

function Locks({ held }: { readonly held: readonly string[] }) {
  return held.length === 0 ? null : <span class="locks">, holds {held.join(', ')}</span>;
}
