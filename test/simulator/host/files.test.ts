import { describe, expect, it } from 'vitest';
import { runNatively } from '../native-run.js';
import { runSimulated } from '../simulated-run.js';
import { calls, numberedCalls, ownProgram, program, programs } from './files-programs.js';

/** Each program has the same log as in Node itself, results and errors. */
function compare(texts: Readonly<Record<string, string>>): void {
  const names = Object.keys(texts);
  const native = runNatively(Object.values(texts));
  const simulated = runSimulated(Object.values(texts));
  names.forEach((name, index) => it(name, () => {
    expect(native[index]!.length).toBeGreaterThan(0);
    expect(simulated[index]).toEqual(native[index]);
  }));
}

const inForm = (form: 'sync' | 'callback' | 'promise', tables: object = {}): Record<string, string> => Object.fromEntries(Object.entries({ ...calls, ...tables }).map(([name, table]) => [name, program(table as (typeof calls)[string], form)]));

describe('fs, as in Node: at once', () => compare(inForm('sync', numberedCalls)));
describe('fs, as in Node: with callbacks', () => compare(inForm('callback', numberedCalls)));
describe('fs, as in Node: promises', () => compare(inForm('promise')));
describe('fs, as in Node: programs', () => compare(Object.fromEntries(Object.entries(programs).map(([name, text]) => [name, ownProgram(text)]))));
