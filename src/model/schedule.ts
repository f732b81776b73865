/**
 * The order in which events fire: plain data that replays anywhere.
 * An event's id is its creator's id and its rank among what that turn created (`alice`, `alice.1`, `alice.1.1`), so it is the
 * same event in every interleaving that has the same past.
 */
export interface Schedule {
  readonly version: 1;
  readonly events: readonly ScheduledEvent[];
}

export interface ScheduledEvent {
  readonly id: string;
  /** The task on whose behalf the event was created. */
  readonly task: string;
  /** What a person reads: `alice starts`, `audit(80) completes`, `timer of 100 ms fires`. */
  readonly label: string;
}
