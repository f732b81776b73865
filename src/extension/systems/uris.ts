import * as vscode from 'vscode';

/** Files of the textbook systems, as they come with the extension: read-only. */
export const systemsScheme = 'raceproof-systems';

/** `file` is relative to `systems/`; the query names the variant, for two variants may run the same file in different ways. */
export function systemUri(file: string, variant = ''): vscode.Uri {
  return vscode.Uri.from({ scheme: systemsScheme, path: `/${file}`, query: variant });
}

export function isSystemUri(uri: vscode.Uri): boolean {
  return uri.scheme === systemsScheme;
}

/** The name that findings and traces give such a file; undefined for any other. */
export function systemFile(uri: vscode.Uri): string | undefined {
  return isSystemUri(uri) ? `systems${uri.path}` : undefined;
}

/** The other way round. */
export function uriOfSystemFile(file: string): vscode.Uri | undefined {
  return file.startsWith('systems/') ? systemUri(file.slice('systems/'.length)) : undefined;
}
