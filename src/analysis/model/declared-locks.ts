import { normalPath, pathIn } from '../../model/index.js';
import { folderOf, isLocal, joined } from '../../language/index.js';
import type { LockLibrary } from '../catalog/locks/index.js';
import type { ModuleModel } from './module.js';

/** The lock library that the project's configuration describes under the name by which a module imports it. */
export function declaredLock(specifier: string, { file, links: { configuration } }: ModuleModel): LockLibrary | undefined {
  const imported = isLocal(specifier) ? withoutExtension(pathIn(configuration, joined(folderOf(file), specifier))) : undefined;
  return configuration.locks.find(({ modules }) => modules.some((module) => (isLocal(module) ? imported === withoutExtension(normalPath(module)) : specifier === module)));
}

/** `./lock`, `./lock.js` and `./lock/index.ts` are one module. */
function withoutExtension(path: string): string {
  return path.replace(/\.[cm]?[jt]sx?$/, '').replace(/\/index$/, '');
}
