export const processKind = 'process';
/** The scenario's own process. */
export const rootPid = 1;
/** What `process.execPath` says. */
export const execPath = '/usr/local/bin/node';

export type Serialization = 'json' | 'advanced';

/** Where one of a child's standard streams leads: to its parent's own, nowhere, or into a pipe (identity of `pipes`). */
export type StandardStream = 'inherit' | 'ignore' | { readonly pipe: string; /** Made for this process; else one that it inherits. */ readonly isNew: boolean };

/** What a child process is started with. Plain data. */
export interface ProcessEntry {
  /** Of the linked program, from its root. */
  readonly file: string;
  /** Its identity; its main thread is the agent of this name. */
  readonly process: string;
  readonly pid: number;
  readonly ppid: number;
  /** Behind the names of Node and of the file. */
  readonly argv: readonly string[];
  /** Null: that of the scenario, of which nothing is known. */
  readonly env: Readonly<Record<string, string>> | null;
  /** How messages to who started it are written; null: there is no channel. */
  readonly serialization: Serialization | null;
  /** Standard input, output and error. */
  readonly stdio: readonly [StandardStream, StandardStream, StandardStream];
  /** Bytes that a pipe holds. */
  readonly pipeCapacity: number;
}

/** How a process has ended: by itself, or by a signal. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: string | null;
}
