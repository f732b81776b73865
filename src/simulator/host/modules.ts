import type { OpaqueValues } from '../runtime/opaque.js';

/** What `import` gives inside a program: a model if there is one, else something from outside. */
export function createModules(opaque: OpaqueValues, models: Readonly<Record<string, () => unknown>>): (specifier: unknown) => unknown {
  const loaded = new Map<string, unknown>();
  return (specifier) => {
    const name = String(specifier);
    const known = loaded.get(name);
    if (known) return known;
    const module = Object.hasOwn(models, name) ? models[name]!() : new Proxy({}, opaqueExports(opaque, name));
    loaded.set(name, module);
    return module;
  };
}

/** Every export is opaque, named as the subject imports it; what is not a plain name is the module's own. */
function opaqueExports(opaque: OpaqueValues, module: string): ProxyHandler<object> {
  const made = new Map<PropertyKey, unknown>();
  return {
    get: (_target, key) => {
      if (key === '__esModule') return true;
      if (typeof key === 'symbol') return undefined;
      let value = made.get(key);
      if (!value) made.set(key, (value = opaque.make(key === 'default' ? baseName(module) : key)));
      return value;
    },
    has: (_target, key) => typeof key === 'string',
  };
}

function baseName(module: string): string {
  const name = module.replace(/^.*[/:]/, '').replace(/\.\w+$/, '').replace(/\W+(\w)/g, (_match, letter: string) => letter.toUpperCase());
  return name || 'module';
}
