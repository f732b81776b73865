import { expect, test } from 'vitest';
import { findingsIn } from './expectations.js';

const drain = 'while (this.line.length > 0) { await work(this.line[0]); this.line.shift(); }';

/** Jobs that stand in line: whoever finds itself alone there works for all. */
const cases: readonly (readonly [name: string, code: string, found: readonly string[]])[] = [
  ['who is alone in line begins', `export class Jobs { line: Job[] = []; add(job: Job) { this.line.push(job); if (this.line.length === 1) void this.drain(); } private async drain() { ${drain} } }`, []],
  ['who is not alone goes', `export class Jobs { line: Job[] = []; async add(job: Job) { this.line.push(job); if (this.line.length > 1) return; ${drain} } }`, []],
  ['whoever comes begins', `export class Jobs { line: Job[] = []; async add(job: Job) { this.line.push(job); ${drain} } }`, ['check-then-act Jobs#line[*]']],
  ['whoever is the second begins as well', `export class Jobs { line: Job[] = []; async add(job: Job) { this.line.push(job); if (this.line.length > 2) return; ${drain} } }`, ['check-then-act Jobs#line[*]']],
  ['who is alone after a wait begins', `export class Jobs { line: Job[] = []; async add(job: Job) { this.line.push(job); await saved(job); if (this.line.length > 1) return; ${drain} } }`, ['check-then-act Jobs#line[*]']],
  ['the line may be empty meanwhile', `export class Jobs { line: Job[] = []; failed: Job[] = []; async add(job: Job) { this.line.push(job); this.failed.push(job); if (this.failed.length > 1) return; this.failed.pop(); ${drain} } }`, ['check-then-act Jobs#line[*]']],
];

test.each(cases)('%s', (_name, code, found) => {
  expect(findingsIn(code)).toEqual(found);
});
