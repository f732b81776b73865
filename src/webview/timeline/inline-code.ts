export interface Stretch {
  readonly text: string;
  readonly isCode: boolean;
}

/** Splits a sentence at its backticks: "`load()` is falsy" is code, then words. An unpaired backtick stands for itself. */
export function stretchesOf(sentence: string): readonly Stretch[] {
  return sentence
    .split(/`([^`]+)`/)
    .map((text, index) => ({ text, isCode: index % 2 === 1 }))
    .filter(({ text }) => text !== '');
}
