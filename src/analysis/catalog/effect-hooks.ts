/** How a library has a component's effects run again: whenever what they depend on has changed. */
export interface EffectHooks {
  readonly modules: RegExp;
  /** `hook(effect, [dependencies])`. What an effect returns is called before it runs again. */
  readonly listed: readonly string[];
  /** `hook(source, effect)`: the effect is handed what the source gives. */
  readonly watching: readonly string[];
  /** `hook(effect)`: it depends on whatever it reads at first. */
  readonly tracking: readonly string[];
}

/** Libraries of components, by what they are imported from; programs hand them on under such names, too: `@app/shared/react`. */
export const effectHooks: readonly EffectHooks[] = [
  { modules: /(?:^|\/)(?:react|preact|preact\/hooks|preact\/compat)$/, listed: ['useEffect', 'useLayoutEffect', 'useInsertionEffect'], watching: [], tracking: [] },
  { modules: /^(?:vue|@vue\/composition-api|@vue\/reactivity|@vue\/runtime-core|@vue\/runtime-dom)$/, listed: [], watching: ['watch'], tracking: ['watchEffect', 'watchPostEffect', 'watchSyncEffect'] },
];

/** What makes a cell whose `value` a component shows. */
export const shownCells: ReadonlySet<string> = new Set(['ref', 'shallowRef', 'customRef']);
