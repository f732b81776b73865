import { comparePositions } from '../model/index.js';
import type { Finding, SourceRange, SuppressionProblem } from '../model/index.js';
import { rangeOf } from '../language/index.js';
import type { ParsedModule, TSESTree } from '../language/index.js';

/** One rule that one comment keeps quiet. */
interface Suppression {
  readonly rule: string;
  /** The line it speaks of; undefined: all of the file. */
  readonly line: number | undefined;
  readonly range: SourceRange;
}

interface Comments {
  readonly suppressions: readonly Suppression[];
  readonly problems: readonly SuppressionProblem[];
}

export interface Suppressed {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Finding[];
  readonly suppressionProblems: readonly SuppressionProblem[];
}

const form = /^raceproof-ignore(?:-(?<scope>[\w-]*))?(?<rest>[^]*)$/;
const example = '// raceproof-ignore-next-line lost-update: one writer only';

/**
 * Takes out what comments keep quiet: `raceproof-ignore-next-line RULE[, RULE]: reason`, and `raceproof-ignore-file` for a whole file.
 * A comment without a reason keeps nothing quiet; one with nothing to keep quiet is told, if its rule was asked.
 */
export function suppress(findings: readonly Finding[], module: ParsedModule, isKnown: (rule: string) => boolean, isAsked: (rule: string) => boolean): Suppressed {
  const { suppressions, problems } = read(module, isKnown);
  if (suppressions.length === 0) return { findings, suppressed: [], suppressionProblems: problems };
  const used = new Set<Suppression>();
  const isQuiet = (finding: Finding): boolean => {
    const matching = suppressions.filter(({ rule, line }) => rule === finding.rule && (line === undefined || line === finding.range.start.line));
    // The nearer comment is the one that was needed.
    const [taken] = [...matching.filter(({ line }) => line !== undefined), ...matching];
    if (taken) used.add(taken);
    return taken !== undefined;
  };
  const suppressed = findings.filter(isQuiet);
  const unused = suppressions.filter((each) => !used.has(each) && isAsked(each.rule));
  return {
    findings: findings.filter((finding) => !suppressed.includes(finding)),
    suppressed,
    suppressionProblems: [...problems, ...unused.map(unusedProblem)].sort((a, b) => comparePositions(a.range.start, b.range.start)),
  };
}

function unusedProblem({ rule, line, range }: Suppression): SuppressionProblem {
  return { kind: 'unused', range, message: `Nothing is suppressed here: there is no ${rule} ${line === undefined ? 'in this file' : `on line ${line}`}. Remove ${rule} from this comment.` };
}

function read(module: ParsedModule, isKnown: (rule: string) => boolean): Comments {
  const suppressions: Suppression[] = [];
  const problems: SuppressionProblem[] = [];
  for (const comment of module.comments) {
    const match = form.exec(textOf(comment));
    if (!match) continue;
    const range = rangeOf(comment, module.source.file);
    const tell = (kind: SuppressionProblem['kind'], message: string): void => void problems.push({ kind, message, range });
    const { scope, rest = '' } = match.groups ?? {};
    if (scope !== 'next-line' && scope !== 'file') {
      tell('malformed', `There is no raceproof-ignore${scope === undefined ? '' : `-${scope}`}; write raceproof-ignore-next-line or raceproof-ignore-file.`);
      continue;
    }
    const colon = rest.indexOf(':');
    const rules = (colon < 0 ? rest : rest.slice(0, colon)).split(',').map((rule) => rule.trim());
    if (rules.some((rule) => !/^[\w-]+$/.test(rule))) {
      tell('malformed', `Say which rules are suppressed, with commas between them, and why: ${example}`);
      continue;
    }
    if (colon < 0 || rest.slice(colon + 1).trim() === '') {
      tell('no-reason', `Nothing is suppressed without a reason; say why after a colon: ${example}`);
      continue;
    }
    const line = scope === 'file' ? undefined : nextLine(comment, module);
    for (const rule of new Set(rules)) {
      if (isKnown(rule)) suppressions.push({ rule, line, range });
      else tell('unknown-rule', `There is no rule ${rule}, so nothing of it is suppressed; correct its name.`);
    }
  }
  return { suppressions, problems };
}

/** A documentation comment's stars are none of its text. */
function textOf({ value }: TSESTree.Comment): string {
  return value.replace(/^[\s*]+/, '').replace(/[\s*]+$/, '');
}

/** The first line after a comment on which there is more than comments. */
function nextLine(comment: TSESTree.Comment, { comments, source }: ParsedModule): number {
  const lines = source.text.split(/\r\n|[\r\n\u2028\u2029]/);
  let line = comment.loc.end.line + 1;
  for (const next of comments) {
    if (next.range[0] < comment.range[1] || next.loc.end.line < line) continue;
    if (next.loc.start.line !== line) break;
    const around = `${lines[line - 1]!.slice(0, next.loc.start.column)}${lines[next.loc.end.line - 1]!.slice(next.loc.end.column)}`;
    if (!/^[\s{}]*$/.test(around)) break;
    line = next.loc.end.line + 1;
  }
  return line;
}
