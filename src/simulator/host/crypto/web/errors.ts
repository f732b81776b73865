import { DOMException, nodeError } from '../../events/errors.js';

/** What Web Crypto rejects with. */
export function failure(name: 'DataError' | 'InvalidAccessError' | 'NotSupportedError' | 'OperationError' | 'QuotaExceededError' | 'SyntaxError' | 'TypeMismatchError', message: string): Error {
  return new DOMException(message, name);
}

/** A parameter that an algorithm cannot do without. */
export function missing(member: string, dictionary: string): Error {
  return nodeError(TypeError, 'ERR_MISSING_OPTION', `Failed to normalize algorithm: '${member}' is required in '${dictionary}'`);
}

export function wrongType(what: string): Error {
  return nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', what);
}
