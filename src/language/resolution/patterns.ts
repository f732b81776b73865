/** A name with at most one `*`, as in `paths` of a tsconfig and in `exports` of a package. */
export function matchPattern(pattern: string, name: string): string | undefined {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === name ? '' : undefined;
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  const isMatch = name.length >= before.length + after.length && name.startsWith(before) && name.endsWith(after);
  return isMatch ? name.slice(before.length, name.length - after.length) : undefined;
}

/** Patterns that fit `name`, the one with the longest text before its star first; with what the star stands for. */
export function matchingPatterns(patterns: readonly string[], name: string): { readonly pattern: string; readonly star: string }[] {
  const found = patterns.flatMap((pattern) => {
    const star = matchPattern(pattern, name);
    return star === undefined ? [] : [{ pattern, star }];
  });
  const weight = ({ pattern }: { readonly pattern: string }): number => (pattern.includes('*') ? pattern.indexOf('*') : Infinity);
  return found.sort((a, b) => weight(b) - weight(a));
}
