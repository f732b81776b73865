import type { SourceRange } from './source.js';

/** Replaces a stretch of a text; an empty range inserts. */
export interface TextEdit {
  readonly range: SourceRange;
  readonly text: string;
}

/** A change of the file that holds a finding, meant to cure it. */
export interface Fix {
  /** What it does, as a command: "Read `stock` after the await". */
  readonly title: string;
  /** Of one file, in order, none touching another. */
  readonly edits: readonly TextEdit[];
}

/**
 * A fix with what exploring the changed code says. `proved`: all interleavings were explored and none is wrong, the tasks one after
 * the other do what they did before, and the analyser finds nothing new.
 */
export interface JudgedFix extends Fix {
  readonly verdict: 'proved' | 'unproved';
  /** One sentence: how it was proved, or why it was not. */
  readonly reason: string;
}
