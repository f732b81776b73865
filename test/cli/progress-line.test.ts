import { expect, it } from 'vitest';
import { progressLine } from '../../src/cli/progress-line.js';

it.each([
  [12_345, 0.3, '12,345 executions, about 30 % explored'],
  [1, 0.0001, '1 execution, less than 1 % explored'],
  [2, 0.012, '2 executions, about 1 % explored'],
  [1_000_000, 0.9999, '1,000,000 executions, nearly all explored'],
])('%i executions, %d: %s', (executions, fraction, line) => expect(progressLine({ executions, transitions: 0, fraction })).toBe(line));
