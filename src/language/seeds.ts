import ts from 'typescript';
import type { SourceRange } from '../model/index.js';
import type { CheckedModule } from './compile.js';

/** The functions that will run, with the classes around them, and what the module does when it is loaded. */
export function seedsOf({ source, file }: CheckedModule, places: readonly SourceRange[]): ts.Node[] {
  return [...source.statements.filter((statement) => ts.isExpressionStatement(statement)), ...around({ source, file }, places)];
}

/** Length of a class of which all methods are taken for one another's kin. */
const largestFamily = 40_000;

/**
 * The functions at places that runs came to although no name leads there, as `this[name]()` does; with the other methods of a class that is not large,
 * since what comes to one by such a way comes to others.
 */
export function missedAt(module: Pick<CheckedModule, 'source' | 'file'>, places: readonly SourceRange[]): ts.Node[] {
  return around(module, places).flatMap((node): readonly ts.Node[] => (ts.isClassLike(node) && node.end - node.pos <= largestFamily ? node.members : [node]));
}

/** What holds the places: members of classes and statements of the module, with the classes. */
function around({ source, file }: Pick<CheckedModule, 'source' | 'file'>, places: readonly SourceRange[]): ts.Node[] {
  const holders: ts.Node[] = [];
  const starts = places.filter((place) => place.file === file).map(({ start }) => ts.getPositionOfLineAndCharacter(source, Math.min(start.line - 1, source.getLineStarts().length - 1), 0) + start.column - 1);
  for (const start of starts) {
    const visit = (node: ts.Node): void => {
      if (node.getFullStart() > start || node.end < start) return;
      if (isOuterMember(node) || ts.isClassLike(node)) holders.push(node);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return holders;
}

/** A method, or a statement of the module: what holds a place as a whole without all of a class. */
function isOuterMember(node: ts.Node): boolean {
  return ts.isClassElement(node) || (ts.isSourceFile(node.parent ?? node) && !ts.isSourceFile(node) && !ts.isClassLike(node));
}
