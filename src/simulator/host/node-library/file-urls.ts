import { nodeError } from '../events/errors.js';
import { URL, URLSearchParams } from '../web/url.js';

const isURL = (value: unknown): value is URL => value instanceof URL;
type Codes = Readonly<Record<string, new (...args: unknown[]) => Error>>;

const encoded: Readonly<Record<string, string>> = { '%': '%25', '\t': '%09', '\n': '%0A', '\r': '%0D', ' ': '%20', '"': '%22', '#': '%23', '?': '%3F', '[': '%5B', '\\': '%5C', ']': '%5D', '^': '%5E', '|': '%7C', '~': '%7E' };

/** Node's `internal/url`, as far as the library uses it, on POSIX. */
export function internalUrl(codes: Codes, path: () => { resolve(path: string): string }) {
  function fileURLToPath(given: unknown): string {
    if (typeof given !== 'string' && !isURL(given)) throw new codes['ERR_INVALID_ARG_TYPE']!('path', ['string', 'URL'], given);
    const { protocol, hostname, pathname } = (typeof given === 'string' ? new URL(given) : given) as unknown as { protocol: string; hostname: string; pathname: string };
    if (protocol !== 'file:') throw nodeError(TypeError, 'ERR_INVALID_URL_SCHEME', 'The URL must be of scheme file');
    if (hostname !== '') throw nodeError(TypeError, 'ERR_INVALID_FILE_URL_HOST', 'File URL host must be "localhost" or empty on linux');
    if (/%2f/i.test(pathname)) throw nodeError(TypeError, 'ERR_INVALID_FILE_URL_PATH', 'File URL path must not include encoded / characters');
    return decodeURIComponent(pathname);
  }

  function pathToFileURL(file: string): URL {
    const resolved = path().resolve(file);
    return new URL(`file://${(file.endsWith('/') && !resolved.endsWith('/') ? `${resolved}/` : resolved).replace(/[%\t\n\r "#?[\\\]^|~]/g, (letter) => encoded[letter]!)}`);
  }

  function urlToHttpOptions(url: Record<string, string>): object {
    const { protocol, hostname = '', hash, search, pathname, href, port, username = '', password = '' } = url;
    return {
      __proto__: null, ...url, protocol, hostname: hostname.startsWith('[') ? hostname.slice(1, -1) : hostname, hash, search, pathname, path: `${pathname ?? ''}${search ?? ''}`, href,
      ...(port !== '' && { port: Number(port) }), ...((username || password) && { auth: `${decodeURIComponent(username)}:${decodeURIComponent(password)}` }),
    };
  }

  const slashed = ['http', 'https', 'ftp', 'gopher', 'file', 'ws', 'wss'];
  const toASCII = (domain: unknown): string => {
    try {
      return (new URL(`ws://${String(domain)}`) as unknown as { hostname: string }).hostname;
    } catch {
      return '';
    }
  };
  return {
    URL, URLSearchParams, isURL, fileURLToPath, pathToFileURL, urlToHttpOptions, domainToASCII: toASCII, domainToUnicode: () => { throw new Error('url.domainToUnicode is not simulated'); },
    unsafeProtocol: new Set(['javascript', 'javascript:']), hostlessProtocol: new Set(['javascript', 'javascript:']), slashedProtocol: new Set(slashed.flatMap((name) => [name, `${name}:`])),
  };
}
