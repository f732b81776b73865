import type { Assertion } from './choose.js';
import type { Observer, Value } from './plan.js';
import type { Sheet } from './sheet.js';
import { isNothing } from './write-value.js';

/** What is looked at, as an expression. */
export function readingOf(sheet: Sheet, observer: Observer): string {
  switch (observer.kind) {
    case 'state': return observer.expression;
    case 'statuses': return 'results.map(({ status }) => status)';
    case 'result': return `results[${observer.task}]`;
    case 'results': return `results.map((result) => (result.status === ${sheet.w.string('fulfilled')} ? result.value : String(result.reason)))`;
    case 'calls': return sheet.framework.callCount(sheet.stub(observer.stub));
    case 'arguments': return sheet.framework.asserts === 'assert' ? `${sheet.stub(observer.stub)}.mock.calls.map((call) => call.arguments)` : `${sheet.stub(observer.stub)}.mock.calls`;
    case 'most': return `${sheet.stub(observer.stub)}.most`;
    case 'finished': return sheet.isKept ? 'isOver' : 'results.map(({ status }) => status)';
  }
}

/** Demands one of the values that are right. */
export function writeAssert(sheet: Sheet, { observer, expected }: Assertion): void {
  const { w } = sheet;
  const actual = readingOf(sheet, observer);
  const texts = expected.map((value) => sheet.value(value));
  if (sheet.framework.asserts === 'assert') return assertWithNode(sheet, actual, expected, texts);
  if (observer.kind === 'calls') return w.say(`expect(${sheet.stub(observer.stub)}).toHaveBeenCalledTimes(${texts[0]})`);
  if (texts.length > 1) return w.say(`expect(${listOf(sheet, texts)}).${expected.every(isPrimitive) ? 'toContain' : 'toContainEqual'}(${actual})`);
  w.say(`expect(${actual}).${isPrimitive(expected[0]!) ? (isNothing(expected[0]!) ? 'toBeUndefined()' : `toBe(${texts[0]})`) : `toEqual(${texts[0]})`}`);
}

function assertWithNode(sheet: Sheet, actual: string, expected: readonly Value[], texts: readonly string[]): void {
  const { w } = sheet;
  if (texts.length === 1) return w.say(`assert.${isPrimitive(expected[0]!) ? 'equal' : 'deepEqual'}(${actual}, ${texts[0]})`);
  if (expected.every(isPrimitive)) return w.say(`assert.ok([${texts.join(', ')}].includes(${actual}), \`\${${actual}} is none of ${texts.join(', ').replaceAll('`', "'")}\`)`);
  w.say(`const text = JSON.stringify(${actual})`);
  w.say(`assert.ok(${listOf(sheet, texts)}.some((one) => JSON.stringify(one) === text), text)`);
}

const longestList = 80;

/** One line, or one for each. */
function listOf({ w: { style } }: Sheet, texts: readonly string[]): string {
  const line = `[${texts.join(', ')}]`;
  return line.length <= longestList && !line.includes('\n') ? line : `[\n${texts.map((text) => `${style.indent}${text.replaceAll('\n', `\n${style.indent}`)},\n`).join('')}]`;
}

function isPrimitive(value: Value): boolean {
  return value.kind === 'literal';
}
