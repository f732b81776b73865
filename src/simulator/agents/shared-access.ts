import type { AgentHost, SharedOp } from './operations.js';
import type { SharedNames } from './shared-names.js';

/** What an agent's own event loop gives to what it shares. */
export interface AgentRealm {
  readonly Promise: PromiseConstructor;
  /** One step of the loop's budget: throws once it is spent. */
  tick(): void;
}

/** Hears what a spin loop does in one iteration. */
export interface Listener {
  note(op: SharedOp, result: unknown): void;
}

/**
 * The agent's port as shared objects use it. While a condition of `blockUntil` is evaluated nothing reaches the port: the reads of
 * the condition are answered by whoever asked it.
 */
export class SharedAccess implements AgentHost {
  readonly names: SharedNames;
  readonly realm: AgentRealm;
  readonly #port: AgentHost;
  #answer: ((op: SharedOp) => unknown) | undefined;
  #listener: Listener | undefined;

  constructor(port: AgentHost, realm: AgentRealm, names: SharedNames) {
    this.#port = port;
    this.realm = realm;
    this.names = names;
  }

  get agent(): string {
    return this.#port.agent;
  }

  get site(): number {
    return this.#port.site;
  }

  identify(kind: string): string {
    return this.#port.identify(kind);
  }

  noteElements(buffer: string, bytes: number): void {
    this.#port.noteElements?.(buffer, bytes);
  }

  onInput(address: string, handler: (payload: unknown) => void): void {
    this.#port.onInput(address, handler);
  }

  perform(op: SharedOp): unknown {
    if (this.#answer) return this.#answer(op);
    const result = this.#port.perform(op);
    this.#listener?.note(op, result);
    return result;
  }

  /** Runs `run` with every operation answered by `answer`. */
  answering<T>(answer: (op: SharedOp) => unknown, run: () => T): T {
    const before = this.#answer;
    this.#answer = answer;
    try {
      return run();
    } finally {
      this.#answer = before;
    }
  }

  /** Runs `run`, and tells `listener` of every operation that it performs. */
  listening<T>(listener: Listener, run: () => T): T {
    const before = this.#listener;
    this.#listener = listener;
    try {
      return run();
    } finally {
      this.#listener = before;
    }
  }
}
