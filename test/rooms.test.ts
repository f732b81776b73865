/**
 * Holds the rooms of ARCHITECTURE.md:
 *  1. a room imports from rooms below it only;
 *  2. it enters another room by its door, `index.ts`, or by `node.ts` for what needs node's built-ins;
 *  3. `vscode` is imported in src/extension/ alone;
 *  4. no rooms import each other in a circle (follows from 1 while 1 is a line, and is checked all the same);
 *  5. no room but the hosts reaches node's built-ins except behind a `node.ts`, `node-*.ts` or a folder of the simulator's worker.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const source = fileURLToPath(new URL('../src', import.meta.url));

/** Higher rooms may import lower ones; rooms on one line know nothing of each other. The extension speaks the panel's protocol, so it stands above it. */
const order = [['extension', 'cli'], ['webview'], ['report', 'regression'], ['proof'], ['fixes'], ['analysis'], ['simulator'], ['language', 'systems', 'configuration'], ['model']];
const heightOf = new Map(order.flatMap((rooms, depth) => rooms.map((room) => [room, order.length - depth] as const)));

interface Import {
  /** Path below src/, with `/`. */
  readonly from: string;
  readonly specifier: string;
}

describe('rooms', () => {
  const imports = importsOf(source);

  it('every folder of src/ is a room of the architecture', () => {
    expect(readdirSync(source).filter((name) => !heightOf.has(name))).toEqual([]);
  });

  it('keeps imports downward, through doors, and vscode in the extension', () => {
    expect(violationsOf(imports)).toEqual([]);
  });

  it('has no circle', () => {
    expect(circleOf(imports)).toBeUndefined();
  });

  it('read the imports of all rooms that exist', () => {
    expect(new Set(imports.map(({ from }) => from.split('/')[0])).size).toBeGreaterThan(1);
  });
});

describe('the check itself', () => {
  const judge = (from: string, specifier: string) => violationsOf([{ from, specifier }]);

  it('sees an upward import', () => {
    expect(judge('model/finding.ts', '../report/index.js')).toEqual(['model/finding.ts imports ../report/index.js: model is below report']);
    expect(judge('cli/main.ts', '../extension/index.js')).toEqual(['cli/main.ts imports ../extension/index.js: cli and extension stand on one line']);
  });

  it('sees an import around the door, deep ones too', () => {
    expect(judge('analysis/rules/lost-update.ts', '../../model/finding.js')).toEqual(['analysis/rules/lost-update.ts imports ../../model/finding.js: enter model by its index.ts']);
    expect(judge('extension/extension.ts', '../simulator/worker/node-entry.js')).toHaveLength(1);
  });

  it('lets the two doors pass', () => {
    expect(judge('cli/engine.ts', '../simulator/node.js')).toEqual([]);
    expect(judge('analysis/rules/lost-update.ts', '../../model/index.js')).toEqual([]);
    expect(judge('analysis/rules/lost-update.ts', '../shared.js')).toEqual([]);
  });

  it('sees vscode outside the extension', () => {
    expect(judge('proof/index.ts', 'vscode')).toEqual(['proof/index.ts imports vscode: only src/extension may']);
    expect(judge('extension/extension.ts', 'vscode')).toEqual([]);
  });

  it("sees node's built-ins where a web worker has to run", () => {
    expect(judge('proof/index.ts', 'node:fs')).toHaveLength(1);
    expect(judge('simulator/node.ts', 'node:worker_threads')).toEqual([]);
    expect(judge('cli/main.ts', 'node:fs')).toEqual([]);
  });

  it('sees an import that leaves src/', () => {
    expect(judge('report/index.ts', '../../test/fixtures/x.js')).toHaveLength(1);
  });

  it('finds every way to write an import', () => {
    const text = `import type { A } from './a.js'; export * from './b.js'; const c = await import('./c.js'); import './d.js'; type E = import('./e.js').E; import f = require('./f.js'); require('./g.js');`;
    expect(specifiersOf('x.ts', text)).toEqual(['./a.js', './b.js', './c.js', './d.js', './e.js', './f.js', './g.js']);
  });

  it('finds a circle', () => {
    expect(
      circleOf([
        { from: 'language/a.ts', specifier: '../model/index.js' },
        { from: 'model/a.ts', specifier: '../simulator/index.js' },
        { from: 'simulator/a.ts', specifier: '../language/index.js' },
      ]),
    ).toEqual(['language', 'model', 'simulator', 'language']);
  });
});

function violationsOf(imports: readonly Import[]): string[] {
  return imports.flatMap(({ from, specifier }) => {
    const complaint = complaintAbout(from, specifier);
    return complaint === undefined ? [] : [`${from} imports ${specifier}: ${complaint}`];
  });
}

function complaintAbout(from: string, specifier: string): string | undefined {
  const room = roomOf(from);
  if (specifier === 'vscode') return room === 'extension' ? undefined : 'only src/extension may';
  if (specifier.startsWith('node:')) return mayUseNode(from) ? undefined : 'this has to run in a web worker too; put it behind node.ts';
  if (!specifier.startsWith('.')) return undefined;
  const target = targetOf(from, specifier);
  if (target.startsWith('..')) return 'this leaves src/';
  const other = roomOf(target);
  if (other === room) return undefined;
  const [height, otherHeight] = [heightOf.get(room) ?? 0, heightOf.get(other) ?? 0];
  if (height < otherHeight) return `${room} is below ${other}`;
  if (height === otherHeight) return `${room} and ${other} stand on one line`;
  return /^[^/]+\/(index|node)\.[jt]s$/.test(target) ? undefined : `enter ${other} by its index.ts`;
}

function mayUseNode(from: string): boolean {
  return ['extension', 'cli'].includes(roomOf(from)) || /(^|\/)node(-[^/]*)?\.ts$/.test(from);
}

function circleOf(imports: readonly Import[]): string[] | undefined {
  const next = new Map<string, Set<string>>();
  for (const { from, specifier } of imports) {
    if (!specifier.startsWith('.')) continue;
    const [room, other] = [roomOf(from), roomOf(targetOf(from, specifier))];
    if (room !== other) next.set(room, (next.get(room) ?? new Set()).add(other));
  }
  const visit = (room: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(room)) return [...path.slice(path.indexOf(room)), room];
    for (const other of next.get(room) ?? []) {
      const circle = visit(other, [...path, room]);
      if (circle) return circle;
    }
    return undefined;
  };
  for (const room of next.keys()) {
    const circle = visit(room, []);
    if (circle) return circle;
  }
  return undefined;
}

function roomOf(path: string): string {
  return path.split('/')[0] ?? '';
}

function targetOf(from: string, specifier: string): string {
  return posix.normalize(posix.join(dirname(from), specifier));
}

function importsOf(folder: string): Import[] {
  return filesBelow(folder).flatMap((path) => {
    const from = relative(folder, path).replaceAll('\\', '/');
    return specifiersOf(path, readFileSync(path, 'utf8')).map((specifier) => ({ from, specifier }));
  });
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return filesBelow(path);
    return /\.[cm]?tsx?$/.test(name) ? [path] : [];
  });
}

/** Declarations, dynamic imports, import types, and `require`. */
function specifiersOf(path: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierIn(node);
    if (specifier && ts.isStringLiteralLike(specifier)) found.push(specifier.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false));
  return found;
}

function specifierIn(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isExternalModuleReference(node)) return node.expression;
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  if (!ts.isCallExpression(node)) return undefined;
  const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(node.expression) && node.expression.text === 'require');
  return isImport ? node.arguments[0] : undefined;
}
