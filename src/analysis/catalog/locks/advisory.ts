/**
 * Locks of a database session, asked for in SQL: PostgreSQL's `pg_advisory_lock` (https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADVISORY-LOCKS),
 * MySQL's `GET_LOCK`. A session may take its own lock again, and a connection that goes back to its pool keeps what it holds.
 */
export const advisory = {
  /** Methods that hand SQL to a connection. */
  query: /^(?:query|raw|execute|unsafe|\$queryRawUnsafe|\$executeRawUnsafe)$/,
  acquire: /\b(pg_advisory_lock|get_lock)\s*\(([^)]*)\)/i,
  /** What answers whether it was got, and does not wait. */
  attempt: /\b(pg_try_advisory_lock)\s*\(([^)]*)\)/i,
  release: /\b(pg_advisory_unlock|release_lock)\s*\(([^)]*)\)/i,
  /** All at once, or with the connection. */
  releaseAll: /pg_advisory_unlock_all|release_all_locks|\.release\(\s*[^)\s]|\b(?:client|conn|connection|db)\.(?:end|close|destroy)\(/i,
} as const;

const NAME = 'advisory lock ';

export function advisoryName(key: string): string {
  return NAME + key;
}

export function isAdvisory(lock: string): boolean {
  return lock.startsWith(NAME);
}
