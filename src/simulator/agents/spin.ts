import type { Cell, ElementValue, SharedOp } from './operations.js';
import type { Listener, SharedAccess } from './shared-access.js';

/**
 * A loop with an empty body: `while (condition());`. Every evaluation takes its steps like any other code. One that changed nothing
 * would come to the same result again while the cells it has seen are as they are, so the agent is parked until one has changed: an
 * endless number of idle rounds becomes one.
 */
export function spin(access: SharedAccess, site: number, condition: () => unknown): void {
  for (;;) {
    const round = new Round();
    if (!access.listening(round, condition)) return;
    access.realm.tick();
    if (round.isIdle) access.perform({ kind: 'park', site, seen: round.seen });
  }
}

/** What one evaluation of the condition has done. */
class Round implements Listener {
  readonly seen: { readonly cell: Cell; readonly value: ElementValue }[] = [];
  #hasChanged = false;

  note(op: SharedOp, result: unknown): void {
    const isRead = op.kind === 'load' || (op.kind === 'compare-exchange' && !same(result, op.expected)) || (op.kind === 'modify' && op.operator === 'exchange' && same(result, op.value));
    if (isRead) this.seen.push({ cell: op.cell, value: result as ElementValue });
    else this.#hasChanged = true;
  }

  /** It has looked at shared memory, and left all as it was. */
  get isIdle(): boolean {
    return !this.#hasChanged && this.seen.length > 0;
  }
}

function same(left: unknown, right: unknown): boolean {
  return Object.is(left, right);
}
