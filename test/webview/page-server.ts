import { createServer, type Server } from 'node:http';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions } from 'esbuild';
import { timelineHtml } from '../../src/webview/index.js';

export type Theme = 'dark' | 'light' | 'high-contrast' | 'high-contrast-light';

const nonce = 'r4nd0mN0nce';

/** What VS Code puts on the body besides the variables. */
const bodyClasses: Readonly<Record<Theme, string>> = {
  dark: 'vscode-dark',
  light: 'vscode-light',
  'high-contrast': 'vscode-high-contrast',
  'high-contrast-light': 'vscode-high-contrast-light vscode-high-contrast',
};

/** Stands in for the editor on the other side of the page: keeps its state over a reload and every message that it posts. */
const api = `
window.acquireVsCodeApi = () => ({
  postMessage: (message) => sessionStorage.setItem('posted', JSON.stringify([...JSON.parse(sessionStorage.getItem('posted') ?? '[]'), message])),
  getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
  setState: (state) => sessionStorage.setItem('state', JSON.stringify(state)),
});
document.documentElement.dataset.violations = '0';
document.addEventListener('securitypolicyviolation', () => document.documentElement.dataset.violations++);
`;

/** Serves the real frame and the real bundle on loopback, as a host would, with one of VS Code's own themes. */
export class PageServer {
  readonly #server: Server;
  readonly #folder: string;

  private constructor(server: Server, folder: string) {
    this.#server = server;
    this.#folder = folder;
  }

  static async start(): Promise<PageServer> {
    const folder = await mkdtemp(join(tmpdir(), 'raceproof-webview-'));
    await buildInto(folder, 'src/webview/main.tsx');
    const server = createServer(({ url = '/' }, response) => {
      answer(new URL(url, 'http://localhost'), folder, origin()).then(
        ({ type, text }) => response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(text),
        () => response.writeHead(404).end(),
      );
    });
    const origin = (): string => addressOf(server);
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    return new PageServer(server, folder);
  }

  urlOf(theme: Theme): string {
    return `${addressOf(this.#server)}/?theme=${theme}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
    await rm(this.#folder, { recursive: true, force: true });
  }
}

function addressOf(server: Server): string {
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('The server does not listen.');
  return `http://127.0.0.1:${address.port}`;
}

async function answer({ pathname, searchParams }: URL, folder: string, origin: string): Promise<{ readonly type: string; readonly text: string }> {
  if (pathname === '/') return { type: 'text/html', text: frame(searchParams.get('theme') as Theme, origin) };
  if (pathname === '/api.js') return { type: 'text/javascript', text: api };
  if (pathname.startsWith('/themes/')) return { type: 'text/css', text: await readFile(fileURLToPath(new URL(`.${pathname}`, import.meta.url)), 'utf8') };
  return { type: pathname.endsWith('.css') ? 'text/css' : 'text/javascript', text: await readFile(join(folder, pathname), 'utf8') };
}

function frame(theme: Theme, origin: string): string {
  const html = timelineHtml({ cspSource: origin, nonce, scriptUri: `${origin}/webview.js`, styleUri: `${origin}/webview.css` });
  const sheets = ['editor-defaults', theme].map((name) => `<link rel="stylesheet" href="/themes/${name}.css">`).join('');
  return html
    .replace('<link ', () => `${sheets}<link `)
    .replace('<body>', () => `<body class="${bodyClasses[theme]}"><script nonce="${nonce}" src="/api.js"></script>`);
}

interface Bundle {
  readonly entryPoints: readonly string[];
}

/** Builds one of the extension's bundles into a folder; gives its path there. */
export async function buildInto(folder: string, entry: string): Promise<string> {
  const settings = await settingsFor(entry);
  const outfile = join(folder, basename(settings.outfile ?? ''));
  await build({ ...settings, outfile });
  return outfile;
}

/** The text of the simulator's web bundle, which the host posts to the page. */
export async function simulatorText(): Promise<string> {
  const { outputFiles } = await build({ ...(await settingsFor('src/simulator/worker/web-entry.ts')), write: false });
  const [bundle] = outputFiles ?? [];
  if (!bundle) throw new Error('The simulator has no web bundle.');
  return bundle.text;
}

/** How the extension's own build makes this bundle. */
async function settingsFor(entry: string): Promise<BuildOptions> {
  const script = new URL('../../esbuild.mjs', import.meta.url).href;
  const { bundles, settingsOf } = (await import(script)) as { bundles: readonly Bundle[]; settingsOf: (bundle: Bundle, options: { production: boolean }) => BuildOptions };
  const bundle = bundles.find(({ entryPoints }) => entryPoints.includes(entry));
  if (!bundle) throw new Error(`esbuild.mjs has no bundle of ${entry}`);
  return settingsOf(bundle, { production: true });
}
