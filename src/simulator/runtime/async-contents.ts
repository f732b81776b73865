import { isObject } from './plain-access.js';

/** What `for await` iterates in place of `iterable`: `suspend` is told before each step. */
export function suspendingIterable(iterable: object, suspend: () => void): object {
  const open = (iterable as { [Symbol.asyncIterator]?: () => AsyncIterator<unknown> })[Symbol.asyncIterator];
  if (typeof open !== 'function') {
    suspend();
    return iterable;
  }
  return {
    [Symbol.asyncIterator]: () => {
      const iterator = open.call(iterable);
      if (!isObject(iterator)) return iterator;
      const { next } = iterator;
      return {
        next: () => {
          suspend();
          return Reflect.apply(next, iterator, []);
        },
        get return() {
          const close = iterator.return;
          return close && (() => Reflect.apply(close, iterator, []));
        },
      };
    },
  };
}
