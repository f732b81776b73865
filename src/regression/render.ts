import { failureName, gapsName, type Assertion } from './choose.js';
import { commented } from './comment.js';
import { imported } from './frameworks.js';
import { Sheet, type Order, type Rendering } from './sheet.js';
import { observingText } from './snippets.js';
import { writeAct, writeObservedAct } from './write-act.js';
import { writeArrange } from './write-arrange.js';
import { readingOf, writeAssert } from './write-assert.js';
import { writeHead } from './write-head.js';

/** The test that is kept; `order` is one of the witness. */
export function renderTest(rendering: Rendering, order: Order, assertion: Assertion, importsLate = false): string {
  const sheet = new Sheet(rendering, order, assertion.observer, importsLate);
  const { w, plan: { story, title } } = sheet;
  writeHead(sheet);
  w.line(commented(story));
  w.block(`${w.style.word}(${w.string(title)}, async () => {`, closing(sheet), () => {
    writeArrange(sheet);
    w.gap();
    writeAct(sheet, assertion);
    w.gap();
    writeAssert(sheet, assertion);
  });
  return w.text;
}

/** A test that says nothing but writes what it has seen to `output`, as JSON. */
export function renderObservation(rendering: Rendering, order: Order, output: string): string {
  const sheet = new Sheet(rendering, order);
  const { w, plan: { observers } } = sheet;
  // Nobody keeps it, and a runner that checks types should not ask for more.
  if (w.style.isTypeScript) w.line('// @ts-nocheck');
  writeHead(sheet);
  w.say(writingOf(sheet));
  w.line(observingText);
  w.block(`${w.style.word}('observes', async () => {`, closing(sheet), () => {
    w.say('const seen = {}');
    const tell = `mockTell(${JSON.stringify(output)}, JSON.stringify(seen))`;
    const note = (failure: string): string => `Object.assign(seen, { ${failureName}: { kind: 'literal', value: String(${failure}).split('\\n')[0] }, ${gapsName}: { kind: 'literal', value: JSON.stringify(mockGaps()) } })`;
    w.block('try {', `} catch (error) { ${note('error')}; ${tell}; throw error; }`, () => {
      writeArrange(sheet);
      writeObservedAct(sheet);
      // To look at stand-ins is to ask them, too.
      w.say('const failure = results.find(({ reason }) => reason !== undefined)?.reason');
      w.say(`if (failure !== undefined) ${note('failure')}`);
      for (const [index, observer] of observers.entries()) w.line(`try { seen[${index}] = shown(${readingOf(sheet, observer)}); } catch (error) { seen[${index}] = { kind: 'error' }; }`);
      w.say(tell);
    });
  });
  return w.text;
}

/** What is loaded within a test may bring much along; an observation has all the time that its run has. */
function closing({ importsLate, isKept }: Sheet): string {
  return importsLate ? `}, ${isKept ? '30_000' : '90_000'})` : '})';
}

/** What writes down what was seen: of Node's own `fs`, whatever stands in for it. */
function writingOf({ w, framework: { actual }, plan: { modules } }: Sheet): string {
  const module = 'node:fs';
  return actual !== undefined && modules.length > 0 ? `const { writeFileSync: mockTell } = ${actual(w.string(module))}` : imported(w, '{ writeFileSync as mockTell }', module);
}
