/** Modules of Node that only compute: a test runs them as they are. */
const computing = new Set(['assert', 'assert/strict', 'async_hooks', 'buffer', 'crypto', 'diagnostics_channel', 'events', 'os', 'path', 'path/posix', 'path/win32', 'perf_hooks', 'punycode', 'querystring', 'string_decoder', 'url', 'util', 'util/types']);

/** Those that reach files, other processes or the network: never run with the made-up values of a test. */
const acting = new Set(['child_process', 'cluster', 'dgram', 'dns', 'dns/promises', 'fs', 'fs/promises', 'http', 'http2', 'https', 'inspector', 'net', 'process', 'readline', 'readline/promises', 'repl', 'sqlite', 'tls', 'vm', 'worker_threads']);

export function computesOnly(specifier: string): boolean {
  return computing.has(bare(specifier));
}

/** A module of Node that tests know by either name. */
export function isBuiltin(specifier: string): boolean {
  return specifier.startsWith('node:') || computesOnly(specifier) || actsOutside(specifier);
}

/** A module of Node that reaches further than the process. */
export function actsOutside(specifier: string): boolean {
  return acting.has(bare(specifier));
}

/** Modules of Node that reach further than the process, and packages, of which nobody knows how far they reach. Files of the project are named by where they are. */
export function mayReachOutside(specifier: string): boolean {
  return actsOutside(specifier) || !(computesOnly(specifier) || OF_THE_PROJECT.test(specifier));
}

/** `./file`, `#alias/file`, `@/file`, `~/file` */
const OF_THE_PROJECT = /^(?:[./#~]|@\/)/;

function bare(specifier: string): string {
  return specifier.replace(/^node:/, '');
}
