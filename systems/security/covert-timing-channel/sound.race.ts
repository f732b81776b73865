import { scenario } from 'raceproof';

const unit = 10; // milliseconds

const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** First come, first served. */
class Mutex {
  #last: Promise<void> = Promise.resolve();

  run(work: () => Promise<void>): Promise<void> {
    const turn = this.#last.then(work);
    this.#last = turn;
    return turn;
  }
}

// Padded: whatever high reads, the disk is busy as long as the longest read takes.
export default scenario((secret: number) => {
  const disk = new Mutex();
  let waited = -1;

  const high = () => disk.run(() => sleep(timeFor(secret)));

  const low = async () => {
    const start = now();
    await disk.run(async () => {});
    waited = now() - start;
  };

  /** How long the disk is busy with a read of high. */
  const timeFor = (_blocks: number) => unit * 4;

  /** The clock that low may look at. */
  const now = () => performance.now();

  return { tasks: { high, low }, observer: () => waited };
}, { secrets: [0, 1, 2, 3] });
