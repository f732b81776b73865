import * as vscode from 'vscode';
import { noConfiguration, type Configuration, type Level } from '../model/index.js';
import type { ParsedConfiguration } from '../configuration/index.js';
import { isSystemUri } from './systems/uris.js';
import type { Engine } from './engine.js';
import { editorRange } from './ranges.js';
import { section } from './settings.js';

const fileName = 'raceproof.config.json';

/**
 * The `raceproof.config.json` of each document: that of the nearest folder around it. What is wrong in one is marked in it, and the
 * rest of it counts. The person's own setting `raceproof.rules` comes before what the file says of a rule.
 */
export class Configurations implements vscode.Disposable {
  readonly #engine: Engine;
  readonly #problems = vscode.languages.createDiagnosticCollection('raceproof-configuration');
  readonly #watcher = vscode.workspace.createFileSystemWatcher(`**/${fileName}`);
  readonly #changes = new vscode.EventEmitter<void>();
  /** By the folder; undefined where there is none. */
  readonly #read = new Map<string, Promise<ParsedConfiguration | undefined>>();

  /** What was read before a change says nothing after it. */
  #generation = 0;

  /** A file was changed, came or went: every document may be checked in another way now. */
  readonly onDidChange = this.#changes.event;

  constructor(engine: Engine) {
    this.#engine = engine;
    const changed = (uri: vscode.Uri): void => {
      this.#generation += 1;
      this.#read.clear();
      this.#problems.delete(uri);
      this.#changes.fire();
    };
    this.#watcher.onDidChange(changed);
    this.#watcher.onDidCreate(changed);
    this.#watcher.onDidDelete(changed);
  }

  async of(document: vscode.TextDocument): Promise<Configuration> {
    const found = document.uri.scheme === 'untitled' || isSystemUri(document.uri) ? noConfiguration : await this.#nearest(vscode.Uri.joinPath(document.uri, '..'), document.uri);
    return { ...found, rules: { ...found.rules, ...ownRules(document) } };
  }

  dispose(): void {
    vscode.Disposable.from(this.#problems, this.#watcher, this.#changes).dispose();
  }

  async #nearest(folder: vscode.Uri, document: vscode.Uri): Promise<Configuration> {
    const key = folder.toString();
    let known = this.#read.get(key);
    if (!known) {
      this.#read.set(key, (known = this.#readIn(folder, document)));
      known.catch(() => this.#read.delete(key)); // The engine stopped; the next document asks again.
    }
    const found = await known;
    if (found) return found.configuration;
    const outer = vscode.Uri.joinPath(folder, '..');
    return outer.path === folder.path ? noConfiguration : this.#nearest(outer, document);
  }

  async #readIn(folder: vscode.Uri, document: vscode.Uri): Promise<ParsedConfiguration | undefined> {
    const uri = vscode.Uri.joinPath(folder, fileName);
    let text: string;
    try {
      text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    } catch {
      return undefined; // None, as in most folders.
    }
    const root = vscode.workspace.getWorkspaceFolder(document)?.uri.path ?? folder.path;
    const generation = this.#generation;
    const parsed = await this.#engine.call('configure', { source: { file: fileName, text, ...placeFrom(root, folder.path) } });
    if (generation === this.#generation) this.#problems.set(uri, parsed.problems.map(({ range, message }) => Object.assign(new vscode.Diagnostic(editorRange(range), message, vscode.DiagnosticSeverity.Error), { source: 'raceproof' })));
    return parsed;
  }
}

/** Where a folder lies, seen from the workspace's: below it, or above with the way back. */
function placeFrom(root: string, folder: string): { readonly folder: string; readonly above: string } {
  if (root !== folder && root.startsWith(`${folder.replace(/\/$/, '')}/`)) return { folder: '', above: root.slice(folder.replace(/\/$/, '').length + 1) };
  return { folder: folder.startsWith(`${root}/`) ? folder.slice(root.length + 1) : '', above: '' };
}

function ownRules(scope: vscode.ConfigurationScope): Record<string, Level> {
  const set = vscode.workspace.getConfiguration(section, scope).get<unknown>('rules');
  const levels: readonly unknown[] = ['error', 'warning', 'information', 'off'];
  return Object.fromEntries(Object.entries(typeof set === 'object' && set !== null ? set : {}).filter(([, level]) => levels.includes(level))) as Record<string, Level>;
}
