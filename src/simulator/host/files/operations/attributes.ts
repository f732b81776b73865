import { requireInteger } from '../../buffer/ranges.js';
import { invalidValue, modeOf, requirePath, timeOf, type Options } from '../arguments.js';
import type { Status } from '../calls.js';
import { forgiving } from './failures.js';
import { statusAt, type OperationsWorld, type Steps } from './world.js';

/** What is known of a file: whether it is there, its status, mode and times. */
export function attributeOperations(world: OperationsWorld) {
  const { kernel, stats: { Stats }, now } = world;

  function* statusOf(handle: string, syscall = 'fstat'): Steps {
    return new Stats(kernel.call<Status>('fstat', { handle }, { syscall }));
  }

  function requirePlain(options: Options): void {
    if (options['bigint'] === true) throw new Error('the option "bigint" of fs.stat is not simulated');
  }

  const statOf = (follows: boolean) => (path: unknown, options?: unknown): Steps => {
    const given = (typeof options === 'object' && options !== null ? options : {}) as Options;
    requirePlain(given);
    return statSteps(requirePath(path), follows, given['throwIfNoEntry'] !== false);
  };

  function* statSteps(path: string, follows: boolean, throws: boolean): Steps {
    const status = statusAt(world, path, follows, throws ? [] : ['ENOENT', 'ENOTDIR']);
    return status && new Stats(status);
  }

  const access = (path: unknown, mode?: unknown): Steps => accessSteps(requirePath(path), mode === undefined ? 0 : requireInteger(mode, 'mode', 0, 7));
  function* accessSteps(path: string, mode: number): Steps<undefined> {
    kernel.call('access', { path, mode }, { path });
    return undefined;
  }

  function* exists(path: string): Steps<boolean> {
    return forgiving(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'], () => kernel.call('access', { path, mode: 0 }, { path })) !== undefined;
  }

  const chmod = (path: unknown, mode?: unknown): Steps => chmodSteps(requirePath(path), modeOf(mode, -1));
  function* chmodSteps(path: string, mode: number): Steps<undefined> {
    if (mode < 0) throw invalidValue('mode', undefined);
    kernel.call('chmod', { path, mode }, { path });
    return undefined;
  }

  function* chmodTo(handle: string, mode: number): Steps<undefined> {
    if (mode < 0) throw invalidValue('mode', undefined);
    kernel.call('fchmod', { handle, mode });
    return undefined;
  }

  const timesAt = (syscall: 'utime' | 'lutime') => (path: unknown, atime: unknown, mtime: unknown): Steps => timesSteps(syscall, { path: requirePath(path), accessed: timeOf(atime, now()), modified: timeOf(mtime, now()) });
  function* timesSteps(syscall: string, given: { path: string; accessed: number; modified: number }): Steps<undefined> {
    kernel.call('utime', { ...given, follows: syscall === 'utime' }, { syscall, path: given.path });
    return undefined;
  }
  const timesOf = (handle: string, atime: unknown, mtime: unknown): Steps => timesOfSteps({ handle, accessed: timeOf(atime, now()), modified: timeOf(mtime, now()) });
  function* timesOfSteps(given: { handle: string; accessed: number; modified: number }): Steps<undefined> {
    kernel.call('futime', given);
    return undefined;
  }

  return {
    exists, statusOf, requirePlain, chmodTo, timesOf,
    byPath: { stat: statOf(true), lstat: statOf(false), access, chmod, utimes: timesAt('utime'), lutimes: timesAt('lutime') },
  };
}
