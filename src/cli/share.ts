import type { CheckedFile, CheckFile, FileTask } from './check-file.js';

/** What a thread that checks files is sent. */
export interface ShareTasks {
  readonly tasks: readonly FileTask[];
  /** Its first element is the place, in `tasks`, of what the thread is at; shared memory, so that it still tells when the thread has died or hangs. */
  readonly underWay: Int32Array<SharedArrayBuffer>;
}

/** What came of the next tasks of a batch, in their order; one message tells of at least one. */
export type ShareReply = readonly CheckedFile[];

/** Waking another thread takes longer than checking a small file: replies are told at most so often, milliseconds. */
const patience = 50;

/** Checks the tasks of a batch, one after the other. */
export function checkShare({ tasks, underWay }: ShareTasks, check: CheckFile, tell: (reply: ShareReply) => void, now: () => number = () => performance.now()): void {
  let untold: CheckedFile[] = [];
  let toldAt = now();
  for (const [place, task] of tasks.entries()) {
    Atomics.store(underWay, 0, place);
    untold.push(check(task));
    if (place < tasks.length - 1 && now() - toldAt < patience) continue;
    tell(untold);
    untold = [];
    toldAt = now();
  }
}
