import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { useEngine } from '../proof/judging.js';
import { Overlay } from '../../src/regression/node-overlay.js';
import { writeFor } from './project.js';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder of somebody's, with `data.json` and `logs/today.txt` in it. */
function belongings(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'raceproof-belongings-')));
  folders.push(folder);
  mkdirSync(join(folder, 'logs'));
  writeFileSync(join(folder, 'data.json'), 'precious');
  writeFileSync(join(folder, 'logs/today.txt'), 'precious');
  return folder;
}

/** All that is in a folder, by path. */
function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return Object.fromEntries(files.map((one) => [join(one.parentPath ?? one.path, one.name), readFileSync(join(one.parentPath ?? one.path, one.name), 'utf8')]));
}

interface Trial {
  readonly refusal: string | undefined;
  readonly output: string;
}

/** Runs a script of CommonJS as trial runs are, in an overlay of a project, which has to be as before then. */
function tryOut(script: string, project = belongings(), flags: readonly string[] = []): Trial {
  const before = contents(project);
  const overlay = new Overlay(project);
  try {
    const file = overlay.write(join(project, 'trial.cjs'), script);
    const { stdout, stderr } = spawnSync(process.execPath, [...overlay.guard.flags, ...flags, file], { cwd: overlay.folder, encoding: 'utf8', env: { ...process.env, ...overlay.guard.environment } });
    expect(contents(project)).toEqual(before);
    return { refusal: overlay.guard.refusal(), output: stdout + stderr };
  } finally {
    overlay.dispose();
  }
}

describe('files of the project', () => {
  it.each([
    ['are not written', "fs.writeFileSync('data.json', '')", 'write data.json'],
    ['are not written with a callback', "fs.writeFile('data.json', '', (error) => console.log(error.message))", 'write data.json'],
    ['are not written with a promise', "fs.promises.writeFile('data.json', '').catch(() => {})", 'write data.json'],
    ['are not appended to', "require('fs/promises').appendFile(Buffer.from('data.json'), 'x').catch(() => {})", 'write data.json'],
    ['are not opened for writing', "fs.openSync('data.json', fs.constants.O_RDWR)", 'write data.json'],
    ['are not written by streams', "fs.createWriteStream('data.json')", 'write data.json'],
    ['are not written by streams that are made', "new fs.WriteStream('data.json')", 'write data.json'],
    ['are not cut', "fs.truncateSync('data.json')", 'write data.json'],
    ['are not removed where they lie', "fs.unlinkSync(fs.realpathSync('data.json'))", 'remove data.json'],
    ['are not removed with their folder', "fs.rmSync(fs.realpathSync('logs'), { recursive: true })", 'remove logs'],
    ['are not removed through the link to their folder', "fs.rmSync('logs/today.txt')", 'remove logs/today.txt'],
    ['are not removed beside what a link leads to', "fs.rmSync('logs/../data.json')", 'remove data.json'],
    ['are not moved', "fs.renameSync('logs/today.txt', 'mine.txt')", 'rename logs/today.txt'],
    ['are not copied over', "fs.copyFileSync('trial.cjs', new URL('file://' + process.cwd() + '/data.json'))", 'write data.json'],
    ['are not copied over with their folder', "fs.mkdirSync('new/logs', { recursive: true }); fs.writeFileSync('new/logs/today.txt', ''); fs.cpSync('new', '.', { recursive: true, force: true })", 'write data.json'],
    ['are not linked under a name that may be written', "fs.linkSync(fs.realpathSync('data.json'), 'mine.json')", 'link data.json'],
    ['keep their rights', "fs.chmodSync('data.json', 0o600)", 'change the rights of data.json'],
    ['get no neighbours', "fs.mkdirSync('logs/more/still', { recursive: true })", 'make logs/more/still'],
    ['are not made through a link that leads nowhere yet', "fs.symlinkSync(fs.realpathSync('logs') + '/new.txt', 'mine.txt'); fs.writeFileSync('mine.txt', '')", 'write logs/new.txt'],
  ])('%s', (_, act, what) => {
    expect(tryOut(`const fs = require('node:fs');\ntry { ${act}; } catch (error) { console.log(error.message); }`).refusal).toBe(`it would ${what}, which the trial run of a test may not`);
  });

  it('may be changed in the run\'s own folder, in its temporary one, and in caches of frameworks', () => {
    const { refusal, output } = tryOut(`const fs = require('node:fs'), os = require('node:os'), path = require('node:path');
fs.writeFileSync('new.txt', 'a'); fs.appendFileSync('new.txt', 'b'); fs.renameSync('new.txt', 'newer.txt'); fs.unlinkSync('data.json'); fs.rmSync('logs');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'x-')); fs.createWriteStream(path.join(folder, 'y')).end('z');
fs.mkdirSync('node_modules/.vite/vitest', { recursive: true }); fs.writeFileSync('/dev/null', '');
console.log(fs.readFileSync('newer.txt', 'utf8'), fs.existsSync('data.json'));`);
    expect(refusal).toBeUndefined();
    expect(output).toBe('ab false\n');
  });

  it('are not said to be changed where nothing comes of it', () => {
    expect(tryOut("const fs = require('node:fs'); fs.mkdirSync('logs', { recursive: true }); fs.rmSync('logs/tomorrow.txt', { force: true }); try { fs.unlinkSync('logs/tomorrow.txt'); } catch ({ code }) { console.log(code); }")).toEqual({ refusal: undefined, output: 'ENOENT\n' });
  });

  it('are safe from what modules import by name', () => {
    expect(tryOut("import('node:fs').then(({ rmSync, promises }) => { rmSync('logs/today.txt'); });").refusal).toMatch(/remove logs\/today\.txt/);
  });
});

