import * as vscode from 'vscode';
import { comparePositions, containsRange, isSameRange, scenarioLine, type SourceRange } from '../model/index.js';
import { commands } from './commands.js';
import { documentSelector, mayRun, sourceOf } from './documents.js';
import { isShown } from './judged.js';
import type { CheckedVersion } from './open-file.js';
import type { OpenFiles } from './open-files.js';
import { settingsFor, type Settings } from './settings.js';

/** `Simulate interleavings` above every function with a finding, or, if so set, above every one with a region; above the scenario of a scenario file. */
export function provideCodeLenses(files: OpenFiles): vscode.Disposable {
  const changes = new vscode.EventEmitter<void>();
  const provider = vscode.languages.registerCodeLensProvider(documentSelector, {
    onDidChangeCodeLenses: changes.event,
    provideCodeLenses(document) {
      if (!mayRun(document)) return [];
      const scenario = scenarioLine(sourceOf(document));
      if (scenario) return [lens({ above: scenario, subject: scenario }, (line) => line, document.uri)];
      const latest = files.of(document)?.latest;
      if (!latest) return [];
      return places(latest.checked, settingsFor(document).codeLens).map((place) => lens(place, latest.lineNow, document.uri));
    },
  });
  return vscode.Disposable.from(changes, provider, files.onDidChange(() => changes.fire()));
}

/** Where a lens stands, and what it simulates. */
interface Place {
  readonly above: SourceRange;
  readonly subject: SourceRange;
}

function places(checked: CheckedVersion, mode: Settings['codeLens']): readonly Place[] {
  if (mode === 'off') return [];
  const found = checked.findings.filter((judged) => isShown(judged, checked.configuration)).map(({ finding }) => ({ above: taskAround(finding.range, checked) ?? finding.range, subject: finding.range }));
  const regions = mode === 'regions' ? checked.analysis.functions.filter(({ isAsync, regions }) => isAsync && regions.length > 0) : [];
  const all = [...found, ...regions.map(({ entry }) => ({ above: entry.range, subject: entry.range }))];
  return all.filter((place, index) => all.findIndex(({ above }) => isSameRange(above, place.above)) === index);
}

/** The innermost function around a place that can be a task. */
function taskAround(range: SourceRange, { analysis }: CheckedVersion): SourceRange | undefined {
  const around = analysis.functions.map(({ entry }) => entry.range).filter((outer) => containsRange(outer, range));
  return around.sort((a, b) => comparePositions(b.start, a.start))[0];
}

function lens({ above, subject }: Place, lineNow: (line: number) => number, uri: vscode.Uri): vscode.CodeLens {
  const line = Math.max(0, lineNow(above.start.line) - 1);
  return new vscode.CodeLens(new vscode.Range(line, 0, line, 0), {
    title: 'Simulate interleavings',
    tooltip: 'Run this function with itself and its neighbours in every order that matters, in a sandbox',
    command: commands.simulate,
    arguments: [uri.toString(), { ...subject.start, line: lineNow(subject.start.line) }],
  });
}
