/** Reads plain JSON of an expected shape, and collects everything that is wrong with it, each with its place inside the document. */
export class Shape {
  readonly #value: unknown;
  readonly #path: string;
  readonly #complain: (message: string) => void;

  constructor(value: unknown, complain: (message: string) => void, path = '') {
    this.#value = value;
    this.#path = path;
    this.#complain = complain;
  }

  /** The members of an object, in their order; none if it is no object. */
  entries(): [name: string, shape: Shape][] {
    const { record } = this;
    if (!record) {
      this.wrong('an object is needed');
      return [];
    }
    return Object.keys(record).map((name) => [name, this.at(name)]);
  }

  /** Complains about members that nobody reads: most are slips of the pen. */
  only(known: readonly string[]): void {
    for (const name of Object.keys(this.record ?? {})) if (!known.includes(name)) this.at(name).wrong(`there is no such property; use ${listed(known)}`);
  }

  at(name: string): Shape {
    return new Shape(this.record?.[name], this.#complain, this.#path === '' ? name : `${this.#path}.${name}`);
  }

  get isAbsent(): boolean {
    return this.#value === undefined;
  }

  text(): string {
    if (typeof this.#value === 'string' && this.#value.trim() === this.#value && this.#value !== '' && !this.#value.includes('\n')) return this.#value;
    this.wrong('one line of text is needed, without space around it');
    return '';
  }

  count(least = 1): number {
    if (Number.isSafeInteger(this.#value) && Number(this.#value) >= least) return Number(this.#value);
    this.wrong(`a whole number from ${least} on is needed`);
    return least;
  }

  flag(): boolean {
    if (typeof this.#value !== 'boolean') this.wrong('true or false is needed');
    return this.#value === true;
  }

  oneOf<const T extends string>(choices: readonly T[]): T {
    const choice = choices.find((each) => each === this.#value);
    if (choice === undefined) this.wrong(`${this.isAbsent ? 'it is missing' : `${JSON.stringify(this.#value)} is none of its values`}; use ${listed(choices)}`);
    return choice ?? choices[0]!;
  }

  list(): Shape[] {
    if (Array.isArray(this.#value)) return this.#value.map((each: unknown, at) => new Shape(each, this.#complain, `${this.#path}[${at}]`));
    this.wrong('a list is needed');
    return [];
  }

  optional<T>(read: (shape: Shape) => T): T | undefined {
    return this.isAbsent ? undefined : read(this);
  }

  wrong(message: string): void {
    this.#complain(`${this.#path === '' ? '' : `${this.#path}: `}${message}.`);
  }

  private get record(): Readonly<Record<string, unknown>> | undefined {
    return typeof this.#value === 'object' && this.#value !== null && !Array.isArray(this.#value) ? (this.#value as Record<string, unknown>) : undefined;
  }
}

export function listed(choices: readonly string[]): string {
  return choices.length <= 1 ? String(choices[0]) : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
}
