import type { Node } from '../../language/index.js';
import type { ModuleModel } from '../model/module.js';

/** What linters call a promise that is dropped, one that is dropped in a callback, and one that is taken for what it gives. */
export const FLOATING = /no-?floating-?promises?/i;
export const FLOATING_CALLBACK = /no-?(?:floating|misused)-?promises?/i;
export const MISUSED = /no-?misused-?promises?/i;

/** A comment of a linter: eslint's and those made like it. */
const COMMENT = /^[\s*]*(?:(?:eslint|oxlint|rslint)-(?<does>disable|enable)(?<scope>-next-line|-line)?|(?:biome|deno-lint)-ignore)(?![\w-])/;

/** The lines of which comments say that what a rule would tell there is meant. */
interface Meant {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const known = new WeakMap<ModuleModel, readonly Meant[]>();

/** True if a comment at the place keeps a rule of a linter quiet there: what it would say is known, and meant. */
export function isMeant(node: Node, rule: RegExp, model: ModuleModel): boolean {
  let meant = known.get(model);
  if (!meant) known.set(model, (meant = meantIn(model)));
  const { line } = node.loc.start;
  return meant.some(({ text, from, to }) => from <= line && line <= to && rule.test(text));
}

function meantIn({ module: { comments } }: ModuleModel): Meant[] {
  const found: Meant[] = [];
  for (const { value, loc, range } of comments) {
    const match = COMMENT.exec(value);
    if (!match) continue;
    const { does = 'disable', scope } = match.groups ?? {};
    const [first, last] = [loc.start.line, loc.end.line];
    // Reasons stand after two dashes.
    const text = value.split(/\s--/)[0]!;
    if (scope === '-line') found.push({ text, from: first, to: last });
    else if (scope === '-next-line' || !match.groups?.does) found.push({ text, from: last + 1, to: last + 1 });
    else if (does === 'disable') found.push({ text, from: last, to: endOf(comments, range[1], text) });
  }
  return found;
}

/** Where a comment that speaks of all that follows is taken back. */
function endOf(comments: ModuleModel['module']['comments'], from: number, disabled: string): number {
  const end = comments.find(({ value, range }) => {
    const enabled = COMMENT.exec(value)?.groups?.does === 'enable' && range[0] >= from ? value.replace(COMMENT, '').trim() : undefined;
    return enabled === '' || (enabled !== undefined && enabled.split(/[\s,]+/).some((rule) => rule !== '' && disabled.includes(rule)));
  });
  return end?.loc.start.line ?? Infinity;
}
