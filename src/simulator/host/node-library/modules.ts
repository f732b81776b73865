import { computes, computesLater } from '../../runtime/intrinsics.js';
import type { ModuleMaker } from '../node-modules.js';
import { libraryOf } from './index.js';

type Module = Record<string, unknown>;

/** A module of the library, or a part of one. */
function part(name: string, of: (module: Module) => unknown = (module) => module): ModuleMaker {
  return (...world) => of(libraryOf(...world)(name) as Module);
}

/** One whose functions compute: of what comes from outside they make what comes from outside. */
function computing(name: string, of?: (module: Module) => unknown, later: readonly string[] = []): ModuleMaker {
  return (...world) => {
    const module = part(name, of)(...world) as Module;
    for (const [key, member] of Object.entries(module)) if (typeof member === 'function') (later.includes(key) ? computesLater : computes)(member);
    if (typeof module === 'function') computes(module);
    // Default and namespace imports both find their way.
    return 'default' in module ? module : Object.defineProperty(module, 'default', { value: module, configurable: true });
  };
}

const posix = ({ posix: module }: Module): unknown => module;

/** A finding's code may hand a stream what comes from outside: what that does is not known, then. In a scenario file such a value is a chunk like any other. */
const streams: ModuleMaker = (platform, world, helpers) => {
  const module = computing('stream', undefined, ['pipeline', 'finished'])(platform, world, helpers) as Module;
  if (world.hasMachine === true) return module;
  for (const name of ['Stream', 'Readable', 'Writable', 'Duplex', 'Transform', 'PassThrough']) {
    for (const { value } of Object.values(Object.getOwnPropertyDescriptors((module[name] as { prototype: object }).prototype))) if (typeof value === 'function') computes(value as object);
  }
  computes((module['Readable'] as { from: object }).from);
  return module;
};

export const libraryModules: Readonly<Record<string, ModuleMaker>> = {
  assert: computing('assert', undefined, ['rejects', 'doesNotReject']),
  'assert/strict': computing('assert', ({ strict }) => strict, ['rejects', 'doesNotReject']),
  os: part('os'),
  path: computing('path', posix),
  'path/posix': computing('path', posix),
  querystring: computing('querystring'),
  stream: streams,
  'stream/promises': computing('stream/promises', undefined, ['pipeline', 'finished']),
  'stream/consumers': computing('stream/consumers', (module) => ({ ...module, blob: () => { throw new Error('stream/consumers.blob is not simulated'); } }), ['arrayBuffer', 'blob', 'buffer', 'json', 'text']),
  url: computing('url'),
  util: computing('util'),
  'util/types': computing('util', ({ types }) => types),
};
