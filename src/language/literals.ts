import ts from 'typescript';

/** What `Compartment.evaluate` (ses) takes for a dynamic import, a direct eval or an HTML-like comment (ECMA-262, B.1.1), in texts and names too, and refuses or writes otherwise. */
const mistaken = /\b(?:import|eval)(?=\s*(?:\(|\/[/*]))|<!--|-->/g;

const escapes: Readonly<Record<string, string>> = { 'import': 'impor\\x74', 'eval': 'eva\\x6c', '<!--': '<\\x21--', '-->': '--\\x3e' };

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The same JavaScript, whose string, template and regular expression literals, and methods called `import` or `eval`, mean to an evaluator what they mean to an engine. */
export function keepLiterals(code: string): string {
  if (code.search(mistaken) < 0) return code;
  const source = ts.createSourceFile('module.js', code, ts.ScriptTarget.Latest, false, ts.ScriptKind.JS);
  const edits: Edit[] = [];
  const visit = (node: ts.Node): void => {
    const edit = editOf(node, source);
    if (edit) edits.push(edit);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return edits.reduceRight((text, { start, end, text: replacement }) => text.slice(0, start) + replacement + text.slice(end), code);
}

function editOf(node: ts.Node, source: ts.SourceFile): Edit | undefined {
  if (ts.isMethodDeclaration(node) || ts.isAccessor(node)) return ts.isIdentifier(node.name) && /^(?:import|eval)$/.test(node.name.text) ? { start: node.name.getStart(source), end: node.name.end, text: `'${node.name.text}'` } : undefined;
  if (!ts.isStringLiteral(node) && !ts.isRegularExpressionLiteral(node) && !ts.isTemplateLiteralToken(node)) return undefined;
  const [start, end] = [node.getStart(source), node.end];
  const plain = source.text.slice(start, end);
  const text = plain.replace(mistaken, (found) => escapes[found]!);
  return text === plain ? undefined : { start, end, text };
}
