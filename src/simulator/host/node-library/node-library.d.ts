/** Parts of Node's own library as text of this bundle; see build/node-library.mjs. */
declare module 'raceproof:node-library' {
  /** `world`: values for the free names of the text; `external`: modules that are not in it. Gives the library's `require`. */
  export function instantiate(world: Readonly<Record<string, unknown>>, external: (name: string) => unknown): (name: string) => unknown;
}
