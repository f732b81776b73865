import type { SourceText } from '../language/index.js';
import type { Finding, Fix, SourceRange } from '../model/index.js';
import { techniques } from './by-rule.js';
import { flaggedCode } from './flagged-code.js';

/** A fix that is not yet proved, with the text that it makes. */
export interface DraftedFix extends Fix {
  readonly text: string;
  /** Names that the old text does not have. */
  readonly added: readonly string[];
  /** See `Cure.caution`: such a fix is not proved. */
  readonly caution?: string;
  /** Where a place of the old text stands in the new one: more than once if it was copied, nowhere if it is gone. */
  readonly moved: (range: SourceRange) => readonly SourceRange[];
}

/** Ways to cure a finding, likeliest to be wanted first. None is proved, and some may be wrong. `packages`: what the project may import. */
export function fixesFor(finding: Finding, source: SourceText, packages: ReadonlySet<string> = new Set()): DraftedFix[] {
  const code = flaggedCode(finding, source, packages);
  if (!code) return [];
  const known = new Set(namesIn(source.text));
  const fixes = (techniques[finding.rule] ?? []).flatMap((technique): DraftedFix[] => {
    const cure = technique(code);
    if (!cure?.draft.isSound) return [];
    const { title, draft, caution } = cure;
    return [{ title, edits: draft.edits, text: draft.text, added: namesIn(draft.text).filter((name) => !known.has(name)), ...(caution !== undefined && { caution }), moved: (range) => draft.moved(range) }];
  });
  return fixes.filter(({ text }, at) => text !== source.text && fixes.findIndex((other) => other.text === text) === at);
}

function namesIn(text: string): string[] {
  return [...new Set(text.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu))];
}
