import type { Timers } from '../runtime/timers.js';

type Listener = ((event: object) => void) | { handleEvent(event: object): void };

/** `AbortController` and `AbortSignal` (DOM, 3.1 and 3.2) over virtual timers: as much of them as aborting needs. */
export function createAbortSignals(timers: Timers): Record<'AbortController' | 'AbortSignal', unknown> {
  class AbortSignal {
    aborted = false;
    reason: unknown = undefined;
    onabort: ((event: object) => void) | null = null;
    readonly #listeners: { readonly listener: Listener; readonly isOnce: boolean }[] = [];

    addEventListener(type: string, listener: Listener, options?: { once?: boolean } | boolean): void {
      if (type !== 'abort' || this.#listeners.some((known) => known.listener === listener)) return;
      this.#listeners.push({ listener, isOnce: typeof options === 'object' && options.once === true });
    }

    removeEventListener(_type: string, listener: Listener): void {
      const index = this.#listeners.findIndex((known) => known.listener === listener);
      if (index >= 0) this.#listeners.splice(index, 1);
    }

    throwIfAborted(): void {
      if (this.aborted) throw this.reason;
    }

    static abort(reason?: unknown): AbortSignal {
      const signal = new AbortSignal();
      signalAbort(signal, reason);
      return signal;
    }

    static timeout(milliseconds: number): AbortSignal {
      const signal = new AbortSignal();
      timers.setTimeout(() => signalAbort(signal, named('TimeoutError', 'The operation was aborted due to timeout')), milliseconds);
      return signal;
    }

    static any(signals: Iterable<AbortSignal>): AbortSignal {
      const result = new AbortSignal();
      for (const signal of signals) {
        if (signal.aborted) { signalAbort(result, signal.reason); break; }
        signal.addEventListener('abort', () => signalAbort(result, signal.reason), { once: true });
      }
      return result;
    }

    static fire(signal: AbortSignal, reason: unknown): void {
      if (signal.aborted) return;
      signal.aborted = true;
      signal.reason = reason === undefined ? named('AbortError', 'This operation was aborted') : reason;
      const event = { type: 'abort', target: signal };
      signal.onabort?.(event);
      for (const { listener, isOnce } of [...signal.#listeners]) {
        if (isOnce) signal.removeEventListener('abort', listener);
        if (typeof listener === 'function') listener.call(signal as never, event);
        else listener.handleEvent(event);
      }
    }
  }
  const signalAbort = AbortSignal.fire;
  Reflect.deleteProperty(AbortSignal, 'fire');

  class AbortController {
    readonly signal = new AbortSignal();
    abort(reason?: unknown): void {
      signalAbort(this.signal, reason);
    }
  }
  return { AbortController, AbortSignal };
}

function named(name: string, message: string): Error {
  const error = new Error(message);
  Object.defineProperty(error, 'name', { value: name });
  return error;
}
