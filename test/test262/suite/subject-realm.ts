import '../../../src/simulator/worker/ses.js';
import { createEvaluator } from '../../../src/simulator/worker/compartment.js';
import { createRealm, type Realm } from './realm.js';

/** As every subject runs: in a compartment of a realm that is locked down, with what executions share sealed. */
export const open = (): Realm => createRealm({ evaluate: createEvaluator(), isSubject: true });
