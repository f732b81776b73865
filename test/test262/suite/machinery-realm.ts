import { installFromAsync } from '../../../src/simulator/runtime/async.js';
import type { Subject } from '../../../src/simulator/runtime/runner.js';
import { createRealm, type Realm } from './realm.js';

/** The machinery alone, in a realm that the test may change: what the suite's tests of properties and patched built-ins need. */
export function open(): Realm {
  installFromAsync();
  return createRealm({ evaluate: (code) => (0, eval)(code) as Subject, isSubject: false });
}
