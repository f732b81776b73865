import type { OpaqueValues } from '../runtime/opaque.js';

/** What `import` gives inside a program: a model if there is one, else something from outside, or what `over` puts before that. */
export function createModules(opaque: OpaqueValues, models: Readonly<Record<string, () => unknown>>, over: (name: string, outside: object) => object = (_name, outside) => outside): (specifier: unknown) => unknown {
  const loaded = new Map<string, unknown>();
  return (specifier) => {
    const name = String(specifier);
    const known = loaded.get(name);
    if (known) return known;
    const module = Object.hasOwn(models, name) ? models[name]!() : over(name, new Proxy(function module() {}, opaqueExports(opaque, name)));
    loaded.set(name, module);
    return module;
  };
}

/** Every export is opaque, named as the subject imports it; what is not a plain name is the module's own. CommonJS may call the module itself. */
function opaqueExports(opaque: OpaqueValues, module: string): ProxyHandler<() => void> {
  const made = new Map<PropertyKey, object>();
  const exported = (key: string): object => {
    const known = made.get(key);
    if (known) return known;
    const label = key === 'default' ? baseName(module) : key;
    opaque.found({ kind: 'import', value: label, specifier: module, name: key });
    const value = opaque.make(label);
    made.set(key, value);
    return value;
  };
  const whole = (): (...args: unknown[]) => unknown => exported('default') as () => unknown;
  return {
    // No module is taken for a promise.
    get: (_target, key) => (key === '__esModule' ? true : typeof key === 'symbol' || key === 'then' ? undefined : exported(key)),
    has: (_target, key) => typeof key === 'string',
    apply: (_target, self, args: unknown[]) => Reflect.apply(whole(), self, args),
    construct: (_target, args: unknown[]) => Reflect.construct(whole(), args) as object,
  };
}

function baseName(module: string): string {
  const name = module.replace(/^.*[/:]/, '').replace(/\.\w+$/, '').replace(/\W+(\w)/g, (_match, letter: string) => letter.toUpperCase());
  return name || 'module';
}
