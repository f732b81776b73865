/** What one side hears. Everything that is put in is taken out in order; undefined says that nothing more will come. */
export class Inbox<T> {
  readonly #packets: T[] = [];
  #isClosed = false;
  #wake: () => void = () => {};

  put(...packets: readonly T[]): void {
    this.#packets.push(...packets);
    this.#wake();
  }

  close(): void {
    this.#isClosed = true;
    this.#wake();
  }

  async take(): Promise<T | undefined> {
    while (this.#packets.length === 0 && !this.#isClosed) await new Promise<void>((resolve) => { this.#wake = resolve; });
    return this.#packets.shift();
  }
}
