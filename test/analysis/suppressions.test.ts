import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analysis/index.js';

const racy = (comment: string, file = ''): string => `${file}
let n = 0;
export async function f(g) {
  ${comment}
  n = n + (await g());
}`;

const told = (text: string, rules?: readonly string[], file = 'subject.ts') => {
  const { findings, suppressed, suppressionProblems } = analyse({ file, text }, rules ? { rules } : {});
  return { shown: findings.map(({ rule }) => rule), suppressed: suppressed.map(({ rule }) => rule), problems: suppressionProblems.map(({ kind, range }) => `${range.start.line}:${range.start.column} ${kind}`) };
};

const quiet = { shown: [], suppressed: ['lost-update'], problems: [] };
const shown = (...problems: string[]) => ({ shown: ['lost-update'], suppressed: [], problems });

describe('a suppression', () => {
  it.each([
    ['a line comment', '// raceproof-ignore-next-line lost-update: one writer only'],
    ['a block comment', '/* raceproof-ignore-next-line lost-update: one writer only */'],
    ['a block of several lines', '/*\n   * raceproof-ignore-next-line lost-update:\n   * one writer only\n   */'],
    ['several rules', '// raceproof-ignore-next-line lost-update, lost-update : one: writer only'],
    ['another comment between', '// raceproof-ignore-next-line lost-update: one writer only\n  // eslint-disable-next-line'],
  ])('by %s keeps the finding quiet', (_name, comment) => {
    expect(told(racy(comment))).toEqual(quiet);
  });

  it('of a file keeps the whole file quiet', () => {
    expect(told(racy('', '// raceproof-ignore-file lost-update: a model of the race'))).toEqual(quiet);
    expect(told(`${racy('')}\n/* raceproof-ignore-file lost-update: a model of the race */`)).toEqual(quiet);
  });

  it('stands in JSX', () => {
    const text = `let n = 0;
export function View({ load }) {
  return <div>
    {/* raceproof-ignore-next-line lost-update: one button */}
    <button onClick={async () => { n = n + (await load()); }} />
  </div>;
}`;
    expect(told(text, undefined, 'view.tsx')).toEqual(quiet);
    expect(told(text.replace(/ *\{\/\*.*\n/, ''), undefined, 'view.tsx')).toEqual(shown());
  });

  it('speaks of its own line and rule only', () => {
    expect(told(racy('// raceproof-ignore-next-line lost-update: one writer only\n  g();'))).toEqual(shown('4:3 unused'));
    expect(told(racy('// raceproof-ignore-next-line check-then-act: one writer only'))).toEqual(shown('4:3 unused'));
  });

  it.each([
    ['no reason', '// raceproof-ignore-next-line lost-update', 'no-reason'],
    ['an empty reason', '// raceproof-ignore-next-line lost-update: ', 'no-reason'],
    ['a rule that is none', '// raceproof-ignore-next-line lost-updates: one writer only', 'unknown-rule'],
    ['no rule', '// raceproof-ignore-next-line', 'malformed'],
    ['no rule but a reason', '// raceproof-ignore-next-line: one writer only', 'malformed'],
    ['rules without commas', '// raceproof-ignore-next-line lost-update check-then-act: one writer only', 'malformed'],
    ['a scope that is none', '// raceproof-ignore-line lost-update: one writer only', 'malformed'],
  ])('with %s keeps nothing quiet and is told', (_name, comment, kind) => {
    expect(told(racy(comment))).toEqual(shown(`4:3 ${kind}`));
  });

  it('still counts for the rules that it names rightly', () => {
    expect(told(racy('// raceproof-ignore-next-line lost-updates, lost-update: one writer only'))).toEqual({ ...quiet, problems: ['4:3 unknown-rule'] });
  });

  it('is unused where there is nothing to keep quiet, if its rule was asked', () => {
    const text = '// raceproof-ignore-file lost-update: a model\n// raceproof-ignore-next-line lost-update: nothing\nexport const n = 1;';
    expect(told(text).problems).toEqual(['1:1 unused', '2:1 unused']);
    expect(told(text, ['check-then-act']).problems).toEqual([]);
    expect(analyse({ file: 'a.ts', text }, { rules: ['lost-update'] }).suppressionProblems[1]!.message).toBe('Nothing is suppressed here: there is no lost-update on line 3. Remove lost-update from this comment.');
  });

  it('of a line goes before one of the file, which is then unused', () => {
    expect(told(racy('// raceproof-ignore-next-line lost-update: one writer only', '// raceproof-ignore-file lost-update: a model'))).toEqual({ ...quiet, problems: ['1:1 unused'] });
  });

  it('is no comment that only tells of one', () => {
    expect(told(racy('// use raceproof-ignore-next-line lost-update: sparingly'))).toEqual(shown());
    expect(told(racy('g("// raceproof-ignore-next-line lost-update: no comment");'))).toEqual(shown());
  });
});
