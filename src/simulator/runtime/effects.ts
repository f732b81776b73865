const reading = new Set(
  ('get fetch load read find query select list search count exists exist has is can check validate verify parse format encode decode digest hash stringify serialize ' +
    'deserialize clone copy compare compute calculate resolve lookup describe inspect peek measure stat head sleep delay wait pause log debug info warn trace print now ' +
    'download retrieve to from of').split(' '),
);

const changing = new Set(['push', 'pop', 'shift', 'unshift', 'splice', 'sort', 'reverse', 'fill', 'copyWithin', 'constructor']);

/** Methods of strings, numbers and arrays: a value from outside is often one. */
const ofValues = new Set([String.prototype, Number.prototype, Array.prototype].flatMap((prototype: object) => Object.getOwnPropertyNames(prototype)).filter((name) => !changing.has(name)));

/** Names that are kept, with what they tell. There are far fewer of them than calls. */
const mostNames = 20_000;
const known = new Map<string, boolean>();

/** True if a call of this name looks as if it only reads or computes: doing it twice does no harm by itself. */
export function onlyReads(name: string): boolean {
  let reads = known.get(name);
  if (reads === undefined) {
    reads = soundsLikeReading(name);
    if (known.size < mostNames) known.set(name, reads);
  }
  return reads;
}

function soundsLikeReading(name: string): boolean {
  if (ofValues.has(name)) return true;
  const first = name.split(/(?=[A-Z])|_/)[0] ?? '';
  return reading.has(first.toLowerCase());
}
