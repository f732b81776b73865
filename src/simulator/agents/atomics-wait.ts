import { waitableCell } from './atomics-places.js';
import { toIntegerOrInfinity } from './elements.js';
import type { Cell, ElementValue } from './operations.js';
import type { View } from './views.js';

/** Atomics.wait, waitAsync and notify (ECMA-262, 25.4.12 to 25.4.15) on views. Every agent may wait, the main one too: so it is in Node. */
export const waiting: Readonly<Record<string, (view: View, args: readonly unknown[]) => unknown>> = {
  wait(view, args) {
    const { access } = view.buffer;
    return access.perform({ kind: 'wait', site: access.site, ...waitedFor(view, args) });
  },

  waitAsync(view, args) {
    const { access } = view.buffer;
    const asked = waitedFor(view, args);
    const token = access.identify('waiter');
    const answer = access.perform({ kind: 'wait-async', site: access.site, ...asked, token });
    if (answer !== 'waiting') return { async: false, value: answer };
    const value = new access.realm.Promise((resolve) => access.onInput(token, resolve));
    return { async: true, value };
  },

  notify(view, [index, given]) {
    const cell = waitableCell(view, index);
    const count = given === undefined ? Infinity : Math.max(toIntegerOrInfinity(given), 0);
    const { access } = view.buffer;
    return access.perform({ kind: 'notify', site: access.site, cell, count });
  },
};

function waitedFor(view: View, [index, value, given]: readonly unknown[]): { readonly cell: Cell; readonly expected: ElementValue; readonly timeout: number } {
  const cell = waitableCell(view, index);
  const expected = view.convert(value);
  const timeout = +(given as number);
  return { cell, expected, timeout: Number.isNaN(timeout) ? Infinity : Math.max(timeout, 0) };
}
