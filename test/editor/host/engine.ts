import { ok, strictEqual } from 'node:assert';
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { describe, eventually, it } from '../runner.js';
import { confirmed, diagnosticsOf, fileUri, finding, open, openText, rangeOf, replace } from './documents.js';
import { started } from './threads.js';

const malformed = {
  'half a class': 'export class Half {\n  async open( {\n    await this.\n',
  'an unclosed template': 'let n = 0; export async function f() { n = n + await `${',
  'a binary text': 'await \u0000\u0001\uFFFE async \uD800 let',
  'one line of 200,000 characters': `let n = 0; async function f() { await 0; } /* ${'x'.repeat(200_000)} */`,
};

describe('the engine thread', () => {
  it('is one, however many files are open', async () => {
    for (const name of ['account.ts', 'counter.tsx', 'plain.js', 'session.ts']) await open(name);
    for (const name of ['account.ts', 'counter.tsx']) await confirmed(fileUri(name));
    strictEqual(started.length, 1);
  });

  it('is started again when it dies, and nothing else is lost', async () => {
    const editor = await open('account.ts');
    await confirmed(editor.document.uri);
    const before = started.length;
    await started.at(-1)?.terminate();
    strictEqual(diagnosticsOf(editor.document.uri).length, 1, 'what is known stays');
    await replace(editor, new vscode.Range(0, 0, 0, 0), '// Another line.\n');
    const moved = rangeOf(editor.document, 'this.balance', 1);
    await finding(editor.document.uri, 'the finding one line further down', ({ range }) => range.isEqual(moved));
    strictEqual(started.length, before + 1);
  });

  it('dies in the middle of its work, and the work is done all the same', async () => {
    await vscode.commands.executeCommand('raceproof.restartEngine');
    const { document } = await openText(longFile(100));
    await eventually('a thread runs', () => started.at(-1)?.threadId !== -1);
    await started.at(-1)?.terminate();
    await confirmed(document.uri);
  });

  it('does the work of a long file that is being typed into', async () => {
    const editor = await openText(longFile(1_000));
    const { document } = editor;
    ok(document.lineCount > 1_000);
    for (const letter of '// typed one key after the other') {
      const end = document.lineAt(0).range.end;
      await replace(editor, new vscode.Range(end, end), letter);
    }
    const last = await confirmed(document.uri);
    sameLine(last, document);
    strictEqual(Object.keys(require.cache).filter((file) => /engine\.cjs|typescript\.js/.test(file)).length, 0, 'the host analyses nothing itself');
  });

  for (const [what, text] of Object.entries(malformed)) {
    it(`survives ${what}`, async () => {
      const before = started.length;
      const { document } = await openText(text);
      await open('account.ts');
      await confirmed(fileUri('account.ts'));
      // An untitled document may have the name of one that was closed just before.
      await eventually('nothing is said of it', () => diagnosticsOf(document.uri).length === 0);
      strictEqual(started.length, before, 'the thread went on');
    });
  }

  it('is the bundle of the extension', () => {
    const root = vscode.extensions.getExtension('raceproof.raceproof')?.extensionPath ?? '';
    ok(existsSync(`${root}/dist/engine.cjs`));
  });
});

/** Many methods of no interest, and a race at the end. */
function longFile(lines: number): string {
  const filler = Array.from({ length: Math.ceil(lines / 5) }, (_, index) => `  async method${index}(input: number): Promise<number> {\n    const local = input + ${index};\n    await Promise.resolve(local);\n    return local;\n  }`);
  return `export class Long {\n  total = 0;\n${filler.join('\n')}\n  async add(load: () => Promise<number>): Promise<void> {\n    const before = this.total;\n    this.total = before + (await load());\n  }\n}\n`;
}

function sameLine({ range }: vscode.Diagnostic, document: vscode.TextDocument): void {
  strictEqual(range.start.line, rangeOf(document, 'this.total', 1).start.line);
}
