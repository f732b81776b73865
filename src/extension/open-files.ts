import * as vscode from 'vscode';
import type { Configurations } from './configurations.js';
import { isChecked } from './documents.js';
import type { Engine } from './engine.js';
import { OpenFile } from './open-file.js';
import { section, settingsFor } from './settings.js';

/** Every open document that is checked, kept up to date with the editor, the settings and Workspace Trust. */
export class OpenFiles implements vscode.Disposable {
  readonly #engine: Engine;
  readonly #configurations: Configurations;
  readonly #files = new Map<string, OpenFile>();
  readonly #changes = new vscode.EventEmitter<vscode.TextDocument>();
  readonly #subscriptions: vscode.Disposable[];

  /** Something new is known of a document, or no longer known. */
  readonly onDidChange = this.#changes.event;

  constructor(engine: Engine, configurations: Configurations) {
    this.#engine = engine;
    this.#configurations = configurations;
    this.#subscriptions = [
      this.#changes,
      vscode.workspace.onDidOpenTextDocument((document) => this.#open(document)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => contentChanges.length > 0 && this.of(document)?.check(settingsFor(document).debounce, contentChanges)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#close(document)),
      configurations.onDidChange(() => this.recheck()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.recheck()),
      vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration(section) && this.recheck()),
    ];
  }

  of(document: vscode.TextDocument): OpenFile | undefined {
    return this.#files.get(document.uri.toString());
  }

  /** Looks at every open document anew, as after a change of settings. */
  recheck(): void {
    for (const document of vscode.workspace.textDocuments) {
      this.#close(document);
      this.#open(document);
    }
  }

  dispose(): void {
    for (const file of this.#files.values()) file.dispose();
    this.#files.clear();
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  #open(document: vscode.TextDocument): void {
    if (!isChecked(document) || !settingsFor(document).enable) return;
    const file = new OpenFile(document, this.#engine, this.#configurations, () => this.#changes.fire(document));
    this.#files.set(document.uri.toString(), file);
    file.check(0);
  }

  #close(document: vscode.TextDocument): void {
    this.of(document)?.dispose();
    if (this.#files.delete(document.uri.toString())) this.#changes.fire(document);
  }
}
