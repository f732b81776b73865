import { deepStrictEqual, ok, strictEqual } from 'node:assert';
import * as vscode from 'vscode';
import { describe, eventually, it } from '../runner.js';
import { actionsAt, confirmed, diagnosticsOf, fileUri, finding, hoverAt, lensesOf, open, openText, rangeOf } from './documents.js';

describe('what a finding offers', () => {
  it('a quick fix on the squiggle', async () => {
    const { document } = await open('account.ts');
    const { range } = await confirmed(document.uri);
    // A confirmed diagnostic may still be on its way to the editor's own list, by which it decides whom to ask.
    let titles: string[] = [];
    await eventually('an action is offered', async () => {
      titles = (await actionsAt(document.uri, range)).map(({ title }) => title);
      return titles.length > 0;
    });
    deepStrictEqual(titles.at(-1), 'Simulate interleavings');
    deepStrictEqual(await actionsAt(document.uri, new vscode.Range(0, 0, 0, 0)), []);
  });

  it('fixes that are proved, of which one is preferred, and that cure it when they are applied', async () => {
    const { document } = await open('account.ts');
    const { range } = await confirmed(document.uri);
    const fixes = await eventually('a fix is offered', async () => {
      const actions = (await actionsAt(document.uri, range)).filter(({ edit }) => edit);
      return actions.length > 0 && actions;
    });
    ok(fixes.every(({ title }) => title.endsWith('(proved)')), fixes.map(({ title }) => title).join('\n'));
    deepStrictEqual(fixes.map(({ isPreferred }) => isPreferred === true), fixes.map((_, at) => at === 0));
    ok(await vscode.workspace.applyEdit(fixes[0]!.edit!));
    await eventually('the squiggle goes', () => diagnosticsOf(document.uri).length === 0);
  });

  it('fixes that could not be proved, said to be so, and none of them preferred', async () => {
    const { document } = await openText(`async function load() {\n  const response = await fetch('x');\n  return response.status;\n}\n\nexport async function show() {\n  try {\n    return load();\n  } catch {\n    return 0;\n  }\n}\n`);
    const { range } = await finding(document.uri, 'a finding');
    const fixes = await eventually('a fix is offered', async () => {
      const actions = (await actionsAt(document.uri, range)).filter(({ edit }) => edit);
      return actions.length > 0 && actions;
    });
    deepStrictEqual(fixes.map(({ title, isPreferred }) => [title, isPreferred === true]), [["Await 'load' (not proved)", false]]);
  });

  it('a test of the project\'s own, which is written where its tests are, once it has failed in Node', async () => {
    const { document } = await open('tested/counter.js');
    const { range } = await confirmed(document.uri);
    const action = await eventually('the test is offered', async () => (await actionsAt(document.uri, range)).find(({ title }) => title === 'Write a regression test'));
    const test = fileUri('tested/test/counter.race.test.js');
    const write = (): Thenable<unknown> => vscode.commands.executeCommand(action.command!.command, ...(action.command!.arguments as unknown[]));
    const isOpen = (): boolean => vscode.window.activeTextEditor?.document.uri.toString() === test.toString();
    try {
      await write();
      ok(isOpen(), 'the test is opened');
      const text = vscode.window.activeTextEditor!.document.getText();
      ok(text.includes("from 'node:test'") && text.includes("from '../counter.js'") && !text.includes('raceproof'), text);
      strictEqual((await vscode.workspace.fs.readFile(test)).toString(), text);
      await open('tested/counter.js');
      await write();
      ok(isOpen(), 'the test that is there is opened again');
      deepStrictEqual((await vscode.workspace.fs.readDirectory(fileUri('tested/test'))).map(([name]) => name).sort(), ['counter.race.test.js', 'other.test.js']);
    } finally {
      await vscode.workspace.fs.delete(test);
    }
  });

  it('no test of a race that no framework of the project could run', async () => {
    const { document } = await open('account.ts');
    const { range } = await confirmed(document.uri);
    await vscode.commands.executeCommand('raceproof.writeTest', document.uri.toString(), { line: range.start.line + 1, column: range.start.character + 1 });
    strictEqual(vscode.window.activeTextEditor?.document.uri.toString(), document.uri.toString());
  });

  it('a lens above the function, and above no other', async () => {
    const { document } = await open('account.ts');
    await confirmed(document.uri);
    const lenses = await lensesOf(document.uri);
    deepStrictEqual(lenses.map(({ range }) => range.start.line), [rangeOf(document, 'async withdraw').start.line]);
    deepStrictEqual(await lensesOf((await open('session.ts')).document.uri), []);
  });

  it('a lens above every function with a region, where so set', async () => {
    const settings = vscode.workspace.getConfiguration('raceproof');
    await settings.update('codeLens', 'regions', vscode.ConfigurationTarget.Global);
    try {
      const { document } = await openText(guarded);
      const lenses = await eventually('a lens on correct code', async () => (await lensesOf(document.uri)).at(0));
      strictEqual(lenses.range.start.line, rangeOf(document, 'export async function add').start.line);
    } finally {
      await settings.update('codeLens', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('a hover with the verdict and how it was proved', async () => {
    const { document } = await open('account.ts');
    const { range } = await confirmed(document.uri);
    const text = await hoverAt(document.uri, range.start);
    ok(text.includes('check-then-act'), text);
    ok(text.includes('Confirmed'), text);
    ok(/2 of 4 interleavings/.test(text), text);
    ok(!(await hoverAt(document.uri, new vscode.Position(2, 0))).includes('Confirmed'));
  });

  it('nothing in a file without a finding', async () => {
    const { document } = await open('session.ts');
    await open('account.ts');
    await confirmed(fileUri('account.ts'));
    deepStrictEqual(await actionsAt(document.uri, new vscode.Range(0, 0, document.lineCount, 0)), []);
  });
});

const guarded = `import { Mutex } from 'async-mutex';

const mutex = new Mutex();
let total = 0;

export async function add(load: () => Promise<number>): Promise<void> {
  await mutex.runExclusive(async () => {
    const before = total;
    total = before + (await load());
  });
}
`;
