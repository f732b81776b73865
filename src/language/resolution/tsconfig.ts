import { folderOf, joined, type ReadModule } from '../resolve.js';
import { objectOf, readObject, textsOf } from './json.js';
import { matchingPatterns } from './patterns.js';

/** What a `tsconfig.json` says of how modules are found and what decorators mean, as far as it concerns us. */
export interface ProjectSettings {
  readonly paths: Readonly<Record<string, readonly string[]>>;
  /** Folder that plain names may be relative to. */
  readonly baseUrl?: string;
  readonly experimentalDecorators?: boolean;
  /** There is a configuration. */
  readonly isConfigured?: true;
}

const none: ProjectSettings = { paths: {} };
const mostParents = 8;

/** Settings of the project that a file belongs to: those of the nearest configuration, and of what that extends. */
export class Projects {
  readonly #read: ReadModule;
  readonly #byFolder = new Map<string, ProjectSettings | undefined>();

  constructor(read: ReadModule) {
    this.#read = read;
  }

  of(file: string): ProjectSettings {
    return this.#nearest(folderOf(file)) ?? none;
  }

  /** Paths without extension that a name may stand for by `paths` and `baseUrl`, likeliest first. */
  pathsOf(file: string, name: string): string[] {
    const { paths, baseUrl } = this.of(file);
    const mapped = matchingPatterns(Object.keys(paths), name)[0];
    const targets = mapped ? paths[mapped.pattern]!.map((target) => joined('', target.replace('*', mapped.star))) : [];
    return baseUrl === undefined ? targets : [...targets, joined(baseUrl, name)];
  }

  #nearest(folder: string): ProjectSettings | undefined {
    if (this.#byFolder.has(folder)) return this.#byFolder.get(folder);
    const own = this.#load(joined(folder, 'tsconfig.json'), 0) ?? this.#load(joined(folder, 'jsconfig.json'), 0);
    const found = own ?? (folder === '' ? undefined : this.#nearest(folderOf(folder)));
    this.#byFolder.set(folder, found);
    return found;
  }

  #load(file: string, depth: number): ProjectSettings | undefined {
    const config = depth > mostParents ? undefined : readObject(file, this.#read);
    if (!config) return undefined;
    const folder = folderOf(file);
    const parents = textsOf(config['extends']).filter((name) => name.startsWith('.')).map((name) => this.#load(joined(folder, name.endsWith('.json') ? name : `${name}.json`), depth + 1));
    const inherited = parents.reduce<ProjectSettings>((all, parent) => ({ ...all, ...parent }), none);
    const options = objectOf(config['compilerOptions']) ?? {};
    const baseUrl = typeof options['baseUrl'] === 'string' ? joined(folder, options['baseUrl']) : inherited.baseUrl;
    const paths = objectOf(options['paths']);
    const decorators = options['experimentalDecorators'];
    return {
      isConfigured: true,
      // Without `baseUrl` targets are relative to the file that says them.
      paths: paths ? Object.fromEntries(Object.entries(paths).map(([pattern, targets]) => [pattern, textsOf(targets).map((target) => joined(baseUrl ?? folder, target))])) : inherited.paths,
      ...(baseUrl !== undefined && { baseUrl }),
      ...(typeof decorators === 'boolean' ? { experimentalDecorators: decorators } : inherited.experimentalDecorators !== undefined && { experimentalDecorators: inherited.experimentalDecorators }),
    };
  }
}
