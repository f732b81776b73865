/** Not what only names a property: `.history`, `"history"` (between two double quotes nothing but a keyword can be code). But `...history` is one. */
const wordsThatMayBeNames = /(?<![\p{ID_Continue}$]|(?<!\.\.)\.)(?!(?<=")[\p{ID_Continue}$]+")[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;

/** The words of a program's text that may mean variables, and all that do. Undefined if any word may, since an escaped letter may spell it. */
export function namesInCode(code: string): ReadonlySet<string> | undefined {
  return code.includes('\\u') ? undefined : new Set(code.match(wordsThatMayBeNames));
}
