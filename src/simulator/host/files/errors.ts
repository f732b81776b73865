import { nodeError } from '../events/errors.js';
import { errorNumbers } from '../os.js';

/** libuv's texts, as far as files go. */
const texts: Readonly<Record<string, string>> = {
  EACCES: 'permission denied', EBADF: 'bad file descriptor', EBUSY: 'resource busy or locked', EEXIST: 'file already exists', EFBIG: 'file too large', EINVAL: 'invalid argument', EIO: 'i/o error', EISDIR: 'illegal operation on a directory', ELOOP: 'too many symbolic links encountered',
  ENAMETOOLONG: 'name too long', ENOENT: 'no such file or directory', ENOTDIR: 'not a directory', ENOTEMPTY: 'directory not empty', EPERM: 'operation not permitted', EXDEV: 'cross-device link not permitted',
};

/** What a failing call is told of: its name in libuv, and its paths if it has any. */
export interface Subject {
  readonly syscall: string;
  readonly path?: string;
  readonly dest?: string;
}

/** Node's UVException: an error with errno, code, syscall, path and dest. */
export function uvError(code: string, { syscall, path, dest }: Subject): Error {
  const message = `${code}: ${texts[code] ?? 'unknown error'}, ${syscall}${path === undefined ? '' : ` '${path}'`}${dest === undefined ? '' : ` -> '${dest}'`}`;
  return Object.assign(new Error(message), { errno: -errorNumbers[code]!, code, syscall, ...(path !== undefined && { path }), ...(dest !== undefined && { dest }) });
}

/** Node's SystemError, which only its own library throws: ERR_FS_EISDIR of `rm`. */
export function systemError(code: string, message: string, { errno, ...subject }: Subject & { readonly errno: string; readonly text: string }): Error {
  const { syscall, path, text } = subject;
  const error = nodeError(Error, code, `${message}: ${syscall} returned ${errno} (${text})${path === undefined ? '' : ` ${path}`}`);
  Object.defineProperty(error, 'name', { value: 'SystemError', configurable: true, writable: true });
  return Object.assign(error, { errno: errorNumbers[errno]!, syscall, ...(path !== undefined && { path }) });
}

/** Names of the module that nothing stands for here; a call says so. */
export function notSimulated(name: string): () => never {
  return () => { throw new Error(`fs.${name} is not simulated`); };
}
