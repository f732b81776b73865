import { checkModule, type CheckedModule } from './compile.js';
import type { ReadModule } from './resolve.js';
import { Resolver } from './resolution/resolver.js';
import type { SourceText } from './source.js';

/** Modules that are kept parsed: one of a project is asked for again and again. */
const mostKept = 300;

/** The files that one reader gives, found and parsed once. */
export class Sources {
  readonly resolver: Resolver;
  readonly #checked = new Map<string, CheckedModule>();

  constructor(read: ReadModule) {
    this.resolver = new Resolver(read);
  }

  check(source: SourceText): CheckedModule {
    const known = this.#checked.get(source.file);
    if (known?.source.text === source.text) return known;
    if (this.#checked.size >= mostKept) this.#checked.clear();
    const module = checkModule(source, { hasStandardDecorators: this.#hasStandardDecorators(source.file) });
    this.#checked.set(source.file, module);
    return module;
  }

  /** TypeScript's own decorators are older: a project has to ask for them. Where no project is known they are taken to be meant. */
  #hasStandardDecorators(file: string): boolean {
    const { experimentalDecorators = false, isConfigured } = this.resolver.settingsOf(file);
    return isConfigured ? !experimentalDecorators : /\.[cm]?jsx?$/.test(file);
  }
}

const byReader = new WeakMap<ReadModule, Sources>();

/** What is known of a reader's files stays with the reader: one that is asked after files have changed has to be a new one. */
export function sourcesOf(read: ReadModule): Sources {
  let sources = byReader.get(read);
  if (!sources) byReader.set(read, (sources = new Sources(read)));
  return sources;
}
