import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import type { Realm } from './realm.js';

/** `machinery`: unsealed, a new realm for each test. `subject`: as a scenario's program runs, one realm for all tests. */
export type Mode = 'machinery' | 'subject';

/** Symbols that Node adds to its main realm only. */
const symbols = `for (const name of ['dispose', 'asyncDispose']) if (!Symbol[name]) Object.defineProperty(Symbol, name, { value: Symbol('Symbol.' + name) });`;

/** Makes realms from a bundle, each with intrinsics of its own and the simulator in it. */
export function realmFactory(bundle: string): () => Realm {
  const script = new vm.Script(readFileSync(bundle, 'utf8'), { filename: bundle });
  return () => {
    const context = vm.createContext({ structuredClone, DOMException, btoa, atob });
    vm.runInContext(symbols, context);
    script.runInContext(context);
    return vm.runInContext('simulatorRealm.open()', context) as Realm;
  };
}
