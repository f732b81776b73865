import { noConfiguration } from '../model/index.js';
import type { Configuration } from '../model/index.js';
import { countLineFeeds } from '../language/index.js';
import type { ReadModule, SourceText } from '../language/index.js';
import type { FileAnalysis } from './file-analysis.js';
import { findingsOf } from './findings.js';
import type { ModuleModel } from './model/module.js';
import { isWorthParsing } from './prescan.js';
import { Program } from './program.js';
import { moduleRules, ruleCatalogue, rules } from './rules/index.js';
import { subjectsOf } from './subjects.js';
import { suppress } from './suppressions.js';

export interface AnalysisOptions {
  /** Ids of the rules to ask; by default all that the configuration does not switch off. */
  readonly rules?: readonly string[];
  /** False if nobody will ask what functions there are to simulate: then those that only this module runs are not followed by themselves. */
  readonly functions?: boolean;
  readonly configuration?: Configuration;
}

/** Reads the files of a program one by one, each with what it imports, and says which of their regions can be torn. */
export interface Analyser {
  /** Never throws. */
  analyse(source: SourceText, options?: AnalysisOptions): FileAnalysis;
  /** Says that a file has changed, come or gone, so that what was read with it is read anew. */
  forget(file: string): void;
}

/** Programs that are kept at the same time. There is one for each way to read the code: most projects say nothing of entry points and locks. */
const MOST_PROGRAMS = 2;

/** @param read What else there is below the working directory; without it every file is analysed by itself. */
export function createAnalyser(read?: ReadModule): Analyser {
  /** The latest used last. */
  const programs = new Map<string, Program>();
  const programFor = (configuration: Configuration): Program => {
    const key = readingKey(configuration);
    const program = programs.get(key) ?? new Program(read, configuration);
    programs.delete(key);
    programs.set(key, program);
    for (const oldest of programs.keys()) if (programs.size > MOST_PROGRAMS) programs.delete(oldest);
    return program;
  };
  return {
    analyse: (source, options = {}) => {
      const program = programFor(options.configuration ?? noConfiguration);
      const analysis = analyseFile(program, source, options);
      program.tidy();
      return analysis;
    },
    forget: (file) => programs.forEach((program) => program.forget(file)),
  };
}

/** What of a configuration decides how code is read. */
function readingKey({ folder, above, entryPoints, locks }: Configuration): string {
  const isPlain = entryPoints.overlapping.length + entryPoints.once.length + locks.length === 0;
  return isPlain ? '' : JSON.stringify([folder, above, entryPoints, locks]);
}

/** Analyses one file by itself. Never throws. */
export function analyse(source: SourceText, options: AnalysisOptions = {}): FileAnalysis {
  return analyseFile(new Program(undefined, options.configuration), source, options);
}

function analyseFile(program: Program, source: SourceText, options: AnalysisOptions): FileAnalysis {
  const lines = countLineFeeds(source.text) + 1;
  const nothing = { file: source.file, lines, findings: [], suppressed: [], suppressionProblems: [], functions: [] };
  if (!isWorthParsing(source, lines, options.functions !== false)) return { ...nothing, parsed: false };
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

function conclude(program: Program, model: ModuleModel, { rules: asked, configuration, functions: areAsked = true }: AnalysisOptions): Pick<FileAnalysis, 'findings' | 'suppressed' | 'suppressionProblems' | 'functions'> {
  const studies = program.studiesOf(model, areAsked);
  const isAsked = (id: string): boolean => asked?.includes(id) ?? configuration?.rules[id] !== 'off';
  const view = { model, studies, studiesAround: (location: Parameters<Program['studiesAround']>[1]) => program.studiesAround(model, location), studiesNearby: () => program.studiesNearby(model) };
  const findings = findingsOf(view, rules, moduleRules).filter(({ rule }) => isAsked(rule));
  const isKnown = (id: string): boolean => ruleCatalogue.some((rule) => rule.id === id);
  return { ...suppress(findings, model.module, isKnown, isAsked), functions: areAsked ? subjectsOf(model, studies) : [] };
}
