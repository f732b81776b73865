import type { Mode } from './realms.js';

/** A class of failures that are known: what `matches` finds in `path: failure`, and how many of the suite it takes in. */
export interface Exception {
  readonly mode: Mode;
  readonly reason: string;
  readonly matches: RegExp;
  readonly count: number;
}

/** How a test that was run came out: what went wrong in each mode, if anything. */
export type Outcome = { readonly path: string } & { readonly [mode in Mode]: string | undefined };

/** Failures by class. A test that fails in the machinery itself says nothing more as a subject. */
export function classify(outcomes: readonly Outcome[], exceptions: readonly Exception[]): { counts: Map<Exception, number>; unexpected: string[] } {
  const counts = new Map(exceptions.map((exception) => [exception, 0]));
  const unexpected: string[] = [];
  for (const { path, machinery, subject } of outcomes) {
    const mode = machinery === undefined ? 'subject' : 'machinery';
    const failure = machinery ?? subject;
    if (failure === undefined) continue;
    const line = `${path}: ${failure}`;
    const exception = exceptions.find((one) => one.mode === mode && one.matches.test(line));
    if (exception) counts.set(exception, counts.get(exception)! + 1);
    else unexpected.push(`fails (${mode}): ${line.split('\n')[0]}`);
  }
  return { counts, unexpected };
}

/** The classes whose number is not the one that is written down, a line each. */
export function changed(counts: ReadonlyMap<Exception, number>): string[] {
  return [...counts].filter(([{ count }, found]) => count !== found)
    .map(([{ mode, reason, count }, found]) => `${found} instead of ${count} fail (${mode}): ${reason}`);
}
