import type { Fact } from './fact.js';

/** AggregateError. */
export const facts: readonly Fact[] = [
  ['takes any iterable, with and without new',
    `log(AggregateError([1, 2]).errors.join(), new AggregateError(new Set([3])).errors.join(), AggregateError('ab').errors.join()); name(() => new AggregateError()); name(() => new AggregateError({}));`,
    '1,2 3 a,b | TypeError | TypeError'],
  ['message, cause, errors are own and hidden',
    `const e = new AggregateError([], 'm', { cause: 7 }); log(Object.keys(e).length, e.message, e.cause, Object.getOwnPropertyNames(e).includes('errors'), 'errors' in AggregateError.prototype);`,
    '0 m 7 true false'],
  ['is an Error, of length 2',
    'log(new AggregateError([]) instanceof Error, AggregateError.length, AggregateError.prototype.name, Object.getPrototypeOf(AggregateError) === Error);',
    'true 2 AggregateError true'],
  ['can be extended',
    `class Mine extends AggregateError { name = 'Mine'; } log(String(new Mine([1], 'text')), new Mine([1]).errors.length);`,
    'Mine: text 1'],
];
