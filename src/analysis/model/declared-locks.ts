import { folderOf, isLocal, joined } from '../../language/index.js';
import type { LockLibrary } from '../catalog/locks.js';
import type { ModuleModel } from './module.js';

/** The lock library that the project's configuration describes under the name by which a module imports it. */
export function declaredLock(specifier: string, { file, links: { configuration } }: ModuleModel): LockLibrary | undefined {
  const { folder, locks } = configuration;
  const imported = isLocal(specifier) ? withoutExtension(joined(folderOf(file), specifier)) : undefined;
  return locks.find(({ modules }) => modules.some((module) => (isLocal(module) ? imported === withoutExtension(joined(folder, module)) : specifier === module)));
}

/** `./lock`, `./lock.js` and `./lock/index.ts` are one module. */
function withoutExtension(path: string): string {
  return path.replace(/\.[cm]?[jt]sx?$/, '').replace(/\/index$/, '');
}
