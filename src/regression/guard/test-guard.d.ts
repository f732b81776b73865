/** The guard of trial runs (guard/node-entry.ts) as text of this bundle; see build/test-guard.mjs. */
declare module 'raceproof:test-guard' {
  /** CommonJS that expects `RACEPROOF_BOUNDS` before it. */
  export const guardText: string;
}
