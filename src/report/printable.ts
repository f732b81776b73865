/**
 * Text of a user's program on its way to a terminal. Nothing in it may steer the terminal (escape sequences, C1 controls) or change
 * the order in which a person reads it (bidirectional controls): such characters are shown as escapes.
 */
const unprintable = /[\p{Control}\p{Format}\p{Surrogate}\p{Zl}\p{Zp}]/gu;

export function printable(text: string): string {
  return text.replaceAll('\t', '  ').replace(unprintable, escapeOf);
}

/** JSON stays the same value: what would steer a terminal stands inside strings only, where `\u` escapes are allowed. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(unprintable, (character) => (character === '\n' ? character : [...Array(character.length).keys()].map((at) => unit(character.charCodeAt(at))).join('')));
}

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  return code <= 0xff ? `\\x${code.toString(16).padStart(2, '0')}` : code <= 0xffff ? unit(code) : `\\u{${code.toString(16)}}`;
}

function unit(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`;
}
