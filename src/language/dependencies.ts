import ts from 'typescript';
import { isBuiltIn, type Found, type Resolver } from './resolution/resolver.js';

/** What an installed package may be at most to be run for real, with all that it imports. */
const mostFiles = 40;
const mostBytes = 250_000;
/** Modules of Node that belong to the language's surroundings rather than to the machine. */
const harmless = /^(?:node:)?(?:assert|async_hooks|buffer|crypto|events|path|perf_hooks|process|stream|string_decoder|timers|timers\/promises|url|util)$/;
const isNative = /\.node['"]|\bnode-gyp-build\b|\bnode-pre-gyp\b|\bprebuild-install\b|require\(['"]bindings['"]\)/;

/** The files of a package that its entry loads, dependencies included; or why it is not run. */
export type Closure = { readonly files: ReadonlyMap<string, Found> } | { readonly refused: string };

const known = new WeakMap<Resolver, Map<string, Closure>>();

/** Looks through a package by its imports alone, without parsing it in earnest. */
export function closureOf(entry: Found, resolver: Resolver, hasModel: (specifier: string) => boolean): Closure {
  let closures = known.get(resolver);
  if (!closures) known.set(resolver, (closures = new Map()));
  let closure = closures.get(entry.file);
  if (!closure) closures.set(entry.file, (closure = gather(entry, resolver, hasModel)));
  return closure;
}

function gather(entry: Found, resolver: Resolver, hasModel: (specifier: string) => boolean): Closure {
  const files = new Map([[entry.file, entry]]);
  let bytes = 0;
  for (const found of files.values()) {
    bytes += found.text.length;
    if (bytes > mostBytes) return { refused: 'it is too large to be run' };
    if (found.file.endsWith('.json')) continue;
    if (isNative.test(found.text)) return { refused: 'it has native parts' };
    for (const { fileName } of ts.preProcessFile(found.text, true, true).importedFiles) {
      if (hasModel(fileName)) continue;
      if (isBuiltIn(fileName)) {
        if (!harmless.test(fileName)) return { refused: `it uses Node's ${fileName.replace('node:', '')}` };
        continue;
      }
      const next = resolver.resolve(found.file, fileName);
      if (next && !files.has(next.file)) files.set(next.file, next);
    }
    if (files.size > mostFiles) return { refused: 'it has too many files to be run' };
  }
  return { files };
}
