import type { SharedCall, SharedObjectKind, SharedObjects, SharedWorld, Touches } from '../../agents/shared-objects.js';

export const storageKind = 'storage';

/** What a call is given: a key, or an index for `key`. */
export interface StoragePayload {
  readonly key?: string;
  readonly value?: string;
  readonly index?: number;
}

type Items = ReadonlyMap<string, string>;
const nothing: Items = new Map();

/**
 * Areas of web storage (HTML, section 12.2), by their names: `storage local` is shared by all agents, as by the tabs of a site. Each call is atomic and takes effect at once. Calls
 * conflict if they touch the same key; what counts or lists keys conflicts with whatever adds or removes one.
 */
export const storages: SharedObjectKind = { name: storageKind, create: (world) => new Storages(world) };

class Storages implements SharedObjects {
  readonly #world: SharedWorld;
  readonly #areas = new Map<string, Items>();

  constructor(world: SharedWorld) {
    this.#world = world;
  }

  touches({ object, method, payload }: SharedCall): Touches {
    const items = this.#itemsOf(object);
    const { key = '' } = payload as StoragePayload;
    const names = `${object} names`;
    const item = `${object} item ${key}`;
    switch (method) {
      case 'get': return { reads: [item] };
      // Who adds a key and who adds another do not mind each other; who lists them minds both.
      case 'set': return { reads: items.has(key) ? [] : [names], writes: [item] };
      case 'remove': return items.has(key) ? { reads: [names], writes: [item] } : { reads: [item] };
      case 'clear': return { writes: [names, ...[...items.keys()].map((each) => `${object} item ${each}`)] };
      case 'names': return { writes: [names] };
      default: throw new Error(`a storage area has no method ${method}`);
    }
  }

  perform({ object, method, payload }: SharedCall): unknown {
    const items = this.#itemsOf(object);
    const { key = '', value = '' } = payload as StoragePayload;
    switch (method) {
      case 'get': return items.get(key) ?? null;
      case 'set': return this.#change(object, new Map(items).set(key, value));
      case 'remove': return items.has(key) ? this.#change(object, new Map([...items].filter(([name]) => name !== key))) : null;
      case 'clear': return this.#change(object, nothing);
      default: return [...items.keys()].sort((a, b) => (a < b ? -1 : 1));
    }
  }

  #itemsOf(object: string): Items {
    return this.#areas.get(object) ?? nothing;
  }

  #change(object: string, items: Items): null {
    const before = this.#areas.get(object);
    this.#world.undo(() => (before === undefined ? this.#areas.delete(object) : this.#areas.set(object, before)));
    this.#areas.set(object, items);
    return null;
  }

  logged({ method, payload }: SharedCall, result: unknown): { readonly text: string } {
    const { key, value } = payload as StoragePayload;
    switch (method) {
      case 'get': return { text: `${key} is ${JSON.stringify(result)}` };
      case 'set': return { text: `${key} = ${JSON.stringify(value)}` };
      case 'remove': return { text: `${key} is removed` };
      case 'clear': return { text: 'is emptied' };
      default: return { text: 'is listed' };
    }
  }
}
