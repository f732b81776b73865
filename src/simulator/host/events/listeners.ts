/** One entry of a listener list. */
export interface Listener {
  /** What was registered: a function or an object with `handleEvent`. */
  readonly listener: unknown;
  readonly call: (target: object, argument: unknown) => unknown;
  readonly isCapture: boolean;
  readonly isOnce: boolean;
  /** Registered by `on`: it is given the value, not an event. */
  readonly isNodeStyle: boolean;
  /** The platform's own: runs even if `stopImmediatePropagation` was called. */
  readonly isResistant: boolean;
}

class Link {
  next: Link | undefined;
  previous: Link | undefined;
  isRemoved = false;
  readonly listener: Listener | undefined;

  constructor(listener?: Listener) {
    this.listener = listener;
  }
}

/**
 * Listeners of one type in the order of registration. A linked list as in Node, since that decides what a change during a dispatch does: one that
 * is removed is not called any more; one that is added is called, unless the last one was running already.
 */
export class ListenerList {
  readonly #root = new Link();
  size = 0;

  add(listener: Listener): boolean {
    let last = this.#root;
    for (let link = last.next; link !== undefined; link = link.next) {
      if (link.listener!.listener === listener.listener && link.listener!.isCapture === listener.isCapture) return false;
      last = link;
    }
    const link = new Link(listener);
    link.previous = last;
    last.next = link;
    this.size++;
    return true;
  }

  remove(listener: unknown, isCapture: boolean): boolean {
    for (let link = this.#root.next; link !== undefined; link = link.next) {
      if (link.listener!.listener !== listener || link.listener!.isCapture !== isCapture) continue;
      this.#unlink(link);
      return true;
    }
    return false;
  }

  /** Calls each that `isCalled` allows when its turn comes; one that is registered for once is taken out before, which `onRemoved` is told. */
  visit(isCalled: (listener: Listener) => boolean, call: (listener: Listener) => void, onRemoved: () => void): void {
    let link = this.#root.next;
    while (link !== undefined) {
      const { next } = link;
      const listener = link.listener!;
      if (!link.isRemoved && isCalled(listener)) {
        if (listener.isOnce) {
          this.#unlink(link);
          onRemoved();
        }
        call(listener);
      }
      link = next;
    }
  }

  registered(): unknown[] {
    const found: unknown[] = [];
    for (let link = this.#root.next; link !== undefined; link = link.next) found.push(link.listener!.listener);
    return found;
  }

  #unlink(link: Link): void {
    link.previous!.next = link.next;
    if (link.next !== undefined) link.next.previous = link.previous;
    link.isRemoved = true;
    this.size--;
  }
}
