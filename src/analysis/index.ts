export type { SourceText } from '../language/index.js';
export { analyse, createAnalyser } from './analyse.js';
export type { Analyser, AnalysisOptions } from './analyse.js';
export type { FileAnalysis, FunctionSubject } from './file-analysis.js';
export { lockShape } from './catalog/locks/index.js';
export { ruleCatalogue } from './rules/index.js';
export type { RuleDescription } from './rules/index.js';
export { subjectAt } from './subjects.js';
