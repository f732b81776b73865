type ModuleMaker = () => unknown;

/** Modules of Node that are not there: whatever is used of one says so by its name. */
export function refused(...modules: readonly string[]): Record<string, ModuleMaker> {
  return Object.fromEntries(modules.map((module) => [module, () => new Proxy({}, { get: (_target, key) => member(module, key) })]));
}

/** Both namespace and default imports find it; it is no thenable, so that it can be waited for. */
function member(module: string, key: PropertyKey): unknown {
  if (key === '__esModule') return true;
  return typeof key === 'symbol' || key === 'then' ? undefined : refusal(key === 'default' ? module : `${module}.${String(key)}`);
}

/** Members of `default` are refused by their own names when they are called. */
function refusal(name: string): unknown {
  const refuse = (): never => { throw new Error(`${name} is not simulated`); };
  return new Proxy(refuse, { get: (target, key) => (typeof key === 'symbol' || key in target ? (target as unknown as Record<PropertyKey, unknown>)[key] : refusal(`${name}.${key}`)), construct: refuse });
}
