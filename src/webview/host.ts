import { parseHostMessage } from './messages.js';
import type { HostMessage, PageMessage } from './protocol.js';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The extension host as the page sees it. */
export interface Host {
  post(message: PageMessage): void;
  /** Hears what is of the protocol; anything else is reported to the host as an error, once, and otherwise ignored. Returns how to stop. */
  listen(hear: (message: HostMessage) => void): () => unknown;
  load(): unknown;
  save(state: unknown): void;
}

/** May be called once in a page's life: VS Code hands its API out once. */
export function connect(): Host {
  const api = acquireVsCodeApi();
  const post = (message: PageMessage): void => api.postMessage(message);
  const listeners = new Set<(message: HostMessage) => void>();
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    try {
      const message = parseHostMessage(data);
      for (const hear of [...listeners]) hear(message);
    } catch (error) {
      post(asError(error));
    }
  });
  return {
    post,
    listen(hear) {
      listeners.add(hear);
      return () => listeners.delete(hear);
    },
    load: () => api.getState(),
    save: (state) => api.setState(state),
  };
}

/** Tells the host of everything that goes wrong in the page unseen. */
export function reportFailures({ post }: Host): void {
  window.addEventListener('error', ({ error, message }) => post(asError(error ?? message)));
  window.addEventListener('unhandledrejection', ({ reason }) => post(asError(reason)));
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => post({ type: 'error', message: `The page's policy refused ${blockedURI} (${violatedDirective}).` }));
}

function asError(thrown: unknown): PageMessage {
  if (!(thrown instanceof Error)) return { type: 'error', message: String(thrown) };
  return { type: 'error', message: `${thrown.name}: ${thrown.message}`, ...(thrown.stack === undefined ? {} : { stack: thrown.stack }) };
}
