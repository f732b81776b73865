interface Fired {
  readonly id: string;
  readonly task: string;
  readonly creator?: string | undefined;
  readonly channel?: string | undefined;
}

/**
 * Timers that set themselves anew, such as a token's automatic refresh, would keep every execution from ending. So once its task has
 * ended (set-up counts as ended), a timer that was set because another timer fired is not followed any more.
 */
export class TimerChains {
  #afterTimer: Set<string> | undefined;

  /** No timer has fired, so every event is followed. */
  get areNone(): boolean {
    return this.#afterTimer === undefined;
  }

  noteFired(event: Fired): void {
    if (isTimer(event) || (this.#afterTimer !== undefined && event.creator !== undefined && this.#afterTimer.has(event.creator))) (this.#afterTimer ??= new Set()).add(event.id);
  }

  isFollowed(event: Fired, isOver: (task: string) => boolean): boolean {
    return !(isTimer(event) && event.creator !== undefined && this.#afterTimer?.has(event.creator) === true && isOver(event.task));
  }
}

export function isTimer({ channel }: Pick<Fired, 'channel'>): boolean {
  return channel !== undefined && channel.endsWith(' timers');
}
