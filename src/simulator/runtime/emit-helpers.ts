type Decorator = (target: unknown, key?: PropertyKey, descriptor?: PropertyDescriptor) => unknown;


/**
 * The rest of TypeScript's emit helpers (tslib), as plain functions. They are written for the simulator's world: a decorator from outside (an opaque
 * one) leaves what it decorates as it is. `isOpaque` is asked once for each decorator that is applied; `isOutside` asks the same of any value.
 */
export function emitHelpers(isOpaque: (value: unknown) => boolean, isOutside: (value: unknown) => boolean = () => false): Record<string, unknown> {
  return {
    __rest: (given: unknown, excluded: readonly PropertyKey[]) => {
      if (isOutside(given)) return given;
      const source = Object(given) as Record<PropertyKey, unknown>;
      const rest: Record<PropertyKey, unknown> = {};
      for (const key of Reflect.ownKeys(source)) if (!excluded.includes(key) && Object.prototype.propertyIsEnumerable.call(source, key)) rest[key] = source[key];
      return rest;
    },
    __decorate: (decorators: readonly Decorator[], target: object, key?: PropertyKey, given?: PropertyDescriptor | null) => {
      const own = decorators.filter((decorator) => !isOpaque(decorator));
      if (key === undefined) return own.reduceRight<unknown>((decorated, decorate) => decorate(decorated) ?? decorated, target);
      const descriptor = given === null ? Object.getOwnPropertyDescriptor(target, key) : given;
      const result = own.reduceRight<PropertyDescriptor | undefined>((current, decorate) => (decorate(target, key, current) as PropertyDescriptor | undefined) ?? current, descriptor);
      if (result && own.length > 0) Object.defineProperty(target, key, result);
      return result;
    },
    __esDecorate: (owner: Class | null, given: Descriptor | null, decorators: readonly StandardDecorator[], context: DecoratorContext, initialisers: unknown[], extra: unknown[]) =>
      decorate(owner, given, decorators.filter((decorator) => !isOpaque(decorator)), context, initialisers, extra),
    __runInitializers: (self: unknown, initialisers: readonly ((...args: unknown[]) => unknown)[], ...given: unknown[]) => {
      let [value] = given;
      for (const initialise of initialisers) value = Reflect.apply(initialise, self, given.length > 0 ? [value] : []);
      return given.length > 0 ? value : undefined;
    },
    __param: (index: number, decorate: (target: unknown, key: unknown, index: number) => void) => (isOpaque(decorate) ? decorate : (target: unknown, key: unknown) => decorate(target, key, index)),
    __metadata: () => () => undefined,
    __importDefault: (module: { __esModule?: boolean } | undefined) => (module?.__esModule ? module : { default: module }),
    __importStar: importStar,
    __exportStar: (module: object, exports: object) => {
      for (const key of Object.keys(module)) if (key !== 'default' && !Object.hasOwn(exports, key)) Object.defineProperty(exports, key, { enumerable: true, get: () => (module as Record<string, unknown>)[key] });
    },
    __createBinding: (target: object, module: object, key: string, as = key) => Object.defineProperty(target, as, { enumerable: true, get: () => (module as Record<string, unknown>)[key] }),
    __setFunctionName: (target: object, name: string | symbol, prefix?: string) => Object.defineProperty(target, 'name', { configurable: true, value: prefix ? `${prefix} ${String(name)}` : typeof name === 'symbol' ? `[${name.description ?? ''}]` : name }),
    __propKey: (key: unknown) => (typeof key === 'symbol' ? key : String(key)),
    __makeTemplateObject: (cooked: object, raw: unknown) => Object.freeze(Object.defineProperty(cooked, 'raw', { value: raw })),
    __assign: Object.assign,
    __classPrivateFieldGet: privateGet, __classPrivateFieldSet: privateSet,
    __classPrivateFieldIn: (state: { has(value: unknown): boolean } | object, receiver: unknown) => {
      if (receiver === null || (typeof receiver !== 'object' && typeof receiver !== 'function')) throw new TypeError("Cannot use 'in' operator on non-object");
      return typeof state === 'function' ? receiver === state : (state as WeakMap<object, unknown>).has(receiver);
    },
  };
}

