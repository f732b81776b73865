import type { Rule } from './rule.js';

export const lostUpdate: Rule = {
  id: 'lost-update',
  category: 'atomicity',
  summary: 'A shared place is read, the code is suspended, and then a value made from the old reading is written back.',
  explanation:
    'Another task can write the place while this one is suspended; what it wrote is overwritten with a value that does not know of it. ' +
    'Read the place again after the last suspension (`const step = await f(); n += step`), or guard the whole of it with a mutex.',
  accuses: ({ candidate }) => candidate.dependence === 'update' && candidate.renewed.length === 0 && (candidate.isPutBack || !isRestored(candidate.value)),
};

/** `const old = this.mode; …; this.mode = old` puts back what was there: it undoes, it does not update. Of counts and flags others may have counted meanwhile. */
function isRestored(value: { readonly isCopy: boolean }): boolean {
  return value.isCopy;
}
