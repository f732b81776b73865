import * as vscode from 'vscode';
import { commands } from './commands.js';
import { sourceOf } from './documents.js';
import { CallCancelled, type Engine } from './engine.js';
import type { WrittenScenario, WrittenTest } from './engine-protocol.js';
import { placesOf } from './file-places.js';
import type { OpenFiles } from './open-files.js';
import { placeOf, type Place } from './place.js';
import { askForTrust } from './trust.js';

type Test = WrittenTest & { readonly kind: 'test' };
type Scenario = WrittenScenario & { readonly kind: 'scenario' };

/**
 * The commands `raceproof.writeTest`, the witness of what stands at a place as a test of the project's own, written only after it was run, in the engine's processes, and
 * failed; and `raceproof.writeScenario`, a scenario file about it.
 */
export function registerExports(engine: Engine, files: OpenFiles): vscode.Disposable {
  const asking = <M extends 'test' | 'scenario'>(method: M, title: string) => (place: Place): Promise<M extends 'test' ? WrittenTest : WrittenScenario> => ask(method, title, place, engine, files);
  return vscode.Disposable.from(
    register(commands.writeTest, 'A test is run before it is written, outside the sandbox.', asking('test', 'Raceproof: writing a test and running it…'), putTest),
    register(commands.writeScenario, 'A scenario is tried in the sandbox before it is written.', asking('scenario', 'Raceproof: writing a scenario…'), putScenario),
  );
}

type Written = { readonly kind: 'none'; readonly reason: string };

function register<T extends { readonly kind: string }>(command: string, whatRuns: string, write: (place: Place) => Promise<T | Written>, put: (written: T, place: Place) => Promise<void>): vscode.Disposable {
  return vscode.commands.registerCommand(command, async (uri?: unknown, position?: unknown) => {
    try {
      const place = await placeOf(uri, position);
      if (!place) return void vscode.window.showInformationMessage('Open a TypeScript or JavaScript file and put the cursor into the function that it should be about.');
      if (!vscode.workspace.isTrusted) return await askForTrust(whatRuns);
      const written = await write(place);
      if (written.kind === 'none') return void vscode.window.showInformationMessage(`Nothing is written: ${(written as Written).reason}.`);
      await put(written as T, place);
    } catch (error) {
      if (!(error instanceof CallCancelled)) await report(error);
    }
  });
}

async function ask<M extends 'test' | 'scenario'>(method: M, title: string, { document, position }: Place, engine: Engine, files: OpenFiles): Promise<M extends 'test' ? WrittenTest : WrittenScenario> {
  const configuration = files.of(document)?.current?.configuration;
  const places = await placesOf(document);
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, (_, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort());
    return engine.call(method, { source: sourceOf(document), subject: position, ...places, ...(configuration && { configuration }) }, stop.signal) as Promise<M extends 'test' ? WrittenTest : WrittenScenario>;
  });
}

/** Puts the test where the project has its own, and opens it. One that is there and says the same is only opened; one of its name that says something else is asked about. */
async function putTest(test: Test, place: Place): Promise<void> {
  const at = (file: string): vscode.Uri => uriOf(file, place);
  const { neighbour } = test;
  if (neighbour?.isSame === true) {
    await open(at(neighbour.file));
    return void vscode.window.showInformationMessage(`The test is there already. ${failureOf(test)}`);
  }
  const target = neighbour ? await chooseTarget(neighbour.file, test.file) : test.file;
  if (target === undefined) return;
  await create(at(target), test.text, target === neighbour?.file);
  void vscode.window.showInformationMessage(failureOf(test));
}

async function chooseTarget(known: string, free: string): Promise<string | undefined> {
  const [replace, other] = ['Replace It', 'Write Another'];
  const answer = await vscode.window.showWarningMessage(`${known} has a test of this name that says something else.`, { modal: true, detail: `Replace the file, or write ${free} beside it?` }, replace, other);
  return answer === replace ? known : answer === other ? free : undefined;
}

/** Beside the file; one that is there is asked about. */
async function putScenario({ text, file }: Scenario, place: Place): Promise<void> {
  const uri = uriOf(file, place);
  const isThere = await vscode.workspace.fs.stat(uri).then(() => true, () => false);
  const [replace, show] = ['Replace It', 'Open It'];
  const answer = isThere ? await vscode.window.showWarningMessage(`${file} is there already.`, { modal: true }, replace, show) : replace;
  if (answer === replace) await create(uri, text, isThere);
  else if (answer === show) await open(uri);
}

function uriOf(file: string, { document: { uri } }: Place): vscode.Uri {
  return vscode.Uri.joinPath(vscode.workspace.getWorkspaceFolder(uri)?.uri ?? uri.with({ path: '/' }), file);
}

/** As an edit, which a person can take back. */
async function create(uri: vscode.Uri, text: string, overwrite: boolean): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(uri, { overwrite, contents: new TextEncoder().encode(text) });
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error(`${uri.fsPath} could not be written.`);
  await open(uri);
}

function failureOf({ failure, passesWith }: Test): string {
  return `It was run in Node, and fails on the code as it is: ${failure}${passesWith === undefined ? '' : `. It passes with the fix: ${passesWith}`}`;
}

async function open(uri: vscode.Uri): Promise<void> {
  await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Active, preview: false });
}

async function report(error: unknown): Promise<void> {
  const message = `It could not be written: ${error instanceof Error ? error.message : String(error)}`;
  const showOutput = 'Show Output';
  if ((await vscode.window.showErrorMessage(message, showOutput)) === showOutput) await vscode.commands.executeCommand(commands.showOutput);
}
