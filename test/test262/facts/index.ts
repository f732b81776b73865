import type { Fact } from './fact.js';
import { facts as promiseConstructor } from './promise-constructor.js';
import { facts as promiseThen } from './promise-then.js';
import { facts as promiseStatics } from './promise-statics.js';
import { facts as promiseCombinators } from './promise-combinators.js';
import { facts as promiseSubclass } from './promise-subclass.js';
import { facts as unhandled } from './unhandled.js';
import { facts as asyncFunctions } from './async-functions.js';
import { facts as awaits } from './await.js';
import { facts as asyncGenerators } from './async-generators.js';
import { facts as yieldStar } from './yield-star.js';
import { facts as forAwait } from './for-await.js';
import { facts as asyncFromSync } from './async-from-sync.js';
import { facts as disposal } from './disposal.js';
import { facts as aggregateError } from './aggregate-error.js';
import { facts as arrayFromAsync } from './array-from-async.js';
import { facts as microtasks } from './microtasks.js';

/** Every fact, by area. */
export const factsByArea: Readonly<Record<string, readonly Fact[]>> = {
  'promise-constructor': promiseConstructor,
  'promise-then': promiseThen,
  'promise-statics': promiseStatics,
  'promise-combinators': promiseCombinators,
  'promise-subclass': promiseSubclass,
  'unhandled': unhandled,
  'async-functions': asyncFunctions,
  'await': awaits,
  'async-generators': asyncGenerators,
  'yield-star': yieldStar,
  'for-await': forAwait,
  'async-from-sync': asyncFromSync,
  'disposal': disposal,
  'aggregate-error': aggregateError,
  'array-from-async': arrayFromAsync,
  'microtasks': microtasks,
};
