/** What a call of the kernel failed with; undefined if it did not. */
export function caught(run: () => unknown): (Error & { readonly code: string }) | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (!isNodeError(error)) throw error;
    return error;
  }
}

/** Undefined if the call fails for one of these reasons. */
export function forgiving<T>(codes: readonly string[], run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (!isNodeError(error) || !codes.includes(error.code)) throw error;
    return undefined;
  }
}

function isNodeError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'syscall' in error;
}

