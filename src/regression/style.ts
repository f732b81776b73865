/** How a project writes its tests. */
export interface Style {
  readonly quote: "'" | '"';
  readonly semicolons: boolean;
  /** One step of indentation. */
  readonly indent: string;
  readonly isTypeScript: boolean;
  /** `import`, not `require`. */
  readonly isModule: boolean;
  /** What runs it makes CommonJS of it, as Node or mocha do with TypeScript in a package that is no module. */
  readonly becomesCommonJs: boolean;
  readonly word: 'it' | 'test';
  /** The test functions are global, so that nobody imports them. */
  readonly areGlobal: boolean;
  /** The tests run where `setImmediate` is not global, as with jest in jsdom, so that it is imported. */
  readonly importsImmediate?: boolean;
  /** Relative imports end in `.js` or `.ts`, or in nothing. */
  readonly extension: '' | '.js' | '.ts';
}

const usual: Omit<Style, 'isTypeScript' | 'isModule' | 'becomesCommonJs'> = { quote: "'", semicolons: true, indent: '  ', word: 'it', areGlobal: false, extension: '' };

/** What neighbouring files show of the style; `texts` holds tests first, the file under test last. */
export function styleOf(texts: readonly string[], given: Pick<Style, 'isTypeScript' | 'isModule' | 'becomesCommonJs'>): Style {
  const all = texts.join('\n');
  const tests = texts.slice(0, -1).join('\n') || all;
  const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  const relative = [...all.matchAll(/(?:from|require\()\s*['"](\.{1,2}\/[^'"]+)['"]/g)].map(([, path]) => path!);
  const extension = relative.find((path) => /\.[cm]?[jt]sx?$/.test(path));
  return {
    ...usual, ...given,
    quote: count(all, /"[^"'\n]*"/g) > count(all, /'[^"'\n]*'/g) ? '"' : "'",
    semicolons: count(all, /;[ \t]*$/gm) >= count(all, /[^;{}(,>\s][ \t]*$/gm) / 2,
    indent: /^(\t| {2,8})\S/m.exec(all)?.[1] ?? usual.indent,
    word: count(tests, /^\s*test\(/gm) > count(tests, /^\s*it\(/gm) ? 'test' : 'it',
    areGlobal: /^\s*(?:it|test)\(/m.test(tests) && !/from\s+['"](?:vitest|@jest\/globals|node:test)['"]|require\(['"](?:node:test|@jest\/globals)['"]\)/.test(tests),
    extension: extension === undefined ? '' : extension.endsWith('.ts') ? '.ts' : '.js',
  };
}
