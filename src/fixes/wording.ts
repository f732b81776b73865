import type { FlaggedCode } from './flagged-code.js';

/** What a title calls the place: `` `balance` ``. */
export function shortLocation({ finding }: FlaggedCode): string {
  return `\`${bareName(finding.location)}\``;
}

/** The last name of a location: `balance` of `Account#balance`, `token` of `Session.#token`. */
export function bareName(location: string): string {
  return /([\p{ID_Continue}$]+)(?:\[[^\]]*\])*$/u.exec(location)?.[1] ?? location;
}

/** A name with another word before it: `token` and `renewing` make `renewingToken`. */
export function joinedName(...words: readonly string[]): string {
  return words.filter((word) => word !== '').map((word, at) => (at === 0 ? word[0]!.toLowerCase() + word.slice(1) : word[0]!.toUpperCase() + word.slice(1))).join('');
}
