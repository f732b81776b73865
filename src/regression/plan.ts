/** A value as a test writes it down. */
export type Value =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null | undefined }
  | { readonly kind: 'array'; readonly items: readonly Value[] }
  /** `label`: the value from outside that it stands in for. */
  | { readonly kind: 'object'; readonly entries: readonly (readonly [key: string, value: Value])[]; /** Its declared type asks for more, or is not known. */ readonly isPartial?: boolean; readonly label?: string }
  /** `Map` and `Set`, with their entries as pairs or items. */
  | { readonly kind: 'collection'; readonly name: 'Map' | 'Set'; readonly items: readonly Value[] }
  /** The text of a number or a date that no literal writes. */
  | { readonly kind: 'expression'; readonly text: string }
  | { readonly kind: 'stub'; readonly stub: Stub }
  /** A class whose instances are `instance`. */
  | { readonly kind: 'class'; readonly instance: Value };

/** A function from outside that the test plays, under a name of its own. */
export interface Stub {
  readonly name: string;
  /** The value from outside that it stands in for. */
  readonly label: string;
  /** The calls of the witness, in their order. */
  readonly calls: readonly StubCall[];
  /** What other executions ask for, by `key`. */
  readonly others: readonly Pick<StubCall, 'key' | 'value'>[];
  /** What further calls give. */
  readonly fallback: Value;
  readonly isPromise: boolean;
  /** It calls its argument of this rank with this value, and gives what that gives. */
  readonly callback?: { readonly position: number; readonly value: Value };
  /** It calls its argument of this rank with these values, later. */
  readonly later?: Later;
  /** The test counts how many of its calls are under way at once. */
  isWatched: boolean;
}

/** How a stub calls back what it was handed. */
export interface Later {
  readonly position: number;
  readonly given: readonly Value[];
  /** For each call of the witness, the variable that holds its turn; absent: it is never called back. */
  readonly turns: readonly (string | undefined)[];
}

export interface StubCall {
  readonly task: string;
  readonly value: Value;
  /** The arguments as JSON, if they are plain. */
  readonly key?: string;
  /** The variable that holds the promise which the test settles; absent: it is settled from the start. */
  readonly pending?: string;
}

export interface TaskCall {
  /** Its variable. */
  readonly name: string;
  readonly call: Call;
}

/** A call of something that the subject exports, or of a member of what was made of it. */
export interface Call {
  readonly callee: string;
  readonly isNew: boolean;
  readonly arguments: readonly Value[];
}

export type Step =
  | { readonly kind: 'start'; readonly task: number }
  /** `isFailure`: the promise is rejected. */
  | { readonly kind: 'settle'; readonly pending: string; readonly value: Value; readonly about: string; readonly isFailure?: boolean }
  /** A module that is imported while the calls run has been loaded. */
  | { readonly kind: 'import'; readonly about: string }
  /** `isInterval`: it would fire again and again. */
  | { readonly kind: 'timer'; readonly milliseconds: number; readonly isInterval: boolean };

/** Something that a test can look at when all is over. */
export type Observer =
  | { readonly kind: 'state'; readonly name: string; readonly expression: string; /** It is what the finding is about. */ readonly isLocation: boolean }
  | { readonly kind: 'statuses' }
  /** How one task has ended, with what it gave. */
  | { readonly kind: 'result'; readonly task: number }
  | { readonly kind: 'results' }
  | { readonly kind: 'calls'; readonly stub: Stub }
  | { readonly kind: 'arguments'; readonly stub: Stub }
  | { readonly kind: 'most'; readonly stub: Stub }
  | { readonly kind: 'finished' };

/** What a test puts in the place of a module. */
export interface StandIn {
  readonly specifier: string;
  /** The file that imports it so, as `SourceText.file`. */
  readonly importer: string;
  readonly entries: readonly (readonly [name: string, value: Value])[];
  readonly isRequired: boolean;
  /** What else the module exports stays as it is. */
  readonly isPart: boolean;
}

/**
 * What of the imports a test replaces: all that the witness has used; beside it all that is loaded without being used, so that the subject is alone; or only what holds the order, with what else its
 * module exports as it is.
 */
export type Replaced = 'all' | 'alone' | 'timely';

/** All of a regression test but how it is written down. */
export interface TestPlan {
  /** The file under test. */
  readonly file: string;
  readonly title: string;
  /** What went wrong, for the comment above the test. */
  readonly story: string;
  /** Names imported from the file under test. */
  readonly imports: readonly { readonly local: string; readonly exported: string }[];
  readonly isCommonJs: boolean;
  readonly modules: readonly StandIn[];
  readonly globals: readonly (readonly [name: string, value: Value])[];
  /** Variables of the environment that have to be set. */
  readonly environment: readonly (readonly [name: string, value: Value])[];
  readonly stubs: readonly Stub[];
  /** Variables, in the order in which they are made. */
  readonly objects: readonly { readonly name: string; readonly call: Call; readonly isAwaited: boolean }[];
  /** Fields that are set before the tasks start. */
  readonly assignments: readonly { readonly target: string; readonly value: Value }[];
  /** Calls that run to their end before the tasks start. */
  readonly prelude: readonly Call[];
  readonly tasks: readonly TaskCall[];
  readonly steps: readonly Step[];
  readonly observers: readonly Observer[];
  /** Only the order in which the tasks have started tells what is right: the answer to the last question stays. */
  readonly isOrdered: boolean;
  /** The witness makes all calls in one turn. */
  readonly isTogether: boolean;
  /** What would let a test see what the finding is about, if nothing shows it. */
  readonly remedy?: string;
}

/** Why no test can be written, in one line that goes on after "no test: ". */
export class NoTest extends Error {
  override readonly name = 'NoTest';
}

export const nothing: Value = { kind: 'literal', value: undefined };
