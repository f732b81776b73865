/** Something whose state can be put back. */
export interface Restorable {
  restore(value: unknown): void;
}

/** The changes of an execution, so that it can be taken back: in time proportional to what has changed, without re-execution. */
export class UndoLog {
  readonly #targets: Restorable[] = [];
  readonly #values: unknown[] = [];

  /** `target` is about to change; it had `value`. */
  changed(target: Restorable, value: unknown): void {
    this.#targets.push(target);
    this.#values.push(value);
  }

  set<T>(variable: Variable<T>, value: T): void {
    this.changed(variable, variable.value);
    variable.value = value;
  }

  onUndo(restore: () => void): void {
    this.changed(closures, restore);
  }

  /** A place to go back to. */
  mark(): number {
    return this.#targets.length;
  }

  rewind(mark: number): void {
    while (this.#targets.length > mark) this.#targets.pop()!.restore(this.#values.pop());
  }

  /** What has happened so far stays. */
  forget(): void {
    this.#targets.length = 0;
    this.#values.length = 0;
  }
}

/** A piece of state that changes through the log only. */
export class Variable<T> implements Restorable {
  value: T;

  constructor(value: T) {
    this.value = value;
  }

  restore(value: unknown): void {
    this.value = value as T;
  }
}

const closures: Restorable = { restore: (run) => (run as () => void)() };
