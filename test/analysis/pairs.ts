/** A racy piece of code and its cure. */
export type Pair = readonly [name: string, racy: string, cured: string];

/** Both sides of code in which `<<racy|||cured>>` stands where they differ. */
export function pair(name: string, code: string): Pair {
  const part = (side: 1 | 2): string => code.replace(/<<([\s\S]*?)\|\|\|([\s\S]*?)>>/g, (_all, racy: string, cured: string) => (side === 1 ? racy : cured));
  return [name, part(1), part(2)];
}
