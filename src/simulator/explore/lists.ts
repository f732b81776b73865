/**
 * Lists that are used again and again are overwritten, not emptied. Once the realm is locked down V8 adds to a list quickly by `push` alone, and takes
 * away quickly by `pop` alone: to assign beyond its end, or its length, takes tens of times as long.
 */
export function put<T>(list: T[], at: number, value: T): void {
  if (at < list.length) list[at] = value;
  else list.push(value);
}

/** Keeps the first so many. */
export function shorten(list: unknown[], length: number): void {
  while (list.length > length) list.pop();
}
