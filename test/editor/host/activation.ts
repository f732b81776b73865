import { deepStrictEqual, ok, strictEqual } from 'node:assert';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { describe, it } from '../runner.js';
import { confirmed, fileUri, open } from './documents.js';

const heavy = /[\\/]node_modules[\\/](typescript|ses|@typescript-eslint)[\\/]|[\\/]dist[\\/](engine|cli|simulator)/;

describe('activation', () => {
  it('waits for a file that matters', async () => {
    await open('README.md');
    strictEqual(extension().isActive, false);
    await open('account.ts');
    await extension().activate();
    ok(extension().isActive);
  });

  it('leaves TypeScript and ses out of the host, also after a proof', async () => {
    await open('account.ts');
    await confirmed(fileUri('account.ts'));
    deepStrictEqual(Object.keys(require.cache).filter((file) => heavy.test(file)), []);
    const bundle = readFileSync(vscode.Uri.joinPath(extension().extensionUri, 'dist/extension.cjs').fsPath, 'utf8');
    ok(!/createSourceFile|lockdown\(/.test(bundle), 'the bundle of the host holds neither');
  });
});

function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension('raceproof.raceproof');
  ok(found, 'the extension is installed');
  return found;
}
