/** A primitive as JSON can hold it, or the place of an object in `CloneRecord.objects`. */
export type Encoded = string | number | boolean | null | { readonly object: number } | { readonly special: 'undefined' | 'NaN' | 'Infinity' | '-Infinity' | '-0' } | { readonly bigint: string };

type Entry = readonly [key: string, value: Encoded];

export type ObjectRecord =
  | { readonly kind: 'plain'; readonly entries: Entry[] }
  | { readonly kind: 'array'; readonly length: number; readonly entries: Entry[] }
  | { readonly kind: 'map'; readonly entries: (readonly [Encoded, Encoded])[] }
  | { readonly kind: 'set'; readonly items: Encoded[] }
  | { readonly kind: 'date'; readonly time: Encoded }
  | { readonly kind: 'regexp'; readonly source: string; readonly flags: string }
  | { readonly kind: 'boxed'; readonly value: Encoded }
  | { readonly kind: 'error'; readonly name: string; readonly fields: Entry[] }
  | { readonly kind: 'buffer'; readonly bytes: readonly number[]; readonly maxByteLength?: number }
  /** Without a length: it follows its buffer's. */
  | { readonly kind: 'view'; readonly type: string; readonly buffer: Encoded; readonly byteOffset: number; readonly length?: number }
  /** One that is handed over, not copied: what its kind says of it. */
  | { readonly kind: 'moved'; readonly by: string; readonly plan: unknown };

/** A value in transit between two heaps: plain data, and JSON. Sharing and cycles are kept by place. */
export interface CloneRecord {
  readonly value: Encoded;
  readonly objects: readonly ObjectRecord[];
  /** Places of what was in the transfer list, in its order. */
  readonly transferred: readonly number[];
}

/** Objects that are no copies on the other side: shared memory, ports, what comes from outside. */
export interface MovedKind {
  readonly name: string;
  /** Must be in the transfer list. */
  readonly isTransferred: boolean;
  is(value: unknown): boolean;
  /** What the other side needs; plain data. A transferred one is given up here. */
  plan(value: object): unknown;
  /** The object on the other side. */
  adopt(plan: unknown): object;
}

/** A view over memory that is not the platform's own. */
export interface ForeignView {
  readonly type: string;
  readonly buffer: object;
  readonly byteOffset: number;
  readonly length?: number;
}

/** What cloning has to know of the heap that it reads from or makes objects in. */
export interface CloneRealm {
  readonly kinds: readonly MovedKind[];
  readonly viewOf?: (value: unknown) => ForeignView | undefined;
  /** Constructors of typed arrays and `DataView`, by name; absent: the platform's own. */
  readonly views?: Readonly<Record<string, new (...args: never[]) => object>>;
}
