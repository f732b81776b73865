/** An error that no code handled. Node would report it, and by default end the process. */
export interface LoopError {
  readonly kind: 'uncaught' | 'unhandledRejection';
  readonly reason: unknown;
  readonly task: string;
  readonly turn: number;
  readonly promise?: object;
}

/** What nobody handled in one execution. A rejection is looked at when its turn ends (invariant 9 of the loop). */
export class LoopErrors {
  readonly noted: LoopError[] = [];
  /** Is asked first; true: it has dealt with the error. */
  onError: ((error: LoopError) => boolean) | undefined;
  #rejected: LoopError[] = [];

  note(error: LoopError): void {
    if (this.onError?.(error) !== true) this.noted.push(error);
  }

  /** Nobody reacts to it yet. */
  noteRejection(error: LoopError): void {
    this.#rejected.push(error);
  }

  /** Somebody reacts to it now. */
  noteHandled(promise: object): void {
    if (this.#rejected.length > 0) this.#rejected = this.#rejected.filter((error) => error.promise !== promise);
  }

  /** Notes the rejections that are unhandled still. True if somebody dealt with one, and may have left jobs. */
  noteUnhandled(): boolean {
    if (this.#rejected.length === 0) return false;
    const rejected = this.#rejected;
    this.#rejected = [];
    for (const error of rejected) this.note(error);
    return this.onError !== undefined;
  }
}
