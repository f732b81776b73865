import ts from 'typescript';
import type { SourceRange } from '../model/index.js';
import type { CheckedModule } from './compile.js';

/** The functions that will run, with the classes around them, and what the module does when it is loaded. */
export function seedsOf({ source, file }: CheckedModule, places: readonly SourceRange[]): ts.Node[] {
  const seeds: ts.Node[] = source.statements.filter((statement) => ts.isExpressionStatement(statement));
  const starts = places.filter((place) => place.file === file).map(({ start }) => ts.getPositionOfLineAndCharacter(source, Math.min(start.line - 1, source.getLineStarts().length - 1), 0) + start.column - 1);
  for (const start of starts) {
    const visit = (node: ts.Node): void => {
      if (node.getFullStart() > start || node.end < start) return;
      if (isOuterMember(node) || ts.isClassLike(node)) seeds.push(node);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return seeds;
}

/** A method, or a statement of the module: what holds a place as a whole without all of a class. */
function isOuterMember(node: ts.Node): boolean {
  return ts.isClassElement(node) || (ts.isSourceFile(node.parent ?? node) && !ts.isSourceFile(node) && !ts.isClassLike(node));
}
