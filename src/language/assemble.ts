import ts from 'typescript';
import type { Program, Site } from '../model/index.js';
import { CompileError } from './compile-error.js';
import { wrap, wrapLasting } from './compile.js';
import { importMetaName } from './hooks.js';
import type { ImportTarget } from './selection.js';
import { rangeOfText } from './sites.js';
import type { SourceText } from './source.js';

/** One file of a program: a function as CommonJS has it, and what its imports lead to. */
export interface LinkedModule {
  readonly factory: string;
  readonly imports: Readonly<Record<string, ImportTarget>>;
  /** Files that are loaded before it, in order, if it has to wait for one of them; `factory` then may give a promise. */
  readonly before?: readonly string[];
}

export interface Parts {
  readonly entry: string;
  readonly modules: ReadonlyMap<string, LinkedModule>;
  readonly names: readonly string[];
  readonly sites: readonly Site[];
  readonly gaps: readonly string[];
  /** Some module is lifted, so that all functions of modules are made once for all executions. */
  readonly isLasting?: boolean;
}

/** Modules as one program, whose function calls `__rp.link({ file: [factory, imports] }, entry, require)` and gives what that gives. */
export function assemble({ entry, modules, names, sites, gaps, isLasting = false }: Parts): Program {
  const written = [...modules].map(([file, { factory, imports, before }]) => `${JSON.stringify(file)}: [${factory}, ${JSON.stringify(imports)}${before ? `, ${JSON.stringify(before)}` : ''}]`);
  const table = `{ __proto__: null,\n${written.join(',\n')}\n}`;
  const link = (what: string): string => `return __rp.link(${what}, ${JSON.stringify(entry)}, require);`;
  return { version: 1, file: entry, code: isLasting ? wrapLasting(`const __rpModules = ${table};`, link('__rpModules'), names) : wrap(link(table), names), names, sites, gaps };
}

/** What CommonJS gives a module by name. */
const given = ['module', 'exports', 'require', importMetaName, '__filename', '__dirname'];

export function factoryOf(code: string, isEcmaScript: boolean): string {
  return `(function (${given.join(', ')}) { return (function () {\n${code}\n}).call(${isEcmaScript ? 'undefined' : 'exports'}); })`;
}

/** Of a module that is lifted. */
export function lastingFactoryOf(code: string): string {
  return `(function (${given.join(', ')}) { const __rpLoad = (function () {\n${code}\n}).call(undefined); return function () { ${given.map((name, index) => `${name} = arguments[${index}];`).join(' ')} return __rpLoad(); }; })()`;
}

/** @throws CompileError if the text is no JSON. */
export function lowerJson({ file, text }: SourceText): LinkedModule {
  const json = text.replace(/^\ufeff/, '');
  try {
    JSON.parse(json);
  } catch (error) {
    const parsed = ts.parseJsonText(file, text) as ts.JsonSourceFile & { readonly parseDiagnostics?: readonly ts.DiagnosticWithLocation[] };
    const place = parsed.parseDiagnostics?.[0];
    throw new CompileError(`this is no JSON: ${place ? ts.flattenDiagnosticMessageText(place.messageText, ' ') : (error as Error).message}`, rangeOfText(parsed, file, place?.start, place?.length));
  }
  return { factory: `(function (module) { module.exports = JSON.parse(${JSON.stringify(json)}); })`, imports: {} };
}

/** A module waits for those that it imports, if one of them waits while it is loaded, be it for another one. */
export function orderAsync(modules: ReadonlyMap<string, LinkedModule>, isAsync: (file: string) => boolean): Map<string, LinkedModule> {
  const imported = new Map([...modules].map(([file, { imports }]) => [file, [...new Set(Object.values(imports).flatMap((target) => (typeof target === 'string' ? [target] : Object.values(target).map(([from]) => from))))]]));
  const waiting = new Set([...modules.keys()].filter(isAsync));
  for (let size = -1; size !== waiting.size; ) {
    size = waiting.size;
    for (const [file, files] of imported) if (files.some((each) => waiting.has(each))) waiting.add(file);
  }
  return new Map([...modules].map(([file, module]) => [file, waiting.has(file) ? { ...module, before: imported.get(file)! } : module]));
}
