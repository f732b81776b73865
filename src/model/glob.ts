/** True for a path with a wildcard in it. */
export function isGlob(pattern: string): boolean {
  return /[*?{]/.test(pattern);
}

/** `*` and `?` stay within a folder, `**` goes through any number of them, `{a,b}` is one of several. */
export function globToRegExp(pattern: string): RegExp {
  const source = pattern.replace(/^\.\//, '').replace(/\*\*\/|\*\*|[*?{},]|[^\w/]/g, (part) => wildcards[part] ?? `\\${part}`);
  return new RegExp(`^${source}$`);
}

const wildcards: Readonly<Record<string, string>> = { '**/': '(?:[^/]+/)*', '**': '.*', '*': '[^/]*', '?': '[^/]', '{': '(?:', '}': ')', ',': '|' };
