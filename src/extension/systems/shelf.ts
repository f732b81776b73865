import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { allOf, readManifest, type Catalogue, type Chosen, type System } from '../../systems/index.js';
import { readCatalogue } from '../../systems/node.js';
import { isSystemUri } from './uris.js';

/** The textbook systems that come with the extension; their manifests are read when somebody asks for them first. */
export class Shelf {
  /** `systems/` inside the extension. */
  readonly root: vscode.Uri;
  /** The folder that names such as `systems/exclusion/…` are relative to. */
  readonly home: string;
  readonly #log: vscode.LogOutputChannel;
  #catalogue: Catalogue | undefined;

  constructor(extensionUri: vscode.Uri, log: vscode.LogOutputChannel) {
    this.root = vscode.Uri.joinPath(extensionUri, 'systems');
    this.home = extensionUri.fsPath;
    this.#log = log;
  }

  get catalogue(): Catalogue {
    if (!this.#catalogue) {
      const { catalogue, problems } = readCatalogue(this.root.fsPath);
      for (const { place, message } of problems) this.#log.warn(`systems/${place}: ${message}`);
      this.#catalogue = catalogue;
    }
    return this.#catalogue;
  }

  pageOf({ name }: System): vscode.Uri {
    return vscode.Uri.joinPath(this.root, name, 'README.md');
  }

  /**
   * What a scenario file is a variant of: a file of the shelf, or one of a copy, which has its manifest beside it. Of several that run the same
   * file the first is meant, unless the address names another.
   */
  variantAt(uri: vscode.Uri): Chosen | undefined {
    if (isSystemUri(uri)) {
      const candidates = allOf(this.catalogue).filter(({ variant }) => `/${variant.file}` === uri.path);
      return candidates.find(({ variant }) => variant.name === uri.query) ?? candidates[0];
    }
    return uri.scheme === 'file' ? variantBeside(uri.fsPath) : undefined;
  }
}

function variantBeside(path: string): Chosen | undefined {
  const text = tryRead(join(dirname(path), 'system.json'));
  if (text === undefined) return undefined;
  const { value: system, problems } = readManifest(basename(dirname(path)), text);
  const variant = problems.length === 0 ? system.variants.find(({ file }) => basename(file) === basename(path)) : undefined;
  return variant && { system, variant };
}

function tryRead(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
