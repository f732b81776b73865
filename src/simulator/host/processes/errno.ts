/** Numbers of errors on Linux, as far as processes meet them. */
const numbers = { ESRCH: -3, EINVAL: -22, EPIPE: -32 } as const;

/** An error of a system call, as Node throws it without a message of the library's own: `kill ESRCH`. */
export function errnoException(code: keyof typeof numbers, syscall: string): Error {
  return Object.assign(new Error(`${syscall} ${code}`), { errno: numbers[code], code, syscall });
}
