import type { AsyncHooks } from './async-driver.js';
import { registerFromAsync } from './array-from-async.js';
import { createAwaiter } from './async-function.js';
import { createAsyncGenerators } from './async-generator.js';
import { createAsyncIteration } from './async-iteration.js';
import { disposal } from './async-dispose.js';
import type { EventLoop } from './loop.js';
import type { PromiseCore } from './promise.js';

export type { AsyncHooks } from './async-driver.js';
export { disposalSymbols } from './async-dispose.js';
export { installFromAsync } from './array-from-async.js';
export { createDisposableStacks } from './disposable-stacks.js';
export { suppressedError } from './suppressed-error.js';

/** The helpers that TypeScript's emit to ES2016 calls, by the names of tslib; ticks are those of native async code, not of tslib. */

export function createAsyncHelpers(loop: EventLoop, core: PromiseCore, hooks: AsyncHooks = {}) {
  const runtime = { loop, core, hooks };
  registerFromAsync(runtime);
  return { __awaiter: createAwaiter(runtime), ...createAsyncGenerators(runtime), ...createAsyncIteration(runtime), ...disposal };
}
