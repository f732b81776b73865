import type { AsyncHooks } from './async-driver.js';
import { createAwaiter } from './async-function.js';
import { createAsyncGenerators } from './async-generator.js';
import { createAsyncIteration } from './async-iteration.js';
import { disposal } from './async-dispose.js';
import type { EventLoop } from './loop.js';
import type { PromiseCore } from './promise.js';

export type { AsyncHooks } from './async-driver.js';
export { disposalSymbols, SuppressedError } from './async-dispose.js';

/** The helpers that TypeScript's emit to ES2016 calls, by the names of tslib; ticks are those of native async code, not of tslib. */

export function createAsyncHelpers(loop: EventLoop, core: PromiseCore, hooks: AsyncHooks = {}) {
  const runtime = { loop, core, hooks };
  return { __awaiter: createAwaiter(runtime), ...createAsyncGenerators(runtime), ...createAsyncIteration(runtime), ...disposal };
}
