import * as vscode from 'vscode';
import { commands } from './commands.js';
import { sourceOf } from './documents.js';
import { CallCancelled, type Engine } from './engine.js';
import type { WrittenTest } from './engine-protocol.js';
import { placesOf } from './file-places.js';
import type { OpenFiles } from './open-files.js';
import { placeOf, type Place } from './place.js';
import { askForTrust } from './trust.js';

type Test = WrittenTest & { readonly kind: 'test' };

/** The command `raceproof.writeTest`: the witness of what stands at a place as a test of the project's own. It is written only after it was run, in the engine's processes, and failed. */
export function registerWriteTest(engine: Engine, files: OpenFiles): vscode.Disposable {
  return vscode.commands.registerCommand(commands.writeTest, async (uri?: unknown, position?: unknown) => {
    try {
      const place = await placeOf(uri, position);
      if (!place) return void vscode.window.showInformationMessage('Open a TypeScript or JavaScript file and put the cursor into the function to write a test for.');
      if (!vscode.workspace.isTrusted) return await askForTrust('A test is run before it is written, outside the sandbox.');
      const written = await askEngine(place, engine, files);
      if (written.kind === 'none') return void vscode.window.showInformationMessage(`No test: ${written.reason}.`);
      await put(written, place);
    } catch (error) {
      if (!(error instanceof CallCancelled)) await report(error);
    }
  });
}

async function askEngine({ document, position }: Place, engine: Engine, files: OpenFiles): Promise<WrittenTest> {
  const configuration = files.of(document)?.current?.configuration;
  const places = await placesOf(document);
  const progress = { location: vscode.ProgressLocation.Notification, title: 'Raceproof: writing a test and running it…', cancellable: true };
  return vscode.window.withProgress(progress, (_, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort());
    return engine.call('test', { source: sourceOf(document), subject: position, ...places, ...(configuration && { configuration }) }, stop.signal);
  });
}

/** Puts the test where the project has its own, and opens it. One that is there and says the same is only opened; one of its name that says something else is asked about. */
async function put(test: Test, { document }: Place): Promise<void> {
  const folder = vscode.workspace.getWorkspaceFolder(document.uri)?.uri ?? document.uri.with({ path: '/' });
  const at = (file: string): vscode.Uri => vscode.Uri.joinPath(folder, file);
  const { neighbour } = test;
  if (neighbour?.isSame === true) {
    await open(at(neighbour.file));
    return void vscode.window.showInformationMessage(`The test is there already. ${failureOf(test)}`);
  }
  const target = neighbour ? await chooseTarget(neighbour.file, test.file) : test.file;
  if (target === undefined) return;
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(at(target), { overwrite: target === neighbour?.file, contents: new TextEncoder().encode(test.text) });
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error(`${target} could not be written.`);
  await open(at(target));
  void vscode.window.showInformationMessage(failureOf(test));
}

async function chooseTarget(known: string, free: string): Promise<string | undefined> {
  const [replace, other] = ['Replace It', 'Write Another'];
  const answer = await vscode.window.showWarningMessage(`${known} has a test of this name that says something else.`, { modal: true, detail: `Replace the file, or write ${free} beside it?` }, replace, other);
  return answer === replace ? known : answer === other ? free : undefined;
}

function failureOf({ failure, passesWith }: Test): string {
  return `It was run in Node, and fails on the code as it is: ${failure}${passesWith === undefined ? '' : `. It passes with the fix: ${passesWith}`}`;
}

async function open(uri: vscode.Uri): Promise<void> {
  await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Active, preview: false });
}

async function report(error: unknown): Promise<void> {
  const message = `The test could not be written: ${error instanceof Error ? error.message : String(error)}`;
  const showOutput = 'Show Output';
  if ((await vscode.window.showErrorMessage(message, showOutput)) === showOutput) await vscode.commands.executeCommand(commands.showOutput);
}
