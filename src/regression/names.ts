const reserved = new Set(
  ('arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null ' +
    'package private protected public return static super switch this throw true try typeof undefined var void while with yield expect it test describe vi jest mock assert deferred settled inTurn callingBack watched first second calls results isOver text seen ends watch failure tell shown answering').split(' '),
);

/** Gives each variable of a test a name of its own. */
export class Names {
  readonly #taken = new Set(reserved);

  /** For a name that is given, such as an import's. */
  take(name: string): string {
    this.#taken.add(name);
    return name;
  }

  of(wish: string): string {
    const base = plain(wish) || 'value';
    let name = base;
    for (let count = 2; this.#taken.has(name); count++) name = `${base}${count}`;
    return this.take(name);
  }
}

/** What is a name in it: `run` of `#run`. */
function plain(text: string): string {
  const name = text.replace(/[^\w$]+(\w)?/g, (_match, letter: string | undefined) => letter?.toUpperCase() ?? '');
  return /^\d/.test(name) ? `_${name}` : name;
}

export function capitalised(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

/** The last name in the expression that made a value. */
export function lastName(label: string): string {
  let end = label.length;
  // Arguments and elements do not name what they belong to.
  while (end > 0 && (label[end - 1] === ')' || label[end - 1] === ']')) end = openingOf(label, end - 1);
  return /([\w$]+)$/.exec(label.slice(0, end))?.[1] ?? '';
}

function openingOf(label: string, closing: number): number {
  let depth = 0;
  for (let index = closing; index >= 0; index--) {
    if (label[index] === ')' || label[index] === ']' || label[index] === '}') depth++;
    else if (label[index] === '(' || label[index] === '[' || label[index] === '{') depth--;
    if (depth === 0) return index;
  }
  return 0;
}
