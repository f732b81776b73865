import * as vscode from 'vscode';

/** Shows the folder `systems/` of the extension under a scheme of its own, where nothing can be changed. */
export class SystemFiles implements vscode.FileSystemProvider {
  readonly #root: vscode.Uri;
  readonly #changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changes.event; // Nothing ever changes.

  constructor(root: vscode.Uri) {
    this.#root = root;
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return { ...(await vscode.workspace.fs.stat(this.#real(uri))), permissions: vscode.FilePermission.Readonly };
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    return vscode.workspace.fs.readDirectory(this.#real(uri));
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return vscode.workspace.fs.readFile(this.#real(uri));
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  #real(uri: vscode.Uri): vscode.Uri {
    if (uri.path.split('/').includes('..')) throw vscode.FileSystemError.FileNotFound(uri);
    return vscode.Uri.joinPath(this.#root, uri.path);
  }
}
