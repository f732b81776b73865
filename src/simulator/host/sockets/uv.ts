/** Errors of the operating system on Linux as libuv numbers and words them. Source: errno(3), uv-errno.h. */
const known: Readonly<Record<string, readonly [number: number, message: string]>> = {
  EADDRINUSE: [-98, 'address already in use'], EADDRNOTAVAIL: [-99, 'address not available'], EAFNOSUPPORT: [-97, 'address family not supported'], EBADF: [-9, 'bad file descriptor'], ECANCELED: [-125, 'operation canceled'],
  ECONNREFUSED: [-111, 'connection refused'], ECONNRESET: [-104, 'connection reset by peer'], EINVAL: [-22, 'invalid argument'], ENETUNREACH: [-101, 'network is unreachable'], ENOENT: [-2, 'no such file or directory'],
  ENOTCONN: [-107, 'socket is not connected'], ENOTSUP: [-95, 'operation not supported on socket'], EPIPE: [-32, 'broken pipe'], EPROTO: [-71, 'protocol error'], ETIMEDOUT: [-110, 'connection timed out'], EOF: [-4095, 'end of file'],
};

export function errnoOf(code: string): number {
  return known[code]![0];
}

export function codeOfErrno(errno: number): string {
  return Object.keys(known).find((code) => known[code]![0] === errno) ?? `Unknown system error ${errno}`;
}

/** `UV_EINVAL` and the rest. */
export const uvConstants: Readonly<Record<string, number>> = Object.fromEntries(Object.entries(known).map(([code, [number]]) => [`UV_${code}`, number]));

interface SystemError extends Error {
  errno?: number;
  code?: string;
  syscall?: string;
  address?: string;
  port?: number;
}

function systemError(message: string, errno: number, syscall: string): SystemError {
  return Object.assign(new Error(message), { errno, code: codeOfErrno(errno), syscall });
}

/** Errors of calls to the system, as Node's library makes them. Source: lib/internal/errors.js of Node 20. */
export const systemErrors = {
  ErrnoException: function ErrnoException(errno: number, syscall: string, original?: string): SystemError {
    return systemError(`${syscall} ${codeOfErrno(errno)}${original ? ` ${original}` : ''}`, errno, syscall);
  },
  ExceptionWithHostPort: function ExceptionWithHostPort(errno: number, syscall: string, address: string, port?: number, additional?: string): SystemError {
    const error = systemError(`${syscall} ${codeOfErrno(errno)}${placeOf(address, port)}${additional ? ` - Local (${additional})` : ''}`, errno, syscall);
    return Object.assign(error, { address, ...(port && { port }) });
  },
  UVExceptionWithHostPort: function UVExceptionWithHostPort(errno: number, syscall: string, address: string, port?: number): SystemError {
    const code = codeOfErrno(errno);
    const error = Object.assign(new Error(`${syscall} ${code}: ${known[code]?.[1] ?? 'unknown error'}${placeOf(address, port)}`), { code, errno, syscall, address });
    return Object.assign(error, { ...(port && { port }) });
  },
  genericNodeError: (message: string, properties: object): Error => Object.assign(new Error(message), properties),
  NodeAggregateError: function NodeAggregateError(errors: readonly { code?: unknown }[], message?: string): Error {
    return Object.assign(new AggregateError(errors, message), { code: errors[0]?.code });
  },
};

function placeOf(address: string | undefined, port: number | undefined): string {
  return port !== undefined && port > 0 ? ` ${address}:${port}` : address ? ` ${address}` : '';
}
