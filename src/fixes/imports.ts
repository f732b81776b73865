import type { Draft } from './draft.js';
import type { FlaggedCode } from './flagged-code.js';

/** Makes an export of a package known in the file, in the style of its other imports, and gives the name that it has there. */
export function importNamed(code: FlaggedCode, draft: Draft, specifier: string, name: string): string {
  const { layout, module: { program } } = code;
  const imports = program.body.filter((statement) => statement.type === 'ImportDeclaration');
  const known = imports.find(({ source, importKind }) => source.value === specifier && importKind !== 'type');
  const named = known?.specifiers.filter((one) => one.type === 'ImportSpecifier') ?? [];
  const own = named.find(({ imported, importKind }) => importKind !== 'type' && imported.type === 'Identifier' && imported.name === name);
  if (own) return own.local.name;
  const local = code.fresh(name, `${name}Of`);
  const clause = local === name ? name : `${name} as ${local}`;
  if (named.length > 0) {
    draft.insert(named.at(-1)!.range[1], `, ${clause}`);
    return local;
  }
  const isCommonJs = imports.length === 0 && /\brequire\(|\bmodule\.exports\b/.test(code.text) && !/\bexport\b/.test(code.text);
  const from = `${layout.quote}${specifier}${layout.quote}`;
  const line = isCommonJs ? `const { ${clause.replace(' as ', ': ')} } = require(${from})${layout.semicolon}` : `import { ${clause} } from ${from}${layout.semicolon}`;
  const last = imports.at(-1);
  const first = program.body.find((statement) => !('directive' in statement && statement.directive !== undefined));
  if (last && layout.isLast(last.range[1])) draft.insert(layout.lineEnd(last.range[1]), `${layout.newline}${layout.indentAt(last.range[0])}${line}`);
  else if (first) draft.insert(last ? last.range[1] : first.range[0], last ? ` ${line}` : `${line}${layout.newline}${layout.indentAt(first.range[0])}`);
  return local;
}
