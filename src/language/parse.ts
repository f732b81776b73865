import ts from 'typescript';
import { parse } from '@typescript-eslint/typescript-estree';
import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Position, SourceRange } from '../model/index.js';
import type { SourceText } from './source.js';
import { treeOf } from './estree/index.js';
import { LazyLocation, lineStartsOf } from './lines.js';
import { NodesByType } from './nodes-by-type.js';
import { setParents } from './syntax.js';

export interface ParsedModule {
  readonly kind: 'module';
  readonly source: SourceText;
  /** Every node has `loc`, `range` and `parent`. */
  readonly program: TSESTree.Program;
  readonly nodes: NodesByType;
  /** In order; read only where one of them may speak to us. */
  readonly comments: readonly TSESTree.Comment[];
}

/** How comments begin that are meant for Raceproof. */
export const directive = 'raceproof-ignore';

/** What the comments hold that say to a linter that a promise is dropped, or not awaited, on purpose. */
const MEANT = /no-?(?:floating|misused)-?promises|return-await/i;

/** Why a text is not a module, in words for a person, and where. */
export interface ParseFailure {
  readonly kind: 'failure';
  readonly message: string;
  readonly range: SourceRange;
}

/** Parses TypeScript or JavaScript; the extension says which, and whether it may hold JSX. Never throws. */
export function parseModule(source: SourceText): ParsedModule | ParseFailure {
  return parseWith(source, { allowInvalidAST: true });
}

/** What is wrong with a text that `parseModule` let pass, if anything is: it looks less closely, as most texts are right. */
export function syntaxErrorIn(source: SourceText): ParseFailure | undefined {
  const parsed = parseWith(source, {});
  return parsed.kind === 'failure' ? parsed : undefined;
}

function parseWith(source: SourceText, strictness: { readonly allowInvalidAST?: true }): ParsedModule | ParseFailure {
  try {
    const comment = source.text.includes(directive) || MEANT.test(source.text);
    const own = strictness.allowInvalidAST && !comment ? treeOf(source.text, kindOf(source.file)) : undefined;
    const program = own ?? parse(source.text, { loc: true, range: true, comment, jsx: mayHoldJsx(source.file), filePath: source.file, suppressDeprecatedPropertyWarnings: true, jsDocParsingMode: 'none', ...strictness });
    return { kind: 'module', source, program, nodes: indexNodes(program, source.text), comments: program.comments ?? [] };
  } catch (error) {
    return failureOf(error, source.file);
  }
}

/** Sets the parents, and in place of every position how to find it. */
function indexNodes(program: TSESTree.Program, text: string): NodesByType {
  const lineStarts = lineStartsOf(text);
  const nodes = new NodesByType();
  setParents(program, (node) => {
    node.loc = new LazyLocation(node.range, lineStarts);
    nodes.add(node);
  });
  return nodes;
}

/** What a file is to the compiler, as typescript-estree reads its name. */
function kindOf(file: string): ts.ScriptKind {
  const [, extension] = /\.[cm]?(js|jsx|ts|tsx)$/i.exec(file) ?? [];
  switch (extension?.toLowerCase()) {
    case 'js':
      return ts.ScriptKind.JS;
    case 'jsx':
      return ts.ScriptKind.JSX;
    case 'ts':
      return ts.ScriptKind.TS;
    default:
      return ts.ScriptKind.TSX;
  }
}

/** In a `.ts` file `<T>x` is an assertion; everywhere else `<` may open an element. */
function mayHoldJsx(file: string): boolean {
  return !/\.[mc]?ts$/i.test(file);
}

function failureOf(error: unknown, file: string): ParseFailure {
  const start: Position = { line: 1, column: 1 };
  if (error instanceof RangeError) return { kind: 'failure', message: 'The code is nested too deeply to be read.', range: { file, start, end: start } };
  const { message, location } = error as { message?: string; location?: { start: Position; end: Position } };
  const from = location ? fromZero(location.start) : start;
  return { kind: 'failure', message: message ?? String(error), range: { file, start: from, end: location ? fromZero(location.end) : from } };
}

function fromZero(position: Position): Position {
  return { line: position.line, column: position.column + 1 };
}
