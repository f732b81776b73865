import ts from 'typescript';
import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { Conversion, RareSyntax } from './conversion.js';
import './expressions.js';
import './functions.js';
import './jsx.js';
import './modules.js';
import './statements.js';
import './types.js';

/**
 * The tree of a text as typescript-estree makes it, in a third of the time: nodes are made in one piece, without what nobody here reads (`loc` and `parent`
 * are to be filled in by the caller). Undefined for a text with errors, and for syntax that is too rare to be worth a conversion of its own.
 * @throws RangeError where code nests deeper than the stack.
 */
export function treeOf(text: string, kind: ts.ScriptKind): TSESTree.Program | undefined {
  const source = ts.createSourceFile('module', text, { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone }, false, kind);
  const { parseDiagnostics } = source as ts.SourceFile & { readonly parseDiagnostics: readonly unknown[] };
  if (parseDiagnostics.length > 0) return undefined;
  try {
    const program: unknown = new Conversion(source).child(source, source);
    return program as TSESTree.Program;
  } catch (error) {
    if (error instanceof RareSyntax) return undefined;
    throw error;
  }
}
