import * as vscode from 'vscode';
import type { FilePlaces } from './read-files.js';
import { sourceOf } from './documents.js';
import { isSystemUri } from './systems/uris.js';

/** Files of a virtual workspace that are fetched for one document, and how many imports away from it they may lie. */
const mostFetched = 24;
const mostHops = 2;
const endings = ['', '.ts', '.tsx', '.js', '.jsx', '.mts', '.mjs', '.cjs', '.json', '/index.ts', '/index.tsx', '/index.js'];

let revision = 0;

/** Counts what the editor tells of changes on disk, so that the engine need not look at every file for itself. */
export function watchFiles(): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher('**/*');
  const changed = (): void => { revision += 1; };
  return vscode.Disposable.from(watcher, watcher.onDidChange(changed), watcher.onDidCreate(changed), watcher.onDidDelete(changed));
}

/** Where the engine finds what a document imports: on disk, but with what is open and not saved; or fetched from where a virtual workspace has it. */
export async function placesOf(document: vscode.TextDocument): Promise<FilePlaces> {
  const { uri } = document;
  if (isSystemUri(uri)) return {};
  const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri;
  const texts = unsavedTexts();
  if (folder && folder.scheme !== 'file') return { texts: { ...(await fetchImports(document, folder)), ...texts } };
  const root = folder?.fsPath ?? (uri.scheme === 'file' ? (process.platform === 'win32' ? '' : '/') : undefined);
  // Outside of the workspace's folders nobody watches.
  return { ...(root !== undefined && { root }), texts, ...(folder && { revision }) };
}

function unsavedTexts(): Record<string, string> {
  return Object.fromEntries(vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty).map(sourceOf).map(({ file, text }) => [file, text]));
}

/** What relative imports lead to, the nearest first. */
async function fetchImports(document: vscode.TextDocument, folder: vscode.Uri): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  let sources = [sourceOf(document)];
  for (let hop = 0; hop < mostHops; hop++) {
    const wanted = sources.flatMap(({ file, text }) => relativeImports(text).map((specifier) => vscode.Uri.joinPath(folder, file, '..', specifier)));
    const found: { file: string; text: string }[] = [];
    for (const uri of wanted) {
      if (Object.keys(texts).length >= mostFetched) return texts;
      const source = await fetchModule(uri, folder);
      if (!source || Object.hasOwn(texts, source.file)) continue;
      texts[source.file] = source.text;
      found.push(source);
    }
    sources = found;
  }
  return texts;
}

function relativeImports(text: string): string[] {
  return [...text.matchAll(/(?:\bfrom|\bimport|\brequire\()\s*['"](\.[^'"]*)['"]/g)].map((match) => match[1]!);
}

async function fetchModule(uri: vscode.Uri, folder: vscode.Uri): Promise<{ readonly file: string; readonly text: string } | undefined> {
  // A specifier may end as the lowered file will.
  const base = uri.path.replace(/\.[cm]?jsx?$/, '');
  for (const path of [uri.path, ...endings.map((ending) => base + ending)]) {
    try {
      const bytes = await vscode.workspace.fs.readFile(uri.with({ path }));
      return { file: path.slice(folder.path.length).replace(/^\/+/, ''), text: new TextDecoder().decode(bytes) };
    } catch {
      // Not there, or a folder: the next name is tried.
    }
  }
  return undefined;
}
