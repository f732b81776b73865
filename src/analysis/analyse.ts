import type { ReadModule, SourceText } from '../language/index.js';
import type { FileAnalysis } from './file-analysis.js';
import { findingsOf } from './findings.js';
import type { ModuleModel } from './model/module.js';
import { isWorthParsing } from './prescan.js';
import { Program } from './program.js';
import { moduleRules, rules } from './rules/index.js';
import { subjectsOf } from './subjects.js';

export interface AnalysisOptions {
  /** Ids of the rules to ask; all by default. */
  readonly rules?: readonly string[];
  /** False if nobody will ask what functions there are to simulate: then those that only this module runs are not followed by themselves. */
  readonly functions?: boolean;
}

/** Reads the files of a program one by one, each with what it imports, and says which of their regions can be torn. */
export interface Analyser {
  /** Never throws. */
  analyse(source: SourceText, options?: AnalysisOptions): FileAnalysis;
  /** Says that a file has changed, come or gone, so that what was read with it is read anew. */
  forget(file: string): void;
}

/** @param read What else there is below the working directory; without it every file is analysed by itself. */
export function createAnalyser(read?: ReadModule): Analyser {
  const program = new Program(read);
  return {
    analyse: (source, options = {}) => {
      const analysis = analyseFile(program, source, options);
      program.tidy();
      return analysis;
    },
    forget: (file) => program.forget(file),
  };
}

/** Analyses one file by itself. Never throws. */
export function analyse(source: SourceText, options: AnalysisOptions = {}): FileAnalysis {
  return analyseFile(new Program(), source, options);
}

function analyseFile(program: Program, source: SourceText, options: AnalysisOptions): FileAnalysis {
  const lines = source.text.split('\n').length;
  const nothing = { file: source.file, lines, findings: [], functions: [] };
  if (!isWorthParsing(source.text, lines)) return { ...nothing, parsed: false };
  try {
    const model = program.model(source);
    if (!('module' in model)) return { ...nothing, parsed: true, failure: { message: model.message, range: model.range } };
    return { ...nothing, parsed: true, ...conclude(program, model, options) };
  } catch (error) {
    // Code nested deeper than the stack: generated, and nobody's to fix.
    if (error instanceof RangeError) return { ...nothing, parsed: false };
    throw error;
  }
}

function conclude(program: Program, model: ModuleModel, options: AnalysisOptions): Pick<FileAnalysis, 'findings' | 'functions'> {
  const areAsked = options.functions ?? true;
  const studies = program.studiesOf(model, areAsked);
  const isAsked = ({ id }: { readonly id: string }): boolean => options.rules?.includes(id) ?? true;
  const view = { model, studies, studiesAround: (location: Parameters<Program['studiesAround']>[1]) => program.studiesAround(model, location) };
  return { findings: findingsOf(view, rules.filter(isAsked), moduleRules.filter(isAsked)), functions: areAsked ? subjectsOf(model, studies) : [] };
}
