import { setFlagsFromString } from 'node:v8';

/**
 * How much of a function runs before V8 compiles it once more, to faster code: three times what it grants by itself. Each thread has that done for itself by
 * threads of V8, on the cores that the others need.
 */
const late = 400_000;
/** What V8 grants by itself. */
const early = 132 * 1024;
/** Milliseconds after which work is so long that faster code pays. */
const mostOfShort = 2_000;

/** For the whole process, from now on. */
export function compileLate(): void {
  setFlagsFromString(`--interrupt-budget=${late}`);
}

function compileEarly(): void {
  setFlagsFromString(`--interrupt-budget=${early}`);
}

/**
 * Lets V8 compile to faster code late as long as all work is short: most proofs are over before that code would pay, and compiling it takes as long as they do. While some work is long it is compiled early.
 */
export class Compiling {
  readonly #late: () => void;
  readonly #early: () => void;
  #long = 0;

  constructor(toLate = compileLate, toEarly = compileEarly) {
    this.#late = toLate;
    this.#early = toEarly;
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    if (this.#long === 0) this.#late();
    let isLong = false;
    const timer = setTimeout(() => {
      isLong = true;
      if (this.#long++ === 0) this.#early();
    }, mostOfShort);
    try {
      return await work();
    } finally {
      clearTimeout(timer);
      if (isLong && --this.#long === 0) this.#late();
    }
  }
}
