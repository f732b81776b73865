import { installFromAsync } from '../runtime/array-from-async.js';
import type { Subject } from '../runtime/runner.js';

interface CompartmentConstructor {
  new (options: { readonly globals?: object; readonly __options__: true }): { readonly globalThis: object; evaluate(text: string, options?: object): unknown };
}

/**
 * Freezes the realm's intrinsics (`lockdown`) and gives a function that evaluates programs in a compartment without any authority:
 * no ambient object, no import, and constructors that cannot evaluate text outside it. Needs `ses` to be loaded.
 */
export function createEvaluator(): (code: string) => Subject {
  const realm = globalThis as unknown as { lockdown(options: object): void; harden<T>(value: T): T; Compartment: CompartmentConstructor };
  installFromAsync();
  realm.lockdown({ errorTaming: 'unsafe', consoleTaming: 'unsafe', overrideTaming: 'severe', stackFiltering: 'concise', errorTrapping: 'none', unhandledRejectionTrapping: 'none', reporting: 'none' });
  const compartment = new realm.Compartment({ __options__: true });
  // Neither executions nor programs must leak into each other through the global object: once it is hardened, one compartment serves all.
  realm.harden(compartment.globalThis);
  // Dynamic imports were rewritten when the program was compiled; what is left of the word stands in strings.
  return (code) => compartment.evaluate(code, { __evadeImportExpressionTest__: true, __evadeHtmlCommentTest__: true }) as Subject;
}
