import * as vscode from 'vscode';
import type { SourceText } from '../language/index.js';
import type { Position } from '../model/index.js';
import { explorationOf, settingsOf, type Chosen } from '../systems/index.js';
import type { ShowMessage } from '../webview/index.js';
import { commands } from './commands.js';
import { mayRun, sourceOf } from './documents.js';
import { CallCancelled, type Engine } from './engine.js';
import type { EngineCalls, Simulation } from './engine-protocol.js';
import { placesOf } from './file-places.js';
import type { Shelf } from './systems/index.js';
import { isSystemUri } from './systems/uris.js';
import type { OpenFiles } from './open-files.js';
import { placeOf, type Place } from './place.js';
import { askForTrust } from './trust.js';
import { newTimelineId, type TimelinePanel } from './timeline-panel.js';

/** The command `raceproof.simulate`: on the place that a lens, a squiggle or a hover names, else on the function under the cursor. */
export function registerSimulate(engine: Engine, files: OpenFiles, panel: TimelinePanel, shelf: Shelf): vscode.Disposable {
  return vscode.commands.registerCommand(commands.simulate, async (uri?: unknown, position?: unknown) => {
    try {
      const place = await placeOf(uri, position);
      if (!place) return void vscode.window.showInformationMessage('Open a TypeScript or JavaScript file and put the cursor into the function to simulate.');
      if (!mayRun(place.document)) return await askForTrust('Simulating runs code of this workspace, in a sandbox.');
      present(await simulateAt(place, engine, panel, shelf), files, panel);
    } catch (error) {
      if (!(error instanceof CallCancelled)) await report(error);
    }
  });
}

interface Simulated extends Place {
  readonly source: SourceText;
  readonly version: number;
  readonly simulation: Simulation;
}

async function simulateAt({ document, position }: Place, engine: Engine, panel: TimelinePanel, shelf: Shelf): Promise<Simulated> {
  const source = sourceOf(document);
  const { version } = document;
  const variant = shelf.variantAt(document.uri);
  const places = isSystemUri(document.uri) ? { root: shelf.home } : await placesOf(document);
  const stop = new AbortController();
  const cancel = (): void => stop.abort();
  const progress = { location: vscode.ProgressLocation.Notification, title: 'Raceproof: simulating interleavings…', cancellable: true };
  const simulation = await vscode.window.withProgress(progress, (_, token) => {
    token.onCancellationRequested(cancel);
    return panel.whileBusy(`line ${position.line} of ${source.file}`, cancel, engine.call('simulate', { source, subject: position, ...places, ...(variant && { race: raceOf(variant) }) }, stop.signal));
  });
  return { document, position, source, version, simulation: simulation.kind === 'simulated' && variant ? { ...simulation, name: titleOf(variant) } : simulation };
}

/** A variant of a textbook system is run as its manifest says. */
function raceOf({ variant }: Chosen): NonNullable<EngineCalls['simulate']['params']['race']> {
  return { settings: settingsOf(variant), options: explorationOf(variant) };
}

function titleOf({ system, variant }: Chosen): string {
  return `${system.title}: ${variant.name}`;
}

function present({ document, position, source, version, simulation }: Simulated, files: OpenFiles, panel: TimelinePanel): void {
  if (simulation.kind !== 'simulated') return void vscode.window.showInformationMessage(obstacleIn(simulation, position));
  if (simulation.finding) files.of(document)?.learn(version, simulation.finding, simulation.proof);
  panel.show({ message: timelineOf(simulation, source), uri: document.uri });
}

/** Why there is nothing to draw. */
function obstacleIn(simulation: Exclude<Simulation, { kind: 'simulated' }>, { line }: Position): string {
  return simulation.kind === 'syntax-error'
    ? `The syntax error on line ${simulation.range.start.line} comes first: ${simulation.message}`
    : `Line ${line} is in no function that can be simulated. Put the cursor into an async function or method.`;
}

function timelineOf({ name, range, finding, proof, linked = [], message }: Simulation & { kind: 'simulated' }, source: SourceText): ShowMessage {
  const { scenario, ...judged } = proof;
  const subject = { name, range, ...(finding ? { rule: finding.rule, location: finding.location, message: finding.message } : message !== undefined ? { message } : {}) };
  return { type: 'show', id: newTimelineId(), subject, proof: judged, sources: [source, ...linked], ...(scenario ? { scenario } : {}) };
}

async function report(error: unknown): Promise<void> {
  const message = `The simulation failed: ${error instanceof Error ? error.message : String(error)}`;
  const showOutput = 'Show Output';
  if ((await vscode.window.showErrorMessage(message, showOutput)) === showOutput) await vscode.commands.executeCommand(commands.showOutput);
}
