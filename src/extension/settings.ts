import * as vscode from 'vscode';

export interface Settings {
  readonly enable: boolean;
  /** Prove findings in the background, in a trusted workspace. */
  readonly prove: boolean;
  /** Milliseconds of quiet before a changed file is analysed. */
  readonly debounce: number;
  readonly codeLens: 'findings' | 'regions' | 'off';
}

export const section = 'raceproof';

/** What the person set for the file's folder; a value of the wrong type counts as not set. */
export function settingsFor(scope: vscode.ConfigurationScope): Settings {
  const set = vscode.workspace.getConfiguration(section, scope);
  const debounce = Number(set.get('debounce', 300));
  const codeLens = set.get<string>('codeLens');
  return {
    enable: set.get('enable') !== false,
    prove: set.get('prove') !== false,
    debounce: Number.isFinite(debounce) ? Math.max(0, debounce) : 300,
    codeLens: codeLens === 'regions' || codeLens === 'off' ? codeLens : 'findings',
  };
}
