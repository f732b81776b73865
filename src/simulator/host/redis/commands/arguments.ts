/** What clients take for text, as it goes over the wire. @throws TypeError for what they refuse. */
export function wireText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return String(value);
  if (ArrayBuffer.isView(value)) throw new Error('bytes as an argument of a Redis command are not simulated; give text');
  if (typeof value === 'function') throw new Error('what comes from outside cannot be an argument of a simulated Redis command');
  return String(value as object);
}
