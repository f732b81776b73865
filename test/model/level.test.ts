import { expect, test } from 'vitest';
import { levelOf, noConfiguration } from '../../src/model/index.js';
import { findings } from '../analysis/expectations.js';

const [certain] = findings('export function f(port, data: ArrayBuffer) { port.postMessage(data, [data]); return new Uint8Array(data); }');
const [open] = findings('let n = 0; export async function f() { n = n + (await g()); }');

test('what follows from the text alone is a warning, what could not be proved is not', () => {
  expect(levelOf(certain!, 'unproven', noConfiguration)).toBe('warning');
  expect(levelOf(open!, 'unproven', noConfiguration)).toBe('information');
});

test('a configuration says what it is worth, as of what is confirmed', () => {
  const configuration = { ...noConfiguration, rules: { 'use-after-transfer': 'error' }, severities: { confirmed: 'information', unproven: 'off' } } as const;
  expect(levelOf(certain!, 'unproven', configuration)).toBe('error');
  expect(levelOf(certain!, 'unproven', { ...configuration, rules: {} })).toBe('information');
  expect(levelOf(open!, 'unproven', configuration)).toBe('off');
});
