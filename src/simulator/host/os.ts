import { signals } from './processes/signals.js';

/** Numbers of errors on Linux, by code. */
export const errorNumbers: Readonly<Record<string, number>> = {
  E2BIG: 7, EACCES: 13, EADDRINUSE: 98, EADDRNOTAVAIL: 99, EAGAIN: 11, EALREADY: 114, EBADF: 9, EBUSY: 16, ECANCELED: 125, ECHILD: 10, ECONNABORTED: 103, ECONNREFUSED: 111, ECONNRESET: 104, EDEADLK: 35, EEXIST: 17, EFBIG: 27,
  EHOSTUNREACH: 113, EINPROGRESS: 115, EINTR: 4, EINVAL: 22, EIO: 5, EISCONN: 106, EISDIR: 21, ELOOP: 40, EMFILE: 24, ENAMETOOLONG: 36, ENETUNREACH: 101, ENFILE: 23, ENOENT: 2, ENOMEM: 12, ENOSPC: 28, ENOSYS: 38, ENOTCONN: 107,
  ENOTDIR: 20, ENOTEMPTY: 39, ENOTSUP: 95, EPERM: 1, EPIPE: 32, ERANGE: 34, EROFS: 30, ESPIPE: 29, ESRCH: 3, ETIMEDOUT: 110, EWOULDBLOCK: 11, EXDEV: 18,
};
const priority = { PRIORITY_LOW: 19, PRIORITY_BELOW_NORMAL: 10, PRIORITY_NORMAL: 0, PRIORITY_ABOVE_NORMAL: -7, PRIORITY_HIGH: -14, PRIORITY_HIGHEST: -20 };
const gibibyte = 2 ** 30;

/** The module `os`: one fixed machine, a small Linux with two processors, so that nothing depends on where the simulator runs. `uptime` in seconds. */
export function createOs(uptime: () => number): object {
  const cpu = { model: 'simulated', speed: 1000, times: { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 } };
  return {
    EOL: '\n', devNull: '/dev/null', constants: Object.freeze({ UV_UDP_REUSEADDR: 4, dlopen: Object.freeze({ RTLD_LAZY: 1, RTLD_NOW: 2, RTLD_GLOBAL: 256, RTLD_LOCAL: 0 }), errno: Object.freeze({ ...errorNumbers }), signals: Object.freeze({ ...signals }), priority: Object.freeze({ ...priority }) }),
    arch: () => 'x64', platform: () => 'linux', type: () => 'Linux', release: () => '6.1.0', version: () => '#1 SMP', machine: () => 'x86_64', endianness: () => 'LE',
    hostname: () => 'localhost', homedir: () => '/root', tmpdir: () => '/tmp', userInfo: () => ({ uid: 0, gid: 0, username: 'root', homedir: '/root', shell: '/bin/sh' }),
    cpus: () => [structuredCopy(cpu), structuredCopy(cpu)], availableParallelism: () => 2, loadavg: () => [0, 0, 0], freemem: () => 2 * gibibyte, totalmem: () => 4 * gibibyte, uptime,
    networkInterfaces: () => ({ lo: [{ address: '127.0.0.1', netmask: '255.0.0.0', family: 'IPv4', mac: '00:00:00:00:00:00', internal: true, cidr: '127.0.0.1/8' }] }), getPriority: () => 0,
    setPriority: () => { throw new Error('os.setPriority is not simulated'); },
  };
}

function structuredCopy<T extends { readonly times: object }>(cpu: T): T {
  return { ...cpu, times: { ...cpu.times } };
}