describe('what is no JavaScript', () => {
  it('is not loaded, but for what compiles and bundles', () => {
    const { output, refusal } = tryOut(`const fs = require('node:fs');
for (const name of ['sqlite', '@rollup/rollup-linux']) { fs.mkdirSync('node_modules/' + name, { recursive: true }); fs.writeFileSync('node_modules/' + name + '/binding.node', ''); try { require(name + '/binding.node'); } catch (error) { console.log(error.message); } }`);
    const [first, second] = output.split('\n');
    expect(first).toMatch(/^this would load .*node_modules\/sqlite\/binding\.node, which the trial run of a test may not$/);
    expect(second).not.toMatch(/trial run/);
    // An optional part that is missing changes nothing.
    expect(refusal).toBeUndefined();
  });

  it('opens no database', () => {
    const { refusal } = tryOut("try { new (require('node:sqlite').DatabaseSync)('data.json'); } catch {}");
    expect(refusal).toBe(isBuiltin('node:sqlite') ? 'it would open data.json, which the trial run of a test may not' : undefined);
  });
});

describe('other processes', () => {
  it.each([
    ['are not started', "spawn('rm', ['-rf', 'logs/'])", 'start rm -rf logs/'],
    ['are not waited for', "spawnSync('rm', ['-rf', 'logs/'])", 'start rm -rf logs/'],
    ['are not started by a shell', "exec('rm -rf logs/')", 'start /bin/sh -c rm -rf logs/'],
    ['are not started by a shell that is waited for', "execSync('rm -rf logs/')", 'start rm -rf logs/'],
    ['get no signals', 'process.kill(process.ppid)', /^it would send a signal to process \d+/],
    ['of Node are guarded, whatever their environment', "spawnSync(process.execPath, ['-e', \"require('fs').rmSync('logs/today.txt')\"], { env: {} })", 'remove logs/today.txt'],
    ['of Node that are started with other flags are guarded', "fork('child.cjs', { execArgv: [] })", 'remove logs/today.txt'],
  ])('%s', (_, act, what) => {
    const { refusal } = tryOut(`const { spawn, spawnSync, exec, execSync, fork } = require('node:child_process');
require('node:fs').writeFileSync('child.cjs', "require('fs').rmSync('logs/today.txt')");
try { ${act}; } catch {}`);
    if (typeof what === 'string') expect(refusal).toBe(`it would ${what}, which the trial run of a test may not`);
    else expect(refusal).toMatch(what);
  });

  it.each([['{}'], ['{ execArgv: [] }'], ['{ env: {} }']])('threads are guarded: %s', (options) => {
    expect(tryOut(`new (require('node:worker_threads').Worker)("require('fs').rmSync('logs/today.txt')", { eval: true, ...${options} }).on('error', () => {});`).refusal).toMatch(/remove logs\/today\.txt/);
  });
});

