import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Chosen, Family, System } from '../../systems/index.js';
import { commands } from '../commands.js';
import type { Shelf } from './shelf.js';
import { systemUri } from './uris.js';

/** What a line of the view stands for; a file is one that variants share. */
export type SystemNode =
  | ({ readonly kind: 'family' } & Family)
  | { readonly kind: 'system'; readonly system: System }
  | ({ readonly kind: 'variant' } & Chosen)
  | { readonly kind: 'file'; readonly file: string };

/** Families, their systems, the variants of each: `Raceproof: Textbook Systems`. */
export class SystemTree implements vscode.TreeDataProvider<SystemNode> {
  readonly #shelf: Shelf;

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
  }

  getChildren(node?: SystemNode): SystemNode[] {
    if (!node) return this.#shelf.catalogue.families.filter(({ systems }) => systems.length > 0).map((family) => ({ kind: 'family', ...family }));
    if (node.kind === 'family') return node.systems.map((system) => ({ kind: 'system', system }));
    if (node.kind !== 'system') return [];
    const { system } = node;
    return [...system.variants.map((variant) => ({ kind: 'variant', system, variant }) as const), ...this.#sharedFiles(system).map((file) => ({ kind: 'file', file }) as const)];
  }

  getTreeItem(node: SystemNode): vscode.TreeItem {
    switch (node.kind) {
      case 'family':
        return item(node.slug, node.title, { tooltip: node.summary, description: String(node.systems.length), collapsibleState: vscode.TreeItemCollapsibleState.Collapsed, contextValue: 'family' });
      case 'system':
        return item(node.system.name, node.system.title, { tooltip: node.system.summary, description: node.system.topic, collapsibleState: vscode.TreeItemCollapsibleState.Collapsed, contextValue: 'system', iconPath: new vscode.ThemeIcon('beaker') });
      case 'variant':
        return variantItem(node);
      case 'file':
        return item(node.file, node.file.slice(node.file.lastIndexOf('/') + 1), { iconPath: vscode.ThemeIcon.File, contextValue: 'file', command: { title: 'Open', command: 'vscode.open', arguments: [systemUri(node.file)] } });
    }
  }

  #sharedFiles({ name, variants }: System): string[] {
    const files = readdirSync(join(this.#shelf.root.fsPath, name)).filter((file) => /\.[cm]?[jt]sx?$/.test(file)).sort();
    return files.map((file) => `${name}/${file}`).filter((file) => !variants.some((variant) => variant.file === file));
  }
}

function variantItem({ system, variant }: SystemNode & { readonly kind: 'variant' }): vscode.TreeItem {
  const { name, title, expected, problem } = variant;
  const isSound = expected === 'refuted';
  return item(`${system.name}:${name}`, name, {
    description: title ?? '',
    tooltip: isSound ? 'Every interleaving is explored, and none goes wrong.' : `Goes wrong: ${problem}.`,
    iconPath: isSound ? new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed')) : new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed')),
    accessibilityInformation: { label: `${name}, ${isSound ? 'sound' : `goes wrong: ${problem}`}${title === undefined ? '' : `, ${title}`}` },
    contextValue: 'variant',
    command: { title: 'Open', command: commands.openSystem, arguments: [{ kind: 'variant', system, variant } satisfies SystemNode] },
  });
}

function item(id: string, label: string, more: Partial<vscode.TreeItem>): vscode.TreeItem {
  return Object.assign(new vscode.TreeItem(label), { id, ...more });
}
