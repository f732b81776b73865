/** How calls speak to what keeps values outside the program by their keys: key-value stores, web storage, caches, repositories. */

/** `get(key)`, `getItem(key)`, `findById(id)`; the noun tells `getUser` and `getOrder` of one client apart. */
const ASKING = /^(?:get|read|load|fetch|retrieve)(?:Item|Async|Json|JSON|Object|Value)?$|^(?:get|read|load|fetch|retrieve|find)([A-Z]\w*)$/;
const CHANGING = /^(?:set|put|update|write|save|store)(?:Item|Async|Json|JSON|Object|Value)?$|^(?:set|put|update|write|save|store)([A-Z]\w*)$/;

/** How rows are found: by what, is no part of their noun. */
const BY_WHAT = /^(?:(?:One|First|Unique)(?:By\w*|OrFail|OrThrow)?|By[A-Z]\w*|OneById|OneByOrFail)$/;

export function isStoreRead(name: string): boolean {
  return ASKING.test(name) || /^find(?:One|First|Unique)$/.test(name);
}

export function isStoreWrite(name: string): boolean {
  return CHANGING.test(name);
}

/** What a read or a write is about beside its key, empty if the key is all: `User` of `getUser` and of `updateUser`. */
export function nounOf(name: string): string {
  const noun = ASKING.exec(name)?.[1] ?? CHANGING.exec(name)?.[1] ?? '';
  return BY_WHAT.test(noun) ? '' : noun.replace(/By[A-Z]\w*$/, '');
}

/** Stores that answer in the same turn, and change in the turn of the call whatever comes of it later: the mementos of an editor. */
const AT_ONCE = /^(?:globalState|workspaceState|memento)$/i;

export function isKeptAtOnce(receiver: string): boolean {
  return AT_ONCE.test(receiver);
}

/** What makes several steps one, or has the store refuse a write that comes too late. */
const TOGETHER = /transact|\bmulti\b|\.watch\(|pessimistic|for update|optimistic|version|etag|revision|\bcas\b|lock|mutex|queue|serial|semaphore|exclusive|throttle|debounce|session\b/i;

export function isDoneTogether(text: string): boolean {
  return TOGETHER.test(text);
}
