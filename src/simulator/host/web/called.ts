import { name } from '../events/event.js';

/** A class of the platform whose source here has another name: the global name means the host's own. */
export function called(Class: { readonly prototype: object }, title: string): void {
  Object.defineProperty(Class, 'name', { value: title, configurable: true });
  name(Class, title);
}
