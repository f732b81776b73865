import { parseModule } from '../language/index.js';
import type { SourceText } from '../language/index.js';
import type { FileAnalysis } from './file-analysis.js';
import { findingsOf } from './findings.js';
import { modelModule } from './model/module.js';
import { isWorthParsing } from './prescan.js';
import { studyModule } from './regions/study.js';
import { moduleRules, rules } from './rules/index.js';
import { subjectsOf } from './subjects.js';

export interface AnalysisOptions {
  /** Ids of the rules to ask; all by default. */
  readonly rules?: readonly string[];
}

/** Reads one file and says which of its regions can be torn. Never throws. */
export function analyse(source: SourceText, options: AnalysisOptions = {}): FileAnalysis {
  const lines = source.text.split('\n').length;
  const nothing = { file: source.file, lines, findings: [], functions: [] };
  if (!isWorthParsing(source.text, lines)) return { ...nothing, parsed: false };
  const parsed = parseModule(source);
  if (parsed.kind === 'failure') return { ...nothing, parsed: true, failure: { message: parsed.message, range: parsed.range } };
  try {
    const model = modelModule(parsed);
    const studies = studyModule(model);
    const isAsked = ({ id }: { readonly id: string }): boolean => options.rules?.includes(id) ?? true;
    return { ...nothing, parsed: true, findings: findingsOf(model, studies, rules.filter(isAsked), moduleRules.filter(isAsked)), functions: subjectsOf(model, studies) };
  } catch (error) {
    // Code nested deeper than the stack: generated, and nobody's to fix.
    if (error instanceof RangeError) return { ...nothing, parsed: false };
    throw error;
  }
}
