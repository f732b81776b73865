import module from 'node:module';
import { mayChange, named, realPath, refusal, unrecorded } from './node-bounds.js';

/** What compiles, bundles and resolves for a framework. */
const ofFrameworks = /[\\/]node_modules[\\/](?:@(?:rollup|rolldown|oxc-[\w-]+|swc|unrs|parcel|tailwindcss|next)[\\/]|(?:rollup|rolldown|oxc|lightningcss|fsevents|unrs-resolver)\b)/;

/** What is no JavaScript goes past all that is guarded here, so little of it is loaded; Node's own database opens no file of the project. */
export function guardNative(): void {
  const { dlopen } = process;
  process.dlopen = function (owner: object, file: string, ...rest: unknown[]) {
    const real = realPath(file, false);
    if (!ofFrameworks.test(real)) throw unrecorded(`load ${named(real)}`);
    return (dlopen as (...given: unknown[]) => void).call(process, owner, file, ...rest);
  };
  if (module.isBuiltin('node:sqlite')) guardDatabase(quietly(() => process.getBuiltinModule('node:sqlite')) as unknown as Sqlite);
}

interface Sqlite {
  DatabaseSync: new (file: unknown, ...rest: unknown[]) => object;
}

function guardDatabase(sqlite: Sqlite): void {
  sqlite.DatabaseSync = class extends sqlite.DatabaseSync {
    constructor(file: unknown, ...rest: unknown[]) {
      const real = realPath(String(file).replace(/^file:(?:\/\/)?|\?.*$/g, ''), false);
      if (String(file) !== ':memory:' && !mayChange(real)) throw refusal(`open ${named(real)}`);
      super(file, ...rest);
    }
  };
}

/** Without the warning that something is new. */
function quietly<T>(run: () => T): T {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return run();
  } finally {
    process.emitWarning = emitWarning;
  }
}