type Class = (new () => unknown) & { readonly prototype: object };
type Descriptor = Record<string, unknown>;
type StandardDecorator = (value: unknown, context: object) => unknown;
interface DecoratorContext { readonly kind: string; readonly name: PropertyKey; readonly static?: boolean; readonly access?: object }

/** Applies decorators to one element or to a class (the decorators proposal, ApplyDecoratorsToElementDefinition), the last first. */
function decorate(owner: Class | null, given: Descriptor | null, decorators: readonly StandardDecorator[], context: DecoratorContext, initialisers: unknown[], extra: unknown[]): void {
  const { kind, name } = context;
  const key = kind === 'getter' ? 'get' : kind === 'setter' ? 'set' : 'value';
  const target = given === null && owner ? (context.static ? owner : owner.prototype) : undefined;
  const descriptor = given ?? ((target ? Object.getOwnPropertyDescriptor(target, name) : undefined) as Descriptor | undefined) ?? {};
  let isDone = false;
  const addInitializer = (initialise: unknown): void => {
    if (isDone) throw new TypeError('Cannot add initializers after decoration has completed');
    extra.push(callable(initialise ?? null));
  };
  for (const apply of [...decorators].reverse()) {
    const own = { ...context, ...(context.access && { access: { ...context.access } }), addInitializer };
    const result = apply(kind === 'accessor' ? { get: descriptor['get'], set: descriptor['set'] } : descriptor[key], own);
    if (kind === 'accessor') replaceAccessors(descriptor, result, initialisers);
    else if (callable(result) === undefined) continue;
    else if (kind === 'field') initialisers.unshift(result);
    else descriptor[key] = result;
  }
  if (target) Object.defineProperty(target, name, descriptor);
  isDone = true;
}

function replaceAccessors(descriptor: Descriptor, result: unknown, initialisers: unknown[]): void {
  if (result === undefined) return;
  if (typeof result !== 'object' || result === null) throw new TypeError('Object expected');
  const { get, set, init } = result as Descriptor;
  if (callable(get)) descriptor['get'] = get;
  if (callable(set)) descriptor['set'] = set;
  if (callable(init)) initialisers.unshift(init);
}

function callable(value: unknown): unknown {
  if (value !== undefined && typeof value !== 'function') throw new TypeError('Function expected');
  return value;
}

/** `import * as all`: of a CommonJS module the names that it exports now, live, and the whole as `default`. */
function importStar(module: unknown): unknown {
  if (module === null || (typeof module !== 'object' && typeof module !== 'function') || (module as { __esModule?: unknown }).__esModule) return module;
  const all = {};
  for (const key of Object.keys(module)) if (key !== 'default') Object.defineProperty(all, key, { enumerable: true, get: () => (module as Record<string, unknown>)[key] });
  return Object.defineProperty(all, 'default', { enumerable: true, value: module });
}

type Kind = 'f' | 'm' | 'a';
interface PrivateState { has(value: unknown): boolean; get(value: unknown): unknown; set(value: unknown, to: unknown): void }
interface StaticState { value: unknown }

function privateGet(receiver: unknown, state: PrivateState & object, kind: Kind, member?: ((...args: unknown[]) => unknown) & StaticState): unknown {
  if (typeof state === 'function' ? receiver !== state || !member : !state.has(receiver)) throw new TypeError('Cannot read private member from an object whose class did not declare it');
  if (kind === 'm') return member;
  if (kind === 'a') return member!.call(receiver);
  return member ? member.value : state.get(receiver);
}

function privateSet(receiver: unknown, state: PrivateState & object, value: unknown, kind: Kind, member?: ((...args: unknown[]) => unknown) & StaticState): unknown {
  if (kind === 'm') throw new TypeError('Private method is not writable');
  if (typeof state === 'function' ? receiver !== state || !member : !state.has(receiver)) throw new TypeError('Cannot write private member to an object whose class did not declare it');
  if (kind === 'a') member!.call(receiver, value);
  else if (member) member.value = value;
  else state.set(receiver, value);
  return value;
}
