import type { Program, SourceRange, Trace, TraceStep, TraceStepKind } from '../../model/index.js';
import type { ExecutionEnd, LoggedKind, LoggedStep } from '../oracle/index.js';

type Task = { readonly id: string; readonly agent: string };

/** Kinds that a trace words otherwise than a log. */
const kinds: Partial<Record<LoggedKind, TraceStepKind>> = { end: 'return', event: 'resume', request: 'wait', invoke: 'call', respond: 'call', use: 'call' };

/** What an execution of agents did, for a person to step through: the logged steps, one for one, then who is left waiting. */
export function traceOf(end: ExecutionEnd, tasks: readonly Task[], program: Program): Trace {
  return new AgentsTrace(end, program).write(tasks);
}

class AgentsTrace {
  readonly #end: ExecutionEnd;
  readonly #program: Program;
  readonly #steps: TraceStep[] = [];
  readonly #locks = new Map<string, readonly string[]>();
  readonly #lastSite = new Map<string, number>();
  #turn = 0;

  constructor(end: ExecutionEnd, program: Program) {
    this.#end = end;
    this.#program = program;
  }

  write(tasks: readonly Task[]): Trace {
    for (const step of this.#end.steps) this.#add(step);
    for (const { task, site, resource } of this.#end.blocked) if (this.#steps.findLast((step) => step.task === task)?.kind !== 'wait') this.#push('wait', task, site, `waits for ${resource || 'what never comes'}`, {});
    const others = [...new Map(this.#end.steps.map(({ task, agent }) => [task, agent]))].filter(([task]) => !tasks.some(({ id }) => id === task));
    return { tasks: [...tasks, ...others.map(([id, agent]) => ({ id, agent }))].map(({ id, agent }) => ({ id, name: id, agent })), steps: this.#steps, outcome: this.#end.outcome };
  }

  #add(step: LoggedStep): void {
    const { kind, task, site, resource, before, after, enabledBy } = step;
    const held = this.#locks.get(task) ?? [];
    if (kind === 'acquire' && resource !== undefined) this.#locks.set(task, [...held, shortName(resource)]);
    if (kind === 'release' && resource !== undefined) this.#locks.set(task, held.filter((_, at) => at !== held.lastIndexOf(shortName(resource))));
    const isAccess = kind === 'read' || kind === 'write' || kind === 'update';
    const result = this.#end.outcome.results[task];
    const how = kind === 'end' && result?.startsWith('threw ') ? 'throw' : kinds[kind] ?? (kind as TraceStepKind);
    this.#push(how, task, site, kind === 'end' ? result ?? 'is done' : textOf(step), {
      ...(isAccess && resource !== undefined && { location: resource }), ...(isAccess && before !== undefined && { before }), ...(isAccess && after !== undefined && { after }), ...(enabledBy !== undefined && { cause: enabledBy }),
    });
  }

  #push(kind: TraceStepKind, task: string, site: number, text: string, more: Partial<TraceStep>): void {
    const previous = this.#steps.at(-1);
    // What another task does not cut in two is one turn, and so is what an event of a loop runs.
    if (previous === undefined || previous.task !== task || kind === 'resume') this.#turn++;
    if (site >= 0) this.#lastSite.set(task, site);
    const place = this.#rangeOf(site >= 0 ? site : this.#lastSite.get(task) ?? -1);
    this.#steps.push({ index: this.#steps.length, turn: this.#turn, task, kind, ...place, text, locks: this.#locks.get(task) ?? [], ...more });
  }

  #rangeOf(site: number): SourceRange {
    const start = { line: 1, column: 1 };
    return this.#program.sites[site]?.range ?? { file: this.#program.file, start, end: start };
  }
}

/** `mutex forks[1]` is `forks[1]` to whom a kind need not be told. */
function shortName(resource: string): string {
  return resource.replace(/^(?:mutex|semaphore|condition|lock) /, '');
}

function textOf({ kind, resource = '', before, after, call }: LoggedStep): string {
  switch (kind) {
    case 'start': return 'starts';
    case 'event': return resource || 'goes on';
    case 'read': return `reads ${resource}: ${after}`;
    case 'write': return `writes ${resource}: ${before} → ${after}`;
    case 'update': return `updates ${resource}: ${before} → ${after}`;
    case 'request':
    case 'wait': return `waits for ${resource}`;
    case 'wake': return `goes on: ${resource}`;
    case 'notify': return `wakes who waits for ${resource}`;
    case 'send': return `sends to ${resource}`;
    case 'receive': return `receives from ${resource}`;
    case 'spawn': return `starts ${resource}`;
    case 'invoke': return `calls ${call?.object}.${call?.method}(${call?.args.slice(1, -1)})`;
    case 'respond': return `${call?.object}.${call?.method} gives ${call?.result}`;
    case 'use':
    case 'observe': return `${resource}: ${after}`;
    case 'flush': return `${resource} = ${after} reaches memory`;
    case 'acquire':
    case 'release': return `${kind}s ${resource}`;
    case 'end': return 'is done';
  }
}
