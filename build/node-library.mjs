// Parts of Node's own library (vendor/node) as a factory: each execution of a program has a library of its own, over its own events, promises and ticks.
//
// The text is changed in three ways, and otherwise left as it is:
//  1. Async functions and generators are lowered as those of programs are, so that their jobs are jobs of the simulated loop.
//  2. A function that uses a stream tells so first (`__touch`), as footprints need it.
//  3. A `catch` lets the simulator's abort pass (`__caught`).
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { madeModule } from './made-module.mjs';

const root = fileURLToPath(new URL('../vendor/node/lib/', import.meta.url));
/** Free names of the lowered text, all given by the world that it is instantiated in. */
const given = ['primordials', 'internalBinding', 'process', 'queueMicrotask', 'globalThis', '__touch', '__caught', '__awaiter', '__asyncGenerator', '__asyncDelegator', '__asyncValues', '__await', '__rest'];
/** Names of variables that hold streams. */
const streams = new Set(['stream', 'self', 'readable', 'writable', 'duplex', 'dest', 'src', 'ret', 'wrapped', 'socket', 'server']);
/** Stands for the value of a `return` without one, until it is lowered. */
const nothing = '__nothing';

/** What the simulator imports: `instantiate(world, external)` gives the library's `require`; modules that are not in it come from `external`. */
export const nodeLibrary = madeModule('node-library', makeText);

function makeText() {
  const files = readdirSync(root, { recursive: true }).filter((file) => file.endsWith('.js')).sort();
  const entries = files.map((file) => `${JSON.stringify(file.slice(0, -'.js'.length))}: function (module, exports, require) {${lower(file, readFileSync(join(root, file), 'utf8'))}\n}`);
  return `export function instantiate(world, external) {
  const { ${given.join(', ')} } = world;
  const files = {\n${entries.join(',\n')}\n};
  const loaded = new Map();
  return function require(name) {
    if (!Object.hasOwn(files, name)) return external(name);
    let module = loaded.get(name);
    if (module === undefined) {
      loaded.set(name, (module = { exports: {} }));
      files[name](module, module.exports, require);
    }
    return module.exports;
  };
}`;
}

function lower(file, text) {
  const isStream = file.startsWith('internal/streams/') || file === 'net.js' || file === 'internal/stream_base_commons.js';
  const compilerOptions = { target: ts.ScriptTarget.ES2016, module: ts.ModuleKind.CommonJS, noEmitHelpers: true, alwaysStrict: false, allowJs: true, removeComments: true, moduleDetection: ts.ModuleDetectionKind.Legacy };
  const { outputText } = ts.transpileModule(text, { fileName: file, compilerOptions, transformers: { before: [(context) => (source) => instrument(source, context, isStream)] } });
  // TypeScript has every `return` of an async generator await something; ECMA-262 has one without a value await nothing.
  return outputText.replaceAll(`return yield __await(${nothing})`, 'return').replaceAll(`return ${nothing}`, 'return');
}

function instrument(source, context, isStream) {
  const { factory } = context;
  const call = (name, argument) => factory.createExpressionStatement(factory.createCallExpression(factory.createIdentifier(name), undefined, [argument]));

  /** `known`: names of streams in scope; `hasThis`: there is a `this` of a function. */
  function visit(node, known, hasThis) {
    if (ts.isReturnStatement(node) && node.expression === undefined) return factory.updateReturnStatement(node, factory.createIdentifier(nothing));
    if (ts.isCatchClause(node)) return letAbortPass(node, known, hasThis);
    if (isFunction(node)) return tell(node, known, hasThis);
    const inside = ts.isBlock(node) ? new Set(known) : known;
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && streams.has(node.name.text)) {
      const visited = ts.visitEachChild(node, (child) => visit(child, inside, hasThis), context);
      known.add(node.name.text);
      return visited;
    }
    return ts.visitEachChild(node, (child) => visit(child, inside, hasThis), context);
  }

  function letAbortPass(node, known, hasThis) {
    const variable = node.variableDeclaration ?? factory.createVariableDeclaration('__error');
    const block = visit(node.block, known, hasThis);
    return factory.updateCatchClause(node, variable, factory.updateBlock(block, [call('__caught', factory.createIdentifier(variable.name.text)), ...block.statements]));
  }

  function tell(node, known, hasThis) {
    const inside = new Set(known);
    for (const name of node.parameters.flatMap((parameter) => namesOf(parameter.name))) if (streams.has(name)) inside.add(name); else inside.delete(name);
    const isArrow = ts.isArrowFunction(node);
    const outer = new Set(inside);
    const visited = ts.visitEachChild(node, (child) => visit(child, inside, !isArrow || hasThis), context);
    if (!isStream || !visited.body) return visited;
    const used = mentioned(node.body);
    const touches = [...outer].filter((name) => used.names.has(name)).map((name) => call('__touch', factory.createIdentifier(name)));
    if (used.hasThis && (!isArrow || hasThis) && !ts.isConstructorDeclaration(node)) touches.push(call('__touch', factory.createThis()));
    return touches.length === 0 ? visited : withStatements(visited, touches);
  }

  function withStatements(node, statements) {
    const body = ts.isBlock(node.body) ? factory.updateBlock(node.body, [...statements, ...node.body.statements]) : factory.createBlock([...statements, factory.createReturnStatement(node.body)], true);
    if (ts.isArrowFunction(node)) return factory.updateArrowFunction(node, node.modifiers, node.typeParameters, node.parameters, node.type, node.equalsGreaterThanToken, body);
    if (ts.isFunctionDeclaration(node)) return factory.updateFunctionDeclaration(node, node.modifiers, node.asteriskToken, node.name, node.typeParameters, node.parameters, node.type, body);
    if (ts.isFunctionExpression(node)) return factory.updateFunctionExpression(node, node.modifiers, node.asteriskToken, node.name, node.typeParameters, node.parameters, node.type, body);
    if (ts.isMethodDeclaration(node)) return factory.updateMethodDeclaration(node, node.modifiers, node.asteriskToken, node.name, node.questionToken, node.typeParameters, node.parameters, node.type, body);
    if (ts.isGetAccessorDeclaration(node)) return factory.updateGetAccessorDeclaration(node, node.modifiers, node.name, node.parameters, node.type, body);
    return factory.updateSetAccessorDeclaration(node, node.modifiers, node.name, node.parameters, body);
  }

  return ts.visitEachChild(source, (child) => visit(child, new Set(), false), context);
}

function isFunction(node) {
  return ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node) || ts.isArrowFunction(node) || ts.isMethodDeclaration(node) || ts.isGetAccessorDeclaration(node) || ts.isSetAccessorDeclaration(node) || ts.isConstructorDeclaration(node);
}

function namesOf(pattern) {
  return ts.isIdentifier(pattern) ? [pattern.text] : pattern.elements.flatMap((element) => (ts.isBindingElement(element) ? namesOf(element.name) : []));
}

/** Names that a body uses, functions within it included, and whether it uses its own `this`. */
function mentioned(body) {
  const names = new Set();
  let hasThis = false;
  const visit = (node, isOwn) => {
    if (ts.isIdentifier(node) && !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node)) names.add(node.text);
    if (node.kind === ts.SyntaxKind.ThisKeyword && isOwn) hasThis = true;
    ts.forEachChild(node, (child) => visit(child, isOwn && (ts.isArrowFunction(node) || !isFunction(node))));
  };
  visit(body, true);
  return { names, hasThis };
}
