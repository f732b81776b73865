import type { Proof, Verdict } from '../model/index.js';

const headlines: Readonly<Record<Verdict, string>> = {
  confirmed: 'Confirmed: a schedule breaks it',
  refuted: 'Refuted: no schedule breaks it',
  bounded: 'Not confirmed: no schedule within the budget breaks it',
  unproven: 'Not proved: it could not be run',
};

export function verdictHeadline(verdict: Verdict): string {
  return headlines[verdict];
}

/** What a witness takes for granted, if anything: "assuming that `user` is falsy, and that …". */
export function assumptionsOf({ witness }: Proof): string | undefined {
  if (!witness || witness.assumptions.length === 0) return undefined;
  return `assuming that ${witness.assumptions.map(({ text }) => text).join(', and that ')}`;
}
