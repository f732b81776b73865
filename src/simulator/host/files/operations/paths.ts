/** The path from the root, without `.`, `..` and doubled slashes. */
export function absolute(path: string): string {
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return `/${names.join('/')}`;
}

/** As `absolute`, but what is relative stays so, and so does a slash at the end. */
export function whole(path: string): string {
  return `${absolute(path).slice(path.startsWith('/') ? 0 : 1)}${/.\/$/.test(path) ? '/' : ''}`;
}
