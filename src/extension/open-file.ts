import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { FileAnalysis } from '../analysis/index.js';
import { isIncluded, isSameRange, noConfiguration, type Configuration, type Finding, type Proof } from '../model/index.js';
import type { Configurations } from './configurations.js';
import { sourceOf } from './documents.js';
import { moveLine } from './edits.js';
import { CallCancelled, type Engine } from './engine.js';
import { fingerprint, type Judged } from './judged.js';
import { placesOf } from './file-places.js';
import { settingsFor } from './settings.js';

/** Milliseconds between the first and the second attempt at what could not be proved. */
const secondLook = 2_000;

/** What is known of one version of a document. */
export interface CheckedVersion {
  readonly version: number;
  readonly analysis: FileAnalysis;
  readonly configuration: Configuration;
  readonly findings: readonly Judged[];
}

/**
 * One open document on its way from text to verdicts:
 *
 *     edited ──quiet──> analysed ──trusted──> proving, one finding after the other ──> judged
 *        ^                 |                     |
 *        └──── an edit, at any time: what is under way is cancelled ────┘
 *
 * Invariants
 * 1. What is published belongs to the version that the editor shows; an answer to an older version is dropped.
 * 2. Nothing is executed unless the workspace is trusted.
 * 3. A text that cannot be parsed says nothing of the races in it: squiggles and lenses stay, and move with the edits, until the next one that can.
 *    Where all of it was replaced, nothing that they spoke of is there any more, and they go.
 */
export class OpenFile implements vscode.Disposable {
  readonly #document: vscode.TextDocument;
  readonly #engine: Engine;
  readonly #configurations: Configurations;
  readonly #changed: (file: OpenFile) => void;
  #timer: NodeJS.Timeout | undefined;
  #work = new AbortController();
  #checked: CheckedVersion | undefined;
  #editsSince: vscode.TextDocumentContentChangeEvent[] = [];
  /** Since the last text that could be parsed all of it was replaced at once. */
  #isReplaced = false;

  constructor(document: vscode.TextDocument, engine: Engine, configurations: Configurations, changed: (file: OpenFile) => void) {
    this.#document = document;
    this.#engine = engine;
    this.#configurations = configurations;
    this.#changed = changed;
  }

  get document(): vscode.TextDocument {
    return this.#document;
  }

  /** What is known of the text in the editor now; nothing while a newer text waits for its analysis (invariant 1). */
  get current(): CheckedVersion | undefined {
    return this.#checked?.version === this.#document.version ? this.#checked : undefined;
  }

  /** What is known of the latest text that could be parsed, with the line on which each of its lines stands now. */
  get latest(): { readonly checked: CheckedVersion; readonly lineNow: (line: number) => number } | undefined {
    return this.#checked && { checked: this.#checked, lineNow: (line) => moveLine(line, this.#editsSince) };
  }

  /** The text is new, or changed by `edits`: forget what is under way and look again after `delay` milliseconds of quiet. */
  check(delay: number, edits: readonly vscode.TextDocumentContentChangeEvent[] = []): void {
    this.#editsSince.push(...edits);
    this.#isReplaced ||= this.#isWhole(edits);
    this.#cancel();
    this.#timer = globalThis.setTimeout(() => void this.#run(this.#work.signal), delay);
  }

  /** A proof of `finding`, made elsewhere from the text of `version`: a simulation that a person asked for looks further than the background does. */
  learn(version: number, finding: Finding, proof: Proof): void {
    if (this.current?.version === version) this.#judge(finding, proof);
  }

  dispose(): void {
    this.#cancel();
  }

  #isWhole([edit, another]: readonly vscode.TextDocumentContentChangeEvent[]): boolean {
    return edit !== undefined && !another && edit.rangeOffset === 0 && edit.rangeLength > 0 && edit.text.length === this.#document.getText().length;
  }

  #cancel(): void {
    clearTimeout(this.#timer);
    this.#work.abort();
    this.#work = new AbortController();
  }

  async #run(signal: AbortSignal): Promise<void> {
    try {
      await this.#analyse(signal);
      await this.#prove(signal);
    } catch (error) {
      if (!signal.aborted && !(error instanceof CallCancelled)) this.#fail();
    }
  }

  async #analyse(signal: AbortSignal): Promise<void> {
    const { version } = this.#document;
    const source = sourceOf(this.#document);
    const configuration = await this.#configurations.of(this.#document);
    const analysis = isIncluded(source.file, configuration) ? await this.#engine.call('analyse', { source, configuration, ...(await placesOf(this.#document)) }, signal) : nothingIn(source.file);
    if (signal.aborted || version !== this.#document.version) return;
    if (analysis.failure && this.#checked && !this.#isReplaced) return; // Broken for the moment, as a text is while it is typed: what is on screen stays (invariant 3).
    const earlier = new Map(this.#checked?.findings.map((judged) => [judged.fingerprint, judged.proof]));
    const lines = source.text.split(/\r\n|\r|\n/);
    const findings = analysis.findings.map((finding): Judged => {
      const key = fingerprint(finding, lines);
      const proof = earlier.get(key);
      return { finding, fingerprint: key, isProvisional: true, ...(proof ? { proof } : {}) };
    });
    this.#publish({ version, analysis, configuration, findings });
  }

  async #prove(signal: AbortSignal): Promise<void> {
    const checked = this.current;
    if (!checked || !vscode.workspace.isTrusted || !settingsFor(this.#document).prove) return;
    const source = sourceOf(this.#document);
    const places = await placesOf(this.#document);
    const prove = async (finding: Finding): Promise<void> => {
      const proof = await this.#engine.call('prove', { source, finding, ...places }, signal);
      if (!signal.aborted) this.#judge(finding, proof);
    };
    for (const { finding } of checked.findings) await prove(finding);
    // Limits are in seconds of the clock, and the machine may have been busy with other work: what could not be proved is tried once more.
    await setTimeout(secondLook, undefined, { signal });
    for (const { finding, proof } of this.current?.findings ?? []) if (proof?.verdict === 'unproven') await prove(finding);
  }

  #judge(finding: Finding, proof: Proof): void {
    const { current } = this;
    if (!current) return;
    const isIt = (judged: Judged): boolean => judged.finding.rule === finding.rule && judged.finding.location === finding.location && isSameRange(judged.finding.range, finding.range);
    this.#publish({ ...current, findings: current.findings.map((judged) => (isIt(judged) ? { ...judged, proof, isProvisional: false } : judged)) });
  }

  /** The engine could not answer (it has said why in the output channel): no claim is better than an old one. */
  #fail(): void {
    const { version } = this.#document;
    this.#publish({ version, analysis: nothingIn(''), configuration: noConfiguration, findings: [] });
  }

  #publish(checked: CheckedVersion): void {
    if (checked.version !== this.#checked?.version) {
      this.#editsSince = [];
      this.#isReplaced = false;
    }
    this.#checked = checked;
    this.#changed(this);
  }
}

function nothingIn(file: string): FileAnalysis {
  return { file, lines: 0, parsed: false, findings: [], suppressed: [], suppressionProblems: [], functions: [] };
}
