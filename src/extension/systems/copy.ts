import * as vscode from 'vscode';
import type { Chosen } from '../../systems/index.js';
import type { Shelf } from './shelf.js';

/** For an editor that knows neither Node's types nor ours: what a copy needs to be free of red lines. */
const extras: Readonly<Record<string, string>> = {
  'tsconfig.json': `{
  "compilerOptions": {
    "target": "ES2022",
    "module": "ESNext",
    "moduleResolution": "Bundler",
    "lib": ["ES2023", "DOM"],
    "strict": true,
    "skipLibCheck": true,
    "noEmit": true,
    "paths": { "raceproof": ["./raceproof.d.ts"] }
  }
}
`,
  'node.d.ts': `// Stands in for @types/node, where it is not installed.\ndeclare module 'node:*';\n`,
};

/**
 * Copies a whole system to a folder that the person chooses, so that its files find each other, and opens the variant there. Nothing is written
 * before a folder was chosen, and nothing that is there already is overwritten.
 */
export async function copyToEdit({ system, variant }: Chosen, shelf: Shelf): Promise<void> {
  const [into] = (await vscode.window.showOpenDialog({
    title: `Where to put a copy of ${system.title}?`, openLabel: 'Copy Here', canSelectFolders: true, canSelectFiles: false,
    ...(vscode.workspace.workspaceFolders?.[0] && { defaultUri: vscode.workspace.workspaceFolders[0].uri }),
  })) ?? [];
  if (into) await openCopy(await writeCopy({ system, variant }, shelf, into), variant.file);
}

/** The folder of the copy, which has the system's name; if there is one already it is left as it is. */
export async function writeCopy({ system: { name } }: Chosen, shelf: Shelf, into: vscode.Uri): Promise<vscode.Uri> {
  const target = vscode.Uri.joinPath(into, name.slice(name.indexOf('/') + 1));
  if (await exists(target)) {
    void vscode.window.showInformationMessage(`There is a folder ${target.path.split('/').at(-1)} already; it was left as it is.`);
    return target;
  }
  const { fs } = vscode.workspace;
  await fs.copy(vscode.Uri.joinPath(shelf.root, name), target, { overwrite: false });
  await fs.copy(vscode.Uri.joinPath(shelf.root, '../raceproof.d.ts'), vscode.Uri.joinPath(target, 'raceproof.d.ts'), { overwrite: false });
  for (const [file, text] of Object.entries(extras)) if (!(await exists(vscode.Uri.joinPath(target, file)))) await fs.writeFile(vscode.Uri.joinPath(target, file), new TextEncoder().encode(text));
  return target;
}

async function openCopy(target: vscode.Uri, file: string): Promise<void> {
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.joinPath(target, file.slice(file.lastIndexOf('/') + 1)), { preview: false });
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(() => true, () => false);
}
