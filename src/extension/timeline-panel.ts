import { randomBytes, randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { SourceRange, TraceStep } from '../model/index.js';
import { parseHostMessage, parsePageMessage, timelineHtml, type Destination, type HostMessage, type PageMessage, type ShowMessage } from '../webview/index.js';
import { commands } from './commands.js';
import { editorRange } from './ranges.js';
import { SimulatedText } from './simulated-text.js';
import { StepMark, type Step } from './step-mark.js';

/** What the panel shows, and the document that it tells of. */
export interface Timeline {
  readonly message: ShowMessage;
  readonly uri: vscode.Uri;
}

/**
 * The timeline beside the code: one panel, a page of its own that talks through the protocol of src/webview.
 *
 * Invariants
 * 1. A line is marked only in a text that is the simulated one, to the letter.
 * 2. The page may be thrown away and made anew at any time: whatever it shows is sent again when it says that it is ready.
 */
export class TimelinePanel implements vscode.Disposable {
  static readonly viewType = 'raceproof.timeline';

  readonly #context: vscode.ExtensionContext;
  readonly #log: vscode.LogOutputChannel;
  readonly #mark = new StepMark();
  readonly #subscriptions: vscode.Disposable[];
  #panel: vscode.WebviewPanel | undefined;
  #shown: { readonly message: ShowMessage; readonly text: SimulatedText } | undefined;
  #busy: { readonly message: HostMessage; readonly cancel: () => void } | undefined;
  #step: (PageMessage & { readonly type: 'select' }) | undefined;
  #isStale = false;

  constructor(context: vscode.ExtensionContext, log: vscode.LogOutputChannel) {
    this.#context = context;
    this.#log = log;
    this.#subscriptions = [
      this.#mark,
      vscode.window.registerWebviewPanelSerializer(TimelinePanel.viewType, { deserializeWebviewPanel: async (panel, state) => this.#revive(panel, state) }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => this.#edited(document, contentChanges)),
      vscode.workspace.onDidOpenTextDocument((document) => this.#edited(document, [])),
    ];
  }

  /** Draws a proof, in the open panel or in a new one beside the code. */
  show({ message, uri }: Timeline): void {
    this.#shown = { message, text: new SimulatedText(uri, message) };
    this.#step = undefined;
    void this.#context.workspaceState.update(shownKey, { id: message.id, uri: uri.toString() } satisfies ShownRecord);
    const panel = this.#panel ?? this.#adopt(vscode.window.createWebviewPanel(TimelinePanel.viewType, 'Interleavings', { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }));
    panel.title = titleOf(message);
    panel.reveal(panel.viewColumn, true);
    this.#tellAll();
  }

  /** Says in an open panel that a simulation is under way. Unless `show` follows, the panel is then as it was. */
  async whileBusy<T>(name: string, cancel: () => void, work: Promise<T>): Promise<T> {
    const busy = { message: { type: 'busy', name } as const, cancel };
    this.#busy = busy;
    this.#tell(busy.message);
    try {
      return await work;
    } finally {
      if (this.#busy === busy) {
        this.#busy = undefined;
        this.#tell({ type: 'idle' });
      }
    }
  }

  go(to: Destination): void {
    this.#tell({ type: 'go', to });
  }

  dispose(): void {
    this.#panel?.dispose();
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  /** After a reload of the window: the page has kept what it showed, and the workspace which document that was. */
  #revive(panel: vscode.WebviewPanel, state: unknown): void {
    const record = this.#context.workspaceState.get<ShownRecord>(shownKey);
    const message = shownIn(state);
    if (message && record && record.id === message.id) {
      this.#shown = { message, text: new SimulatedText(vscode.Uri.parse(record.uri, true), message) };
      panel.title = titleOf(message);
    }
    this.#adopt(panel);
  }

  #adopt(panel: vscode.WebviewPanel): vscode.WebviewPanel {
    const dist = vscode.Uri.joinPath(this.#context.extensionUri, 'dist');
    const media = vscode.Uri.joinPath(this.#context.extensionUri, 'media');
    const { webview } = panel;
    this.#panel = panel;
    void vscode.commands.executeCommand('setContext', isOpenKey, true);
    panel.iconPath = vscode.Uri.joinPath(media, 'icon.svg');
    webview.options = { enableScripts: true, localResourceRoots: [dist, media] };
    webview.onDidReceiveMessage((message: unknown) => this.#receive(message));
    panel.onDidDispose(() => this.#closed(panel));
    webview.html = timelineHtml({
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString('hex'),
      scriptUri: webview.asWebviewUri(vscode.Uri.joinPath(dist, 'webview.js')).toString(),
      styleUri: webview.asWebviewUri(vscode.Uri.joinPath(dist, 'webview.css')).toString(),
    });
    return panel;
  }

  #closed(panel: vscode.WebviewPanel): void {
    if (this.#panel !== panel) return;
    this.#panel = undefined;
    void vscode.commands.executeCommand('setContext', isOpenKey, false);
    this.#shown = undefined;
    this.#step = undefined;
    this.#busy?.cancel();
    this.#mark.clear();
  }

  #receive(message: unknown): void {
    try {
      this.#obey(parsePageMessage(message));
    } catch (error) {
      this.#log.error(`The timeline sent something that it should not: ${String(error)}`);
    }
  }

  #obey(message: PageMessage): void {
    switch (message.type) {
      case 'ready':
        return this.#tellAll();
      case 'select':
        this.#step = message;
        return void this.#markStep();
      case 'open':
        return void this.#open(message.range);
      case 'again':
        return this.#command(commands.simulate);
      case 'write-test':
        return this.#command(commands.writeTest);
      case 'cancel':
        return this.#busy?.cancel();
      case 'engine':
        return void this.#sendEngine();
      case 'error':
        return this.#log.error(`In the timeline: ${message.stack ?? message.message}`);
    }
  }

  #tell(message: HostMessage): void {
    void this.#panel?.webview.postMessage(message);
  }

  #tellAll(): void {
    if (this.#shown) this.#tell(this.#shown.message);
    this.#isStale = this.#shown?.text.isStale ?? false;
    if (this.#shown) this.#tell({ type: 'stale', stale: this.#isStale });
    if (this.#busy) this.#tell(this.#busy.message);
  }

  #edited(document: vscode.TextDocument, edits: readonly vscode.TextDocumentContentChangeEvent[]): void {
    const text = this.#shown?.text;
    if (text?.uri.toString() !== document.uri.toString()) return;
    text.edited(edits);
    if (text.isStale === this.#isStale) return;
    this.#isStale = text.isStale;
    this.#tell({ type: 'stale', stale: this.#isStale });
    void this.#markStep();
  }

  async #markStep(): Promise<void> {
    const step = this.#step;
    this.#mark.clear();
    if (!step || this.#isStale) return;
    const editor = await this.#editorOf(step.range);
    const shown = this.#shown;
    if (!editor || !shown || step !== this.#step || shown.text.isStale) return; // invariant 1
    this.#mark.show(editor, { ...placeOf(step, shown.message), ...(step.partner?.file === step.range.file ? { partner: editorRange(step.partner) } : {}) });
  }

  async #open(range: SourceRange): Promise<void> {
    const editor = await this.#editorOf(range);
    if (!editor || this.#shown?.text.isStale) return;
    await vscode.window.showTextDocument(editor.document, { viewColumn: editor.viewColumn, selection: editorRange(range) });
  }

  /** The editor that shows the file already, else one in a column that is not the panel's; the focus stays where it is. */
  async #editorOf({ file }: SourceRange): Promise<vscode.TextEditor | undefined> {
    const uri = this.#shown?.text.uriOf(file);
    if (!uri) return undefined;
    const visible = vscode.window.visibleTextEditors.find(({ document, viewColumn }) => viewColumn !== undefined && document.uri.toString() === uri.toString());
    const free = this.#panel?.viewColumn === vscode.ViewColumn.One ? vscode.ViewColumn.Two : vscode.ViewColumn.One;
    return visible ?? vscode.window.showTextDocument(uri, { viewColumn: free, preserveFocus: true }).then(undefined, () => undefined);
  }

  /** On the subject that is shown, where it stands now. */
  #command(command: string): void {
    if (!this.#shown) return;
    const { message, text } = this.#shown;
    void vscode.commands.executeCommand(command, text.uri.toString(), text.positionNow(message.subject.range.start));
  }

  /** For the replay in the page; nothing of an untrusted workspace is run there either. */
  async #sendEngine(): Promise<void> {
    if (!vscode.workspace.isTrusted) return this.#tell({ type: 'no-engine', reason: 'The workspace is not trusted.' });
    const bundle = vscode.Uri.joinPath(this.#context.extensionUri, 'dist', 'simulator-web.js');
    const text = await vscode.workspace.fs.readFile(bundle).then((bytes) => new TextDecoder().decode(bytes), () => undefined);
    this.#tell(text === undefined ? { type: 'no-engine', reason: `The extension is incomplete: ${bundle.fsPath} is missing.` } : { type: 'engine', text });
  }
}

interface ShownRecord {
  readonly id: string;
  readonly uri: string;
}

const shownKey = 'timeline';
const isOpenKey = 'raceproof.timelineOpen';

/** A new simulation's identity. */
export function newTimelineId(): string {
  return randomUUID();
}

/** What the page has saved of the show that it drew (src/webview/page/saved.ts), if it is whole. */
function shownIn(state: unknown): ShowMessage | undefined {
  if (typeof state !== 'object' || state === null || !('shown' in state)) return undefined;
  try {
    const message = parseHostMessage(state.shown);
    return message.type === 'show' ? message : undefined;
  } catch {
    return undefined;
  }
}

/** A task's start and end have the range of its whole function: of that, only the first and the last line are the step's. */
function placeOf({ step, range, label }: PageMessage & { readonly type: 'select' }, { proof }: ShowMessage): Step {
  const traced = proof.witness?.trace.steps[step];
  const whole = editorRange(range);
  const text = traced ? remarkOn(traced) : label;
  if (whole.isSingleLine || !traced) return { range: whole, label: text };
  if (traced.kind === 'start') return { range: new vscode.Range(whole.start, whole.start.with({ character: Number.MAX_SAFE_INTEGER })), label: text };
  if (traced.kind === 'return' || traced.kind === 'throw') return { range: new vscode.Range(whole.end.translate(0, -Math.min(1, whole.end.character)), whole.end), label: text };
  return { range: whole, label: text };
}

/** Short, as it stands behind the line: the line itself tells what is read or written. */
function remarkOn({ task, kind, text, before, after }: TraceStep): string {
  if (kind === 'read' && after !== undefined) return `${task} reads ${after}`;
  if ((kind === 'write' || kind === 'update') && before !== undefined && after !== undefined) return `${task}: ${before} → ${after}`;
  return `${task} ${text}`;
}

function titleOf({ subject }: ShowMessage): string {
  return `Interleavings: ${subject.name}`;
}
