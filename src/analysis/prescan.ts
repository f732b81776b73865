/** Without one of these words nothing in a file suspends, so nothing in it can be overtaken. */
const SUSPENDING_WORD = /\b(?:async|await|yield|then|Promise)\b/;

/** Longer than people write. Bundles and minified code are not theirs to fix. */
const LONGEST_TEXT = 2_000_000;
const LONGEST_MEAN_LINE = 400;

/** False if the text cannot hold a race that the rules know, or was not written by hand: then it is not even parsed. */
export function isWorthParsing(text: string, lines: number): boolean {
  return text.length <= LONGEST_TEXT && (text.length < 20_000 || text.length / lines <= LONGEST_MEAN_LINE) && SUSPENDING_WORD.test(text);
}
