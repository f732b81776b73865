/**
 * One fact of the language, as test262 tests it, in our own words: what it says, a program, the lines that the program logs (joined
 * by ` | `), and the built-in that an engine must have to know it.
 */
export type Fact = readonly [what: string, program: string, logs: string, needs?: string];

/** The names that the programs use; `print` is the runner's. */
export const prelude = `
const log = (...parts) => print(parts.map(String).join(' '));
/** Logs the name of the error that is thrown. */
const name = (run) => { try { run(); log('no error'); } catch (error) { log(error.name); } };
/** Logs the number of each of the next ticks. */
const ticks = (count) => { let promise = Promise.resolve(); for (let i = 1; i <= count; i++) promise = promise.then(() => log(i)); };
/** A promise for \`value\`, so many turns from now. */
const later = (turns, value) => new Promise((resolve) => setTimeout(() => resolve(turns > 1 ? later(turns - 1, value) : value)));
const resource = (label, error) => ({ async [Symbol.asyncDispose]() { log('dispose', label); if (error) throw error; } });
`;
