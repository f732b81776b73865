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

// Fuzzed: low's clock moves in strides that no read of high outlasts, so all that it can see is whether the disk was busy.
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
  const timeFor = (blocks: number) => unit * (1 + blocks);

  /** The clock that low may look at. */
  const now = () => Math.ceil(performance.now() / (4 * unit)) * 4 * unit;

  return { tasks: { high, low }, observer: () => waited };
}, { secrets: [0, 1, 2, 3] });
