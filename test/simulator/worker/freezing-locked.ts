// Runs by itself, in a realm that is locked down: prints what of the prototypes that are frozen member by member a program could change.
import '../../../src/simulator/worker/ses.js';
import { createEvaluator } from '../../../src/simulator/worker/compartment.js';

const evaluate = createEvaluator();
const changed = evaluate(`(function (prototypes) { "use strict";
  const can = (run) => { try { run(); return true; } catch { return false; } };
  return prototypes.flatMap((prototype, rank) => [
    ...Reflect.ownKeys(prototype).filter((key) => can(() => { delete prototype[key]; }) || can(() => Object.defineProperty(prototype, key, { value: {} })) || (key !== '__proto__' && can(() => { prototype[key] = 1; }))).map((key) => rank + ' ' + String(key)),
    ...[0, 'mine', Symbol.for('mine')].filter((key) => can(() => { prototype[key] = 1; })).map((key) => rank + ' takes ' + String(key)),
    ...(Object.isFrozen(prototype) ? [] : [rank + ' is not frozen']),
  ]);
})`) as unknown as (prototypes: readonly object[]) => string[];
const typed = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array].map(({ prototype }) => prototype);
const prototypes = [Object.prototype, Array.prototype, Object.getPrototypeOf(Int8Array.prototype) as object, ...typed];
process.stdout.write(JSON.stringify({ changed: changed(prototypes), isNative: Function.prototype.toString.call(Object.freeze) === 'function freeze() { [native code] }' }));
