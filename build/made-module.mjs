/**
 * A module `raceproof:NAME` whose text is made when it is first asked for, as a plugin for esbuild and one for Vite (and so for vitest).
 * @param {string} name
 * @param {() => string} make
 */
export function madeModule(name, make) {
  const specifier = `raceproof:${name}`;
  let text;
  const textOf = () => (text ??= make());
  return {
    esbuild: {
      name,
      setup(build) {
        build.onResolve({ filter: new RegExp(`^${specifier}$`) }, () => ({ path: specifier, namespace: name }));
        build.onLoad({ filter: /./, namespace: name }, () => ({ contents: textOf(), loader: 'js' }));
      },
    },
    vite: {
      name,
      enforce: 'pre',
      resolveId: (id) => (id === specifier ? `\0${specifier}` : undefined),
      load: (id) => (id === `\0${specifier}` ? textOf() : undefined),
    },
  };
}
