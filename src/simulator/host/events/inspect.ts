/** What Node's `util.inspect` gives for a value in an error message, as far as values in messages go: primitives, and plain objects of such. */
export function inspectBriefly(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return value.name ? `[Function: ${value.name}]` : '[Function (anonymous)]';
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value);
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(inspectPart).join(', ')} ]`;
  const fields = Object.entries(value).map(([key, part]) => `${key}: ${inspectPart(part)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

function inspectPart(value: unknown): string {
  if (typeof value !== 'object' || value === null) return inspectBriefly(value);
  return Array.isArray(value) ? '[Array]' : '[Object]';
}
