/** As much of the standard library's types as tells whether code that handles promises, collections and missing values is typed; what is left out is `any`. */
export const smallLibrary = `
interface Anything { [name: string]: any }
interface Object {} interface Function extends Anything {} interface CallableFunction extends Function {} interface NewableFunction extends Function {}
interface IArguments { length: number; [index: number]: any } interface Boolean {} interface RegExp extends Anything {}
interface Number { toFixed(digits?: number): string; toString(radix?: number): string; toLocaleString(...given: any[]): string }
interface String extends Anything { readonly length: number; readonly [index: number]: string; [Symbol.iterator](): IterableIterator<string> }
interface Symbol {} interface SymbolConstructor { readonly iterator: unique symbol; readonly asyncIterator: unique symbol; readonly dispose: unique symbol; readonly asyncDispose: unique symbol; (name?: string): symbol }
declare var Symbol: SymbolConstructor;
interface TemplateStringsArray extends ReadonlyArray<string> { readonly raw: readonly string[] }
interface Iterator<T, R = any, N = any> { next(...given: [] | [N]): IteratorResult<T, R>; return?(value?: R): IteratorResult<T, R>; throw?(error?: any): IteratorResult<T, R> }
type IteratorResult<T, R = any> = { done?: false; value: T } | { done: true; value: R };
interface Iterable<T, R = any, N = any> { [Symbol.iterator](): Iterator<T, R, N> }
interface IterableIterator<T, R = any, N = any> extends Iterator<T, R, N> { [Symbol.iterator](): IterableIterator<T, R, N> }
interface IteratorObject<T, R = unknown, N = unknown> extends Iterator<T, R, N> { [Symbol.iterator](): IteratorObject<T, R, N> }
interface Generator<T = unknown, R = any, N = any> extends IteratorObject<T, R, N> { [Symbol.iterator](): Generator<T, R, N> }
interface AsyncIterator<T, R = any, N = any> { next(...given: [] | [N]): Promise<IteratorResult<T, R>> }
interface AsyncIterable<T, R = any, N = any> { [Symbol.asyncIterator](): AsyncIterator<T, R, N> }
interface AsyncIterableIterator<T, R = any, N = any> extends AsyncIterator<T, R, N> { [Symbol.asyncIterator](): AsyncIterableIterator<T, R, N> }
interface AsyncGenerator<T = unknown, R = any, N = any> extends AsyncIterator<T, R, N> { [Symbol.asyncIterator](): AsyncGenerator<T, R, N> }
interface Disposable { [Symbol.dispose](): void } interface AsyncDisposable { [Symbol.asyncDispose](): PromiseLike<void> }
interface ReadonlyArray<T> extends Anything { readonly length: number; readonly [index: number]: T; [Symbol.iterator](): IterableIterator<T>; map<U>(make: (value: T, index: number) => U): U[]; slice(...given: any[]): T[]; filter(test: (value: T, index: number) => any): T[]; at(index: number): T | undefined; find(test: (value: T, index: number) => any): T | undefined; includes(value: T): boolean; indexOf(value: T): number; join(by?: string): string; forEach(work: (value: T, index: number) => void): void; some(test: (value: T) => any): boolean; every(test: (value: T) => any): boolean; concat(...others: any[]): T[]; reduce(...given: any[]): any }
interface Array<T> extends ReadonlyArray<T> { length: number; [index: number]: T; push(...values: T[]): number; pop(): T | undefined; shift(): T | undefined; unshift(...values: T[]): number; splice(...given: any[]): T[]; sort(by?: (a: T, b: T) => number): this; reverse(): T[]; fill(value: T): this }
declare var Array: any;
interface PromiseLike<T> { then<A = T, B = never>(done?: ((value: T) => A | PromiseLike<A>) | null, failed?: ((reason: any) => B | PromiseLike<B>) | null): PromiseLike<A | B> }
interface Promise<T> { then<A = T, B = never>(done?: ((value: T) => A | PromiseLike<A>) | null, failed?: ((reason: any) => B | PromiseLike<B>) | null): Promise<A | B>; catch<B = never>(failed?: ((reason: any) => B | PromiseLike<B>) | null): Promise<T | B>; finally(last?: (() => void) | null): Promise<T> }
interface PromiseConstructor { new <T>(work: (resolve: (value: T | PromiseLike<T>) => void, reject: (reason?: any) => void) => void): Promise<T>; resolve(): Promise<void>; resolve<T>(value: T): Promise<Awaited<T>>; reject<T = never>(reason?: any): Promise<T>; all(values: any): Promise<any>; race(values: any): Promise<any>; any(values: any): Promise<any>; allSettled(values: any): Promise<any> }
declare var Promise: PromiseConstructor;
type Awaited<T> = T extends null | undefined ? T : T extends object & { then(done: infer F, ...rest: infer _): any } ? F extends (value: infer V, ...rest: infer _) => any ? Awaited<V> : never : T;
interface Map<K, V> { get(key: K): V | undefined; set(key: K, value: V): this; has(key: K): boolean; delete(key: K): boolean; clear(): void; readonly size: number; keys(): IterableIterator<K>; values(): IterableIterator<V>; entries(): IterableIterator<[K, V]>; forEach(work: (value: V, key: K) => void): void; [Symbol.iterator](): IterableIterator<[K, V]> }
interface ReadonlyMap<K, V> { get(key: K): V | undefined; has(key: K): boolean; readonly size: number; keys(): IterableIterator<K>; values(): IterableIterator<V>; entries(): IterableIterator<[K, V]>; forEach(work: (value: V, key: K) => void): void; [Symbol.iterator](): IterableIterator<[K, V]> }
declare var Map: { new <K = any, V = any>(from?: Iterable<readonly [K, V]> | null): Map<K, V> };
interface WeakMap<K, V> { get(key: K): V | undefined; set(key: K, value: V): this; has(key: K): boolean; delete(key: K): boolean }
declare var WeakMap: { new <K = any, V = any>(from?: Iterable<readonly [K, V]> | null): WeakMap<K, V> };
interface Set<T> { add(value: T): this; has(value: T): boolean; delete(value: T): boolean; clear(): void; readonly size: number; keys(): IterableIterator<T>; values(): IterableIterator<T>; forEach(work: (value: T) => void): void; [Symbol.iterator](): IterableIterator<T> }
declare var Set: { new <T = any>(from?: Iterable<T> | null): Set<T> };
type Partial<T> = { [K in keyof T]?: T[K] }; type Required<T> = { [K in keyof T]-?: T[K] }; type Readonly<T> = { readonly [K in keyof T]: T[K] };
type Pick<T, K extends keyof T> = { [P in K]: T[P] }; type Record<K extends keyof any, T> = { [P in K]: T }; type Exclude<T, U> = T extends U ? never : T; type Extract<T, U> = T extends U ? T : never;
type Omit<T, K extends keyof any> = Pick<T, Exclude<keyof T, K>>; type NonNullable<T> = T & {}; type ReturnType<T> = T extends (...given: any) => infer R ? R : any; type Parameters<T> = T extends (...given: infer P) => any ? P : never; type InstanceType<T> = T extends new (...given: any) => infer R ? R : any; type ConstructorParameters<T> = any; type ThisType<T> = unknown;
interface Error { name: string; message: string; stack?: string; cause?: unknown } interface ErrorConstructor { new (message?: string, options?: any): Error; (message?: string): Error; [name: string]: any }
declare var Error: ErrorConstructor; declare var TypeError: ErrorConstructor; declare var RangeError: ErrorConstructor;
declare var Object: any; declare var Function: any; declare var Number: any; declare var String: any; declare var Boolean: any; declare var Math: any; declare var JSON: any; declare var Date: any; declare var RegExp: any; declare var Reflect: any; declare var Proxy: any; declare var console: any; declare var globalThis: any; declare var Atomics: any;
declare var WeakSet: any; declare var WeakRef: any; declare var AbortController: any; declare var setTimeout: any; declare var clearTimeout: any; declare var setInterval: any; declare var clearInterval: any; declare var queueMicrotask: any; declare var structuredClone: any; declare var process: any; declare var fetch: any;
`;
