import type * as vscode from 'vscode';
import type { JudgedFix } from '../model/index.js';
import { sourceOf } from './documents.js';
import type { Engine } from './engine.js';
import { placesOf } from './file-places.js';
import type { Judged } from './judged.js';
import type { OpenFiles } from './open-files.js';

interface Known {
  readonly version: number;
  /** By the finding's fingerprint. */
  readonly fixes: Map<string, Promise<readonly JudgedFix[]>>;
}

/** Fixes of findings in open documents: made and proved by the engine when somebody asks, and kept until the text changes. */
export class Fixes {
  readonly #engine: Engine;
  readonly #files: OpenFiles;
  readonly #known = new WeakMap<vscode.TextDocument, Known>();

  constructor(engine: Engine, files: OpenFiles) {
    this.#engine = engine;
    this.#files = files;
  }

  /** None if the document is no longer what it was judged as. */
  async of(document: vscode.TextDocument, judged: Judged): Promise<readonly JudgedFix[]> {
    const { version } = document;
    let known = this.#known.get(document);
    if (known?.version !== version) this.#known.set(document, (known = { version, fixes: new Map() }));
    const { fixes } = known;
    // Whether it is confirmed decides what is offered.
    const key = `${judged.proof?.verdict} ${judged.finding.range.start.column} ${judged.fingerprint}`;
    let asked = fixes.get(key);
    if (!asked) {
      fixes.set(key, (asked = this.#ask(document, judged)));
      asked.catch(() => fixes.delete(key));
    }
    const found = await asked;
    return document.version === version ? found : [];
  }

  async #ask(document: vscode.TextDocument, { finding }: Judged): Promise<readonly JudgedFix[]> {
    const source = sourceOf(document);
    const configuration = this.#files.of(document)?.current?.configuration;
    return this.#engine.call('fix', { source, finding, ...(configuration && { configuration }), ...(await placesOf(document)) });
  }
}
