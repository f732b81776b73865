import * as vscode from 'vscode';
import { provideCodeActions } from './code-actions.js';
import { provideCodeLenses } from './code-lens.js';
import { commands } from './commands.js';
import { Configurations } from './configurations.js';
import { watchFiles } from './file-places.js';
import { publishDiagnostics } from './diagnostics.js';
import { Engine } from './engine.js';
import { registerExports } from './exports.js';
import { provideHovers } from './hover.js';
import { OpenFiles } from './open-files.js';
import { registerSimulate } from './simulate.js';
import { registerSystems, Shelf } from './systems/index.js';
import { TimelinePanel } from './timeline-panel.js';

/** Light by design: the engine thread, with all that is heavy, starts with the first file that is looked at. */
export function activate(context: vscode.ExtensionContext): void {
  const { extensionUri, subscriptions } = context;
  const output = vscode.window.createOutputChannel('Raceproof', { log: true });
  const bundle = (name: string): string => vscode.Uri.joinPath(extensionUri, 'dist', name).fsPath;
  const engine = new Engine({ engineWorker: bundle('engine.cjs'), simulatorWorker: bundle('simulator-worker.js'), log: (line) => output.info(line) });
  const configurations = new Configurations(engine);
  const files = new OpenFiles(engine, configurations);
  const shelf = new Shelf(extensionUri, output);
  const panel = new TimelinePanel(context, output);
  subscriptions.push(
    output,
    engine,
    configurations,
    files,
    watchFiles(),
    panel,
    publishDiagnostics(files, extensionUri),
    provideHovers(files, extensionUri),
    provideCodeLenses(files),
    provideCodeActions(files, engine),
    registerSimulate(engine, files, panel, shelf),
    registerExports(engine, files),
    registerSystems(shelf),
    vscode.commands.registerCommand(commands.openRule, (page: string) => vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.parse(page, true))),
    vscode.commands.registerCommand(commands.showOutput, () => output.show()),
    vscode.commands.registerCommand(commands.restartEngine, () => engine.restart()),
    vscode.commands.registerCommand(commands.stepForward, () => panel.go('forward')),
    vscode.commands.registerCommand(commands.stepBack, () => panel.go('back')),
    vscode.commands.registerCommand(commands.goToCollision, () => panel.go('collision')),
  );
  files.recheck();
}
