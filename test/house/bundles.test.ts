import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { bundles, settingsOf } from '../../esbuild.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What would cost an editor or a `--help` hundreds of milliseconds. */
const heavy = /node_modules\/(typescript|@typescript-eslint|ses|@endo)\//;

function bundleNamed(outfile: string): (typeof bundles)[number] {
  const bundle = bundles.find((each) => each.outfile === outfile);
  if (!bundle) throw new Error(`no bundle ${outfile}`);
  return bundle;
}

async function inputsOf(outfile: string): Promise<string[]> {
  const { metafile } = await build({ ...settingsOf(bundleNamed(outfile)), metafile: true, write: false });
  return Object.keys(metafile.inputs);
}

describe('bundles', () => {
  it.each(['dist/extension.cjs', 'dist/cli.js', 'dist/webview.js'])('%s holds neither TypeScript nor ses', async (outfile) => {
    const inputs = await inputsOf(outfile);
    expect(inputs.length).toBeGreaterThan(1);
    expect(inputs.filter((path) => heavy.test(path))).toEqual([]);
  });

  it.each(['dist/engine.cjs', 'dist/cli-engine.js'])('%s is where TypeScript is, without ses', async (outfile) => {
    const inputs = await inputsOf(outfile);
    expect(inputs.some((path) => path.includes('node_modules/typescript/'))).toBe(true);
    expect(inputs.filter((path) => path.includes('node_modules/ses/'))).toEqual([]);
  });

  // A copy has 2,400 accessors of its own, and every file that imports TypeScript would make one.
  it.each(['dist/engine.cjs', 'dist/cli-engine.js'])('%s has TypeScript once, not copied for those who import it', async (outfile) => {
    const { outputFiles } = await build({ ...settingsOf(bundleNamed(outfile)), sourcemap: false, write: false });
    const text = outputFiles.map((file) => file.text).join('');
    expect(text).toContain('require_typescript()');
    expect(text).not.toMatch(/(?:__toESM|__importStar|__importDefault)\(require_typescript\(\)/);
  });

  it.each(['dist/simulator-worker.js', 'dist/simulator-web.js'])('%s is where ses is, without TypeScript', async (outfile) => {
    const inputs = await inputsOf(outfile);
    expect(inputs.some((path) => path.includes('node_modules/ses/'))).toBe(true);
    expect(inputs.filter((path) => path.includes('node_modules/typescript/'))).toEqual([]);
  });

  it('everything that is declared is built', () => {
    const built = readdirSync(join(root, 'dist'));
    for (const { outfile } of bundles) expect(built).toContain(basename(outfile));
  });
});

describe('the command loads what it needs, and only then', () => {
  it.each([[['--help']], [['--version']], [['check', '--help']], [['explain']], [['systems', '--list']], [['systems', 'no-such-system']], [['check', '--nope']]])('%j loads one file', (args) => {
    expect(scriptsLoadedBy(args)).toEqual(['dist/cli.js']);
  });

  it('a check loads the engine (so the measurement sees it)', () => {
    expect(scriptsLoadedBy(['check', '--no-prove', 'LICENSE'])).toEqual(['dist/cli-engine.js', 'dist/cli.js']);
  });
});

/** V8 itself tells which files it ran. */
function scriptsLoadedBy(args: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'raceproof-coverage-'));
  try {
    spawnSync(process.execPath, [join(root, 'dist/cli.js'), ...args], { cwd: root, env: { ...process.env, NODE_V8_COVERAGE: folder } });
    const urls = readdirSync(folder).flatMap((name) => (JSON.parse(readFileSync(join(folder, name), 'utf8')) as { result: { url: string }[] }).result.map(({ url }) => url));
    return [...new Set(urls.filter((url) => url.startsWith('file:')).map((url) => fileURLToPath(url).replace(root, '')))].sort();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
