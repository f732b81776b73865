/** A sentence of ours as markdown: what stands in backticks becomes code, anything else is text, whatever characters it holds. */
export function prose(sentence: string): string {
  return sentence
    .split(/(`[^`]+`)/)
    .map((part) => (part.length > 2 && part.startsWith('`') && part.endsWith('`') ? part : part.replaceAll(/[\\`*_{}[\]()#+\-.!|<>~&]/g, (special) => `\\${special}`)))
    .join('')
    .replaceAll(/\s+/g, ' ');
}

/** With a capital letter and a full stop. */
export function sentence(clause: string): string {
  const trimmed = clause.trim();
  return trimmed.charAt(0).toUpperCase() + trimmed.slice(1) + (/[.!?]$/.test(trimmed) ? '' : '.');
}

/** For places that show no markdown: code stands in single quotes, as in TypeScript's own messages. */
export function plain(sentence: string): string {
  return sentence.replaceAll(/`([^`]+)`/g, "'$1'");
}
