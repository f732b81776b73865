import { DOMException as SimulatedException, nodeError } from '../events/errors.js';

type ErrorClass = new (message: string) => Error;
const classes: Readonly<Record<string, ErrorClass>> = { RangeError, SyntaxError, TypeError };

/** What the host throws is no object of the frozen realm: the subject is given an error that says the same. */
export function ofThisRealm<T>(run: () => T, code?: string): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error instanceof DOMException) throw new SimulatedException(error.message, error.name);
    const given: unknown = (error as { code?: unknown }).code;
    const Class = classes[error.name] ?? Error;
    throw typeof given === 'string' ? nodeError(Class, given, error.message) : code === undefined ? new Class(error.message) : nodeError(Class, code, error.message);
  }
}