describe('the network', () => {
  it('is not reached, and nobody waits for it', async () => {
    let reached = 0;
    const server = createServer((socket) => {
      reached++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const refusals = [`require('node:net').connect(${port}, '127.0.0.1')`, `require('node:http').get('http://127.0.0.1:${port}/').on('error', () => {})`, `fetch('http://127.0.0.1:${port}/').catch(() => {})`].map((act) => tryOut(`try { ${act}; } catch {}`).refusal);
    expect(refusals).toEqual(Array.from({ length: 3 }, () => `it would connect to 127.0.0.1:${port}, which the trial run of a test may not`));
    expect(tryOut("try { require('node:http').createServer().listen(0); } catch {}").refusal).toMatch(/listen on localhost:0/);
    expect(tryOut("try { require('node:dgram').createSocket('udp4').bind(0); } catch {}").refusal).toMatch(/open a UDP socket/);
    await new Promise((resolve) => server.close(resolve));
    expect(reached).toBe(0);
  });

  it('is not what pipes in the temporary folder are', () => {
    const { refusal, output } = tryOut(`const net = require('node:net'), pipe = require('node:path').join(require('node:os').tmpdir(), 'p');
const server = net.createServer((socket) => socket.end('heard')).listen(pipe, () => net.connect(pipe).on('data', (data) => console.log(String(data))).on('close', () => server.close()));`);
    expect(refusal).toBeUndefined();
    expect(output).toBe('heard\n');
  });
});

describe('a test', () => {
  const engine = useEngine();
  const cache = "import { nameOf } from './names.js';\nexport class Cache {\n  constructor(source) { this.source = source; }\n  async get(path) { if (!this.value) this.value = await this.source.load(nameOf(path)); return this.value; }\n}\n";
  /** The real files of the project act when they are loaded, and catch what comes of it. */
  const files = (act: string): Record<string, string> => ({
    'names.js': "import './effects.js';\nexport function nameOf(path) { return String(path); }\n",
    'effects.js': `import { rmSync } from 'node:fs';\nimport { spawnSync } from 'node:child_process';\ntry { ${act} } catch {}\n`,
  });
  const manifest = { type: 'module', scripts: { test: 'node --test' } };

  it.each([
    ['remove files', (folder: string) => `rmSync(${JSON.stringify(join(folder, 'data.json'))});`, (folder: string) => `it would remove ${folder}/data.json, which the trial run of a test may not`],
    ['start processes', (folder: string) => `spawnSync('rm', ['-rf', ${JSON.stringify(folder)}]);`, (folder: string) => `it would start rm -rf ${folder}, which the trial run of a test may not`],
  ])('is not offered if the real files of the project would %s, though they catch the error', async (_, act, reason) => {
    const folder = belongings();
    await expect(writeFor(cache, engine.simulator, { file: 'cache.js', manifest, files: files(act(folder)) })).rejects.toThrow(reason(folder));
    expect(existsSync(join(folder, 'data.json'))).toBe(true);
  });

  it('is not offered either if what sets vitest up would do so, in a process or thread of its own', async () => {
    const folder = belongings();
    await expect(writeFor(cache, engine.simulator, {
      file: 'cache.js', framework: 'vitest', files: { ...files(`rmSync(${JSON.stringify(join(folder, 'data.json'))});`), 'vitest.config.js': "export default { test: { setupFiles: ['./names.js'] } };\n" },
    })).rejects.toThrow(`it would remove ${join(folder, 'data.json')}, which the trial run of a test may not`);
    expect(existsSync(join(folder, 'data.json'))).toBe(true);
  }, 180_000);
});
