import type { SharedOp } from '../../../src/simulator/agents/index.js';
import type { Body } from './plain-agents.js';

/** A program that asks for operations one by one, and so can be run by anybody. */
export type Program = () => Generator<SharedOp, unknown, never>;

/** The same program over a port. */
export function overPort(program: Program): Body {
  return (port) => {
    const run = program();
    let step = run.next();
    while (!step.done) step = run.next(port.perform(step.value) as never);
    return step.value;
  };
}

interface Thread {
  readonly run: Generator<SharedOp, unknown, never>;
  op: SharedOp | undefined;
  result: unknown;
  isWaiting: boolean;
  readonly buffer: { index: number; value: number }[];
}

/** An interpreter of its own: plain arrays, no footprints, no tables, no undo; every schedule from the start. */
class Machine {
  readonly memory: number[] = [];
  readonly owners = new Map<string, string>();
  readonly counts = new Map<string, number>();
  readonly queues = new Map<string, string[]>();
  readonly output: string[] = [];
  readonly threads: Map<string, Thread>;
  readonly #isTso: boolean;

  constructor(programs: Readonly<Record<string, Program>>, isTso: boolean) {
    this.#isTso = isTso;
    this.threads = new Map(Object.entries(programs).map(([name, program]) => [name, { run: program(), op: undefined, result: undefined, isWaiting: false, buffer: [] }]));
    for (const name of this.threads.keys()) this.#goOn(name, undefined);
  }

  choices(): string[] {
    return [...this.threads].flatMap(([name, thread]) => [...(thread.buffer.length > 0 ? [`${name} flush`] : []), ...(thread.isWaiting ? this.#timeOut(name, thread) : this.#isEnabled(thread) ? [name] : [])]);
  }

  take(choice: string): void {
    const [name, what] = choice.split(' ') as [string, string | undefined];
    const thread = this.threads.get(name)!;
    if (what === 'flush') { const { index, value } = thread.buffer.shift()!; this.memory[index] = value; }
    else if (what === 'timeout') { const queue = this.#queue(`m${indexOf(thread.op!)}`); queue.splice(queue.indexOf(name), 1); thread.isWaiting = false; this.#goOn(name, 'timed-out'); }
    else this.#perform(name, thread, thread.op!);
  }

  #timeOut(name: string, { op }: Thread): string[] {
    return op?.kind === 'wait' && op.timeout !== Infinity ? [`${name} timeout`] : [];
  }

  outcome(): string {
    const results = [...this.threads].map(([name, { result, op }]) => [name, op === undefined ? `returned ${JSON.stringify(result)}` : 'never finished']);
    return JSON.stringify({ memory: [...this.memory].map((value) => value ?? 0), results: Object.fromEntries(results.sort()), output: this.output });
  }

  #goOn(name: string, result: unknown): void {
    const thread = this.threads.get(name)!;
    const step = thread.run.next(result as never);
    thread.op = step.done ? undefined : step.value;
    if (step.done) thread.result = step.value;
  }

  #value(index: number): number {
    return this.memory[index] ?? 0;
  }

  #isEnabled({ op, buffer }: Thread): boolean {
    if (op === undefined) return false;
    const isPlain = (op.kind === 'load' || op.kind === 'store') && !op.isAtomic;
    if (!isPlain && op.kind !== 'park' && buffer.length > 0) return false;
    if (op.kind === 'lock') return !this.owners.get(op.mutex);
    if (op.kind === 'acquire') return (this.counts.get(op.semaphore) ?? op.initial) > 0;
    if (op.kind === 'park') return op.seen.some(({ cell, value }) => (buffer.findLast(({ index }) => index === cell.offset / 4)?.value ?? this.#value(cell.offset / 4)) !== value);
    if (op.kind === 'block-until') return op.guard.holds((cell) => this.#value(cell.offset / 4)).isTrue;
    return true;
  }

  #queue(name: string): string[] {
    if (!this.queues.has(name)) this.queues.set(name, []);
    return this.queues.get(name)!;
  }

  #wake(queue: string, count: number): number {
    const woken = this.#queue(queue).splice(0, count);
    for (const name of woken) { const thread = this.threads.get(name)!; thread.isWaiting = false; this.#goOn(name, thread.op?.kind === 'wait' ? 'ok' : undefined); }
    return woken.length;
  }

  #perform(name: string, thread: Thread, op: SharedOp): void {
    const index = indexOf(op);
    const value = this.#value(index);
    switch (op.kind) {
      case 'load': return this.#goOn(name, thread.buffer.findLast((entry) => entry.index === index)?.value ?? value);
      case 'store':
        if (this.#isTso && !op.isAtomic) thread.buffer.push({ index, value: Number(op.value) });
        else this.memory[index] = Number(op.value);
        return this.#goOn(name, undefined);
      case 'modify': this.memory[index] = op.operator === 'add' ? value + Number(op.value) : Number(op.value); return this.#goOn(name, value);
      case 'compare-exchange': if (value === op.expected) this.memory[index] = Number(op.replacement); return this.#goOn(name, value);
      case 'lock': this.owners.set(op.mutex, name); return this.#goOn(name, undefined);
      case 'try-lock': { const isFree = !this.owners.get(op.mutex); if (isFree) this.owners.set(op.mutex, name); return this.#goOn(name, isFree); }
      case 'unlock': this.owners.set(op.mutex, ''); return this.#goOn(name, 'ok');
      case 'acquire': this.counts.set(op.semaphore, (this.counts.get(op.semaphore) ?? op.initial) - 1); return this.#goOn(name, undefined);
      case 'release': { const count = this.counts.get(op.semaphore) ?? op.initial; this.counts.set(op.semaphore, count + 1); return this.#goOn(name, count); }
      case 'wait':
        if (value !== op.expected) return this.#goOn(name, 'not-equal');
        thread.isWaiting = true; this.#queue(`m${index}`).push(name); return;
      case 'notify': return this.#goOn(name, this.#wake(`m${index}`, op.count));
      case 'condition-wait': this.owners.set(op.mutex, ''); thread.isWaiting = true; this.#queue(op.condition).push(name); return;
      case 'signal': return this.#goOn(name, this.#wake(op.condition, op.isBroadcast ? Infinity : 1));
      case 'observe': this.output.push(op.text); return this.#goOn(name, undefined);
      default: return this.#goOn(name, undefined);
    }
  }
}

function indexOf(op: SharedOp): number {
  return 'cell' in op ? op.cell.offset / 4 : -1;
}

/** The outcomes of all schedules. */
export function bruteForceOutcomes(programs: Readonly<Record<string, Program>>, isTso = false): Set<string> {
  const outcomes = new Set<string>();
  const go = (path: readonly string[]): void => {
    const machine = new Machine(programs, isTso);
    for (const choice of path) machine.take(choice);
    const choices = machine.choices();
    if (choices.length === 0) outcomes.add(machine.outcome());
    for (const choice of choices) go([...path, choice]);
  };
  go([]);
  return outcomes;
}
