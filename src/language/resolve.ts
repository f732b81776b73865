/** What a host knows of a path below its working directory: the text of a file, that it is a folder (with the names in it, if they can be had), or nothing. */
export type ReadModule = (file: string) => { readonly kind: 'file'; readonly text: string } | { readonly kind: 'folder'; readonly names?: () => readonly string[] } | undefined;

const typed = ['.ts', '.tsx', '.mts', '.cts'];
const plain = ['.js', '.jsx', '.mjs', '.cjs'];
const isModule = /\.(?:[cm]?[jt]s|[jt]sx|json)$/;
/** A specifier that ends as the lowered file will means its source (TypeScript's rule). */
const sourcesOf: Readonly<Record<string, readonly string[]>> = { '.js': ['.ts', '.tsx'], '.jsx': ['.tsx'], '.mjs': ['.mts'], '.cjs': ['.cts'] };

/** `asset`: a file that is no module, such as a style sheet. */
export type Resolution = { readonly kind: 'file'; readonly file: string; readonly text: string } | { readonly kind: 'missing' | 'folder' | 'asset' };

/** True for what names a file rather than a package. */
export function isLocal(specifier: string): boolean {
  return /^\.{0,2}\//.test(specifier) || specifier === '.' || specifier === '..';
}

/** The file that a local specifier means in the module `from`, as bundlers find it. */
export function resolveLocal(from: string, specifier: string, read: ReadModule): Resolution {
  const path = specifier.startsWith('/') ? normal(specifier.slice(1)) : joined(folderOf(from), specifier);
  return resolvePath(path, typed.some((extension) => from.endsWith(extension)), read);
}

/** The module at a path whose extension may be left out; `isTyped`: TypeScript's extensions are tried first. */
export function resolvePath(path: string, isTyped: boolean, read: ReadModule): Resolution {
  for (const file of candidates(path, isTyped)) {
    const found = read(file);
    if (found?.kind === 'file') return { kind: 'file', file, text: found.text };
  }
  const other = read(path)?.kind;
  return { kind: other === 'file' ? 'asset' : other ?? 'missing' };
}

function candidates(path: string, isTyped: boolean): string[] {
  const extensions = [...(isTyped ? [...typed, ...plain] : [...plain, ...typed]), '.json'];
  const extension = /\.[cm]?jsx?$/.exec(path)?.[0] ?? '';
  const sources = (sourcesOf[extension] ?? []).map((each) => path.slice(0, -extension.length) + each);
  const exact = isModule.test(path) ? [path] : [];
  return [...(isTyped ? [...sources, ...exact] : [...exact, ...sources]), ...extensions.map((each) => path + each), ...extensions.map((each) => joined(path, `index${each}`))];
}

export function folderOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '';
}

export function joined(folder: string, path: string): string {
  return normal(folder === '' ? path : `${folder}/${path}`);
}

function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}
