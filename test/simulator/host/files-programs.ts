/** Calls of `fs`, one after the other, in a folder of their own: names without `Sync`, arguments as text. `f(name)` is a path in the folder. */
export type Calls = readonly (readonly [name: string, args: string])[];

const prelude = `
  const fs = require('node:fs'), promises = require('node:fs/promises');
  const dir = fs.mkdtempSync('/tmp/files-'), f = (name) => dir + '/' + name;
  const show = (value) => {
    if (Buffer.isBuffer(value)) return 'Buffer ' + value.toString('hex');
    if (Array.isArray(value)) return '[' + value.map(show).sort().join() + ']';
    if (value instanceof fs.Stats) return 'Stats ' + [value.isFile(), value.isDirectory(), value.isSymbolicLink(), value.isFIFO(), value.mode.toString(8), value.nlink, value.isDirectory() ? 0 : value.size, value.uid === 0, value.mtime instanceof Date, typeof value.ino, value.mtimeMs >= value.birthtimeMs].join();
    if (value instanceof fs.Dirent) return 'Dirent ' + [value.name, value.path, value.isFile(), value.isDirectory(), value.isSymbolicLink()].join();
    return value === undefined ? 'undefined' : JSON.stringify(value);
  };
  const tell = (text) => log(text.split(dir).join('DIR'));
  const failed = (what, { name, message, code, errno, syscall, path, dest }) => tell(what + ' fails: ' + JSON.stringify({ name, message, code, errno, syscall, path, dest }));
  const sync = (what, run) => { try { tell(what + ': ' + show(run())); } catch (error) { failed(what, error); } };
  const later = async (what, run) => { try { tell(what + ': ' + show(await run())); } catch (error) { failed(what, error); } };
`;

/** One program that logs what each call gives, in one of three forms. */
export function program(calls: Calls, form: 'sync' | 'callback' | 'promise'): string {
  const lines = calls.map(([name, args]) => {
    const what = JSON.stringify(`${name}(${args})`);
    if (form === 'sync') return `sync(${what}, () => fs.${name}Sync(${args}));`;
    if (form === 'promise') return `await later(${what}, () => promises.${name}(${args}));`;
    return `await later(${what}, () => new Promise((resolve, reject) => fs.${name}(${args}${args === '' ? '' : ', '}(error, ...results) => (error ? reject(error) : resolve(results.length > 1 ? results : results[0])))));`;
  });
  return `${prelude} track(1); (async () => { ${lines.join('\n')} })().finally(() => track(-1));`;
}

/** A program of its own; \`tell\` logs. */
export function ownProgram(text: string): string {
  return `${prelude} track(1); (async () => { ${text} })().catch((error) => failed('program', error)).finally(() => track(-1));`;
}

/** What all three forms have. */
export const calls: Readonly<Record<string, Calls>> = {
  'whole files': [
    ['writeFile', `f('a'), 'héllo'`], ['readFile', `f('a')`], ['readFile', `f('a'), 'utf8'`], ['readFile', `f('a'), { encoding: 'latin1' }`], ['readFile', `f('a'), 'base64'`], ['appendFile', `f('a'), ' + more'`], ['readFile', `f('a'), 'utf8'`],
    ['writeFile', `f('a'), Buffer.from([1, 2, 255])`], ['readFile', `f('a')`], ['writeFile', `f('a'), 'ff00', 'hex'`], ['readFile', `f('a'), 'hex'`], ['writeFile', `f('a'), 'x', { flag: 'wx' }`], ['writeFile', `f('new'), 'x', { flag: 'wx', mode: 0o600 }`], ['stat', `f('new')`], ['appendFile', `f('made'), 'y'`], ['readFile', `f('made'), 'utf8'`],
    ['writeFile', `f('a'), 'abc', { flag: 'r+' }`], ['readFile', `f('a'), 'utf8'`], ['writeFile', `f('a'), ''`], ['readFile', `f('a'), 'utf8'`], ['readFile', `f('none')`], ['readFile', `dir`], ['writeFile', `dir, 'x'`], ['readFile', `f('a/b')`], ['writeFile', `f('none/b'), 'x'`], ['writeFile', `f('a/'), 'x'`], ['writeFile', `f('fresh/'), 'x'`], ['readFile', `''`],
    ['writeFile', `f('v'), new Uint16Array([1, 513])`], ['readFile', `f('v')`], ['readFile', `f('a'), 'nonsense'`], ['readFile', `f('a'), { flag: 'nonsense' }`], ['readFile', `f('a'), { flag: 'wx+' }`], ['readFile', `f('r'), { flag: 'a+' }`], ['readFile', `17.5`], ['readFile', `{}`], ['readFile', `'nul\\0'`], ['writeFile', `f('a'), 5`], ['writeFile', `f('a'), null`], ['writeFile', `f('a')`],
  ],
  directories: [
    ['mkdir', `f('d')`], ['mkdir', `f('d')`], ['mkdir', `f('x/y')`], ['mkdir', `f('x/y/z'), { recursive: true }`], ['mkdir', `f('x/y/z'), { recursive: true }`], ['mkdir', `f('x/y/q/'), { recursive: true }`], ['writeFile', `f('d/b'), ''`], ['writeFile', `f('d/a'), ''`], ['mkdir', `f('d/c'), 0o700`], ['stat', `f('d/c')`], ['stat', `f('d')`], ['readdir', `f('d')`],
    ['readdir', `f('d'), { withFileTypes: true }`], ['readdir', `f('d'), 'buffer'`], ['readdir', `f('d'), 'hex'`], ['readdir', `f('none')`], ['readdir', `f('d/a')`], ['rmdir', `f('d')`], ['rmdir', `f('d/a')`], ['rmdir', `f('none')`], ['rmdir', `f('d/c')`], ['unlink', `f('d')`], ['unlink', `f('none')`], ['unlink', `f('d/a')`], ['unlink', `f('d/b/c')`],
    ['mkdir', `f('d/b/c')`], ['mkdir', `f('d/b/c'), { recursive: true }`], ['mkdir', `f('d/b'), { recursive: true }`], ['mkdir', `f('d/b')`], ['mkdir', `f('d/b/')`], ['mkdir', `f('d/../e/')`], ['readdir', `dir`], ['stat', `f('e/.')`], ['stat', `f('d/b/.')`], ['stat', `f('none/..')`], ['mkdir', `f('m'), { recursive: 1 }`], ['mkdir', `f('m'), { mode: 'x' }`], ['mkdir', `'/'`], ['rmdir', `'/'`], ['rmdir', `f('e/.')`],
  ],
  'names': [
    ['writeFile', `f('a'), 'A'`], ['writeFile', `f('b'), 'B'`], ['rename', `f('a'), f('b')`], ['readFile', `f('b'), 'utf8'`], ['stat', `f('a')`], ['rename', `f('a'), f('b')`], ['rename', `f('b'), f('none/x')`], ['rename', `f('b'), f('b')`], ['mkdir', `f('d')`], ['rename', `f('b'), f('d')`], ['rename', `f('d'), f('b')`], ['rename', `f('d'), f('d/e')`], ['rename', `f('b'), f('c/')`], ['mkdir', `f('e')`], ['rename', `f('d'), f('e')`],
    ['writeFile', `f('e/x'), ''`], ['mkdir', `f('g')`], ['rename', `f('g'), f('e')`], ['rename', `f('e/x'), f('e')`], ['rename', `f('e'), f('g')`], ['readdir', `f('g')`], ['stat', `dir`], ['stat', `f('g')`], ['access', `f('b')`], ['access', `f('b'), 1`], ['access', `f('b'), 6`], ['access', `f('none')`], ['access', `f('b/x'), 4`], ['chmod', `f('b'), 0o755`], ['access', `f('b'), 1`], ['stat', `f('b')`], ['access', `dir, 7`], ['rename', `5, 'a'`], ['rename', `'a'`],
    ['copyFile', `f('b'), f('copy')`], ['readFile', `f('copy'), 'utf8'`], ['stat', `f('copy')`], ['copyFile', `f('b'), f('copy'), fs.constants.COPYFILE_EXCL`], ['copyFile', `f('none'), f('copy')`], ['copyFile', `f('b'), f('none/copy')`], ['copyFile', `f('b'), f('g')`], ['truncate', `f('b'), 3`], ['readFile', `f('b')`], ['truncate', `f('b')`], ['readFile', `f('b')`], ['truncate', `f('none')`], ['truncate', `f('g')`], ['truncate', `f('b'), 'x'`],
  ],
  'rm': [
    ['mkdir', `f('d/e/f'), { recursive: true }`], ['writeFile', `f('d/e/x'), ''`], ['writeFile', `f('y'), ''`], ['rm', `f('d')`], ['rm', `f('none')`], ['rm', `f('none'), { force: true }`], ['rm', `f('y')`], ['rm', `f('d'), { recursive: true }`], ['readdir', `dir`], ['rm', `f('d'), { recursive: true }`], ['rm', `f('d'), { recursive: true, force: true }`], ['rm', `f('d'), { recursive: 1 }`],
  ],
  'cp': [
    ['mkdir', `f('d/e'), { recursive: true }`], ['writeFile', `f('d/a'), 'A'`], ['writeFile', `f('d/e/b'), 'B'`], ['chmod', `f('d/a'), 0o640`], ['chmod', `f('d/e'), 0o750`], ['cp', `f('d/a'), f('a')`], ['readFile', `f('a'), 'utf8'`], ['stat', `f('a')`], ['cp', `f('d'), f('copy')`], ['cp', `f('d'), f('copy'), { recursive: true }`], ['readdir', `f('copy')`], ['readFile', `f('copy/e/b'), 'utf8'`], ['stat', `f('copy/e')`],
    ['cp', `f('d/a'), f('new/deep/a')`], ['readdir', `f('new/deep')`], ['writeFile', `f('a'), 'other'`], ['cp', `f('d/a'), f('a'), { force: false }`], ['readFile', `f('a'), 'utf8'`], ['cp', `f('d/a'), f('a'), { force: false, errorOnExist: true }`], ['cp', `f('d/a'), f('a')`], ['readFile', `f('a'), 'utf8'`], ['cp', `f('a'), f('a')`], ['cp', `f('d'), f('d/e/inner'), { recursive: true }`], ['cp', `f('d'), f('a'), { recursive: true }`], ['cp', `f('a'), f('d')`],
    ['cp', `f('none'), f('b')`], ['cp', `f('a/x'), f('b')`], ['cp', `f('a'), f('a/b/c')`], ['cp', `5, f('b')`], ['cp', `f('a'), {}`], ['cp', `f('a'), f('b'), 5`], ['cp', `f('a'), f('b'), { recursive: 1 }`], ['cp', `f('a'), f('b'), { mode: 9 }`], ['cp', `f('a'), f('b'), { filter: 5 }`], ['cp', `f('a'), f('b'), { dereference: true, verbatimSymlinks: true }`], ['cp', `f('d/a'), f('b'), { mode: fs.constants.COPYFILE_EXCL }`],
    ['writeFile', `f('copy/extra'), 'kept'`], ['writeFile', `f('d/a'), 'A2'`], ['cp', `f('d'), f('copy'), { recursive: true }`], ['readdir', `f('copy')`], ['readFile', `f('copy/a'), 'utf8'`], ['utimes', `f('d/a'), 1000, 2000`], ['cp', `f('d/a'), f('old'), { preserveTimestamps: true }`], ['readFile', `f('old'), 'utf8'`], ['link', `f('a'), f('twin')`], ['cp', `f('a'), f('twin')`],
  ],
  'cp and links': [
    ['mkdir', `f('d/e'), { recursive: true }`], ['writeFile', `f('d/a'), 'A'`], ['symlink', `'a', f('d/s')`], ['symlink', `f('d/a'), f('d/t')`], ['cp', `f('d'), f('c'), { recursive: true }`], ['readFile', `f('c/s'), 'utf8'`], ['lstat', `f('c/s')`], ['readlink', `f('c/t')`], ['cp', `f('d'), f('v'), { recursive: true, verbatimSymlinks: true }`], ['readlink', `f('v/s')`], ['cp', `f('d'), f('r'), { recursive: true, dereference: true }`], ['lstat', `f('r/s')`], ['readFile', `f('r/s'), 'utf8'`],
    ['mkdir', `f('g')`], ['symlink', `'x', f('g/s')`], ['cp', `f('g'), f('h'), { recursive: true, verbatimSymlinks: true }`], ['cp', `f('g'), f('h'), { recursive: true }`], ['readlink', `f('h/s')`], ['cp', `f('d/t'), f('v/t')`], ['cp', `f('d/s'), f('d/a')`], ['symlink', `'d', f('dir')`], ['cp', `f('dir'), f('other')`], ['cp', `f('dir'), f('into'), { recursive: true, dereference: true }`], ['readdir', `f('into')`], ['cp', `f('d'), f('dir/x'), { recursive: true }`], ['symlink', `f('d/e'), f('below')`], ['cp', `f('dir'), f('below'), { recursive: true }`], ['cp', `f('below'), f('dir'), { recursive: true }`], ['readdir', `dir`],
  ],
  'links': [
    ['writeFile', `f('a'), 'A'`], ['link', `f('a'), f('b')`], ['stat', `f('a')`], ['unlink', `f('a')`], ['readFile', `f('b'), 'utf8'`], ['link', `f('none'), f('c')`], ['link', `f('b'), f('b')`], ['link', `dir, f('c')`], ['symlink', `'b', f('s')`], ['readFile', `f('s'), 'utf8'`], ['lstat', `f('s')`], ['stat', `f('s')`], ['readlink', `f('s')`], ['readlink', `f('b')`], ['readlink', `f('none')`], ['readlink', `f('s'), 'buffer'`], ['symlink', `'b', f('s')`], ['realpath', `f('s')`], ['realpath', `f('./b/../b')`], ['realpath', `f('s/../b')`], ['realpath', `f('none')`],
    ['symlink', `'loop', f('loop')`], ['readFile', `f('loop')`], ['stat', `f('loop')`], ['symlink', `'absent', f('dangling')`], ['writeFile', `f('dangling'), 'made'`], ['readFile', `f('absent'), 'utf8'`], ['writeFile', `f('s'), 'x', { flag: 'wx' }`], ['unlink', `f('s')`], ['readFile', `f('b'), 'utf8'`], ['mkdir', `f('d')`], ['symlink', `'d', f('e')`], ['writeFile', `f('e/in'), 'I'`], ['readFile', `f('d/in'), 'utf8'`], ['rmdir', `f('e')`], ['rm', `f('e'), { recursive: true }`], ['readdir', `dir, { withFileTypes: true }`],
  ],
};

/** What only numbers of open files have. */
export const numberedCalls: Readonly<Record<string, Calls>> = {
  'open files': [
    ['writeFile', `f('a'), 'hello world'`], ['fstat', `1e5`], ['close', `1e5`], ['close', `-1`], ['close', `'x'`], ['open', `f('none')`], ['open', `f('none'), 'r+'`], ['open', `f('a'), 'wx'`], ['open', `f('a'), 'zz'`], ['open', `f('a'), 1.5`], ['open', `dir, 'w'`], ['open', `f('a'), fs.constants.O_RDONLY | fs.constants.O_DIRECTORY`], ['open', `5`], ['open', `f('a'), 'r', 'x'`],
    ['read', `1e5, Buffer.alloc(2), 0, 2, 0`], ['write', `1e5, 'x'`], ['ftruncate', `1e5, 2`], ['fsync', `1e5`],
  ],
};

/** Whole programs. */
export const programs: Readonly<Record<string, string>> = {
  'times': `const times = (path) => { const { atimeMs, mtimeMs, atime, mtime } = fs.lstatSync(path); tell([atimeMs, mtimeMs, atime.toISOString(), mtime.toISOString()].join(' ')); }; fs.writeFileSync(f('a'), 'x'); fs.symlinkSync('a', f('s')); fs.mkdirSync(f('m'));
    fs.utimesSync(f('a'), 1, 2.5); times(f('a')); fs.utimesSync(f('a'), '10', new Date(20000)); times(f('a')); await promises.utimes(f('m'), 5, 6); times(f('m')); await new Promise((done) => fs.utimes(f('s'), 7, 8, (error) => { tell(String(error)); done(); })); times(f('a')); fs.lutimesSync(f('s'), 9, 10); times(f('s')); times(f('a'));
    const fd = fs.openSync(f('a'), 'r+'); fs.futimesSync(fd, 30, 40); times(f('a')); fs.fchmodSync(fd, 0o640); tell((fs.statSync(f('a')).mode & 0o777).toString(8)); fs.closeSync(fd); const handle = await promises.open(f('a')); await handle.utimes(50, 60); times(f('a')); await handle.chmod(0o600); tell((fs.statSync(f('a')).mode & 0o777).toString(8)); await handle.close(); fs.appendFileSync(f('a'), 'y'); tell(fs.statSync(f('a')).mtimeMs > 1e6, fs.statSync(f('a')).atimeMs);
    for (const [what, run] of Object.entries({ missing: () => fs.utimesSync(f('none'), 1, 2), text: () => fs.utimesSync(f('a'), 'soon', 2), nothing: () => fs.utimesSync(f('a')), path: () => fs.utimesSync(3, 1, 2), closed: () => fs.futimesSync(999, 1, 2), number: () => fs.futimesSync('3', 1, 2), mode: () => fs.fchmodSync(999, 0o600), link: () => fs.lutimesSync(f('none'), 1, 2), infinite: () => fs.utimesSync(f('a'), Infinity, 2) })) sync(what, run); await later('promise', () => promises.utimes(f('none'), 1, 2));`.replace("tell(fs.statSync(f('a')).mtimeMs > 1e6, fs.statSync(f('a')).atimeMs)", "tell([fs.statSync(f('a')).mtimeMs > 1e6, fs.statSync(f('a')).atimeMs].join())"),
  'several buffers': `fs.writeFileSync(f('a'), 'abcdefghij'); const fd = fs.openSync(f('a'), 'r+'); const two = () => [Buffer.alloc(3), new Uint8Array(4)]; const text = (buffers) => buffers.map((buffer) => Buffer.from(buffer).toString()).join('|');
    let given = two(); tell([fs.readvSync(fd, given), text(given)].join()); given = two(); tell([fs.readvSync(fd, given, 5), text(given)].join()); given = two(); tell([fs.readvSync(fd, given), text(given)].join()); tell(fs.writevSync(fd, [Buffer.from('xy'), new Uint8Array([122])], 1)); tell(fs.readFileSync(f('a'), 'utf8')); tell(fs.writevSync(fd, [Buffer.from('!'), Buffer.from('?')])); tell(fs.readFileSync(f('a'), 'utf8'));
    await new Promise((done) => { const buffers = two(); fs.readv(fd, buffers, 0, (error, count, same) => { tell([error, count, same === buffers, text(buffers)].join()); done(); }); }); await new Promise((done) => fs.writev(fd, [Buffer.from('A'), Buffer.from('B')], 0, (error, count, buffers) => { tell([error, count, buffers.length].join()); done(); })); fs.closeSync(fd);
    const handle = await promises.open(f('a'), 'r+'); const buffers = two(); const read = await handle.readv(buffers, 0); tell([read.bytesRead, read.buffers === buffers, text(buffers)].join()); const written = await handle.writev([Buffer.from('last')]); tell([written.bytesWritten, written.buffers.length].join()); await handle.close(); tell(fs.readFileSync(f('a'), 'utf8'));
    for (const [what, run] of Object.entries({ text: () => fs.readvSync(3, 'x'), mixed: () => fs.writevSync(3, [Buffer.alloc(1), 'x']), closed: () => fs.readvSync(999, two()) })) sync(what, run);`.replaceAll('tell(fs.writevSync(', 'tell(String(fs.writevSync(').replace("[122])], 1));", "[122])], 1)));").replace("[Buffer.from('!'), Buffer.from('?')]));", "[Buffer.from('!'), Buffer.from('?')])));"),
  'open folders': `for (const name of ['a', 'b']) fs.writeFileSync(f(name), name); fs.mkdirSync(f('m')); const all = (dirents) => dirents.map((dirent) => show(dirent)).sort().join(' ');
    let opened = fs.opendirSync(dir); tell([opened.constructor.name, opened.path].join()); const list = []; for (let entry = opened.readSync(); entry !== null; entry = opened.readSync()) list.push(entry); tell(all(list)); tell(String(opened.readSync())); opened.closeSync(); sync('read', () => opened.readSync()); sync('close', () => opened.closeSync());
    const got = []; for await (const entry of await promises.opendir(dir)) got.push(entry); tell(all(got)); opened = await promises.opendir(dir); for await (const entry of opened) break; await later('left', () => opened.close()); opened = await promises.opendir(f('m')); tell(String(await opened.read())); await opened.close(); await later('closed', () => opened.read());
    await new Promise((done) => fs.opendir(dir, async (error, made) => { tell(String(error)); const names = []; for (let n = 0; n < 4; n++) await new Promise((next) => made.read((failed, entry) => { names.push(entry === null ? 'null' : entry.name); next(); })); tell(names.sort().join()); made.close((failed) => { tell(String(failed)); done(); }); }));
    for (const [what, run] of Object.entries({ missing: () => fs.opendirSync(f('none')), file: () => fs.opendirSync(f('a')), number: () => fs.opendirSync(3) })) sync(what, run); await later('promise', () => promises.opendir(f('none')));`,
  'positions': `
    fs.writeFileSync(f('a'), 'hello world'); const fd = fs.openSync(f('a'), 'r+'); const buffer = Buffer.alloc(5);
    sync('read', () => fs.readSync(fd, buffer)); tell(buffer.toString()); sync('read', () => fs.readSync(fd, buffer, 1, 3)); tell(buffer.toString()); sync('at', () => fs.readSync(fd, buffer, { position: 0 })); tell(buffer.toString());
    sync('write', () => fs.writeSync(fd, 'XY')); sync('write at', () => fs.writeSync(fd, 'Z', 0)); sync('write', () => fs.writeSync(fd, Buffer.from('abcd'), 1, 2)); sync('far', () => fs.writeSync(fd, '!', 14)); sync('all', () => fs.readFileSync(f('a'), 'latin1'));
    sync('rest', () => fs.readFileSync(fd, 'latin1')); sync('rest', () => fs.readFileSync(fd, 'latin1')); sync('stat', () => fs.fstatSync(fd)); sync('cut', () => fs.ftruncateSync(fd, 3)); sync('grow', () => fs.ftruncateSync(fd, 5)); sync('all', () => fs.readFileSync(f('a')));
    sync('end', () => fs.readSync(fd, buffer)); sync('bounds', () => fs.readSync(fd, buffer, 4, 3)); sync('bounds', () => fs.readSync(fd, buffer, 7)); sync('bounds', () => fs.writeSync(fd, buffer, 4, 3)); sync('kind', () => fs.readSync(fd, 'x')); sync('kind', () => fs.writeSync(fd, 5)); sync('close', () => fs.closeSync(fd)); sync('close', () => fs.closeSync(fd)); sync('read', () => fs.readSync(fd, buffer));`,
  'flags': `
    fs.writeFileSync(f('a'), 'abc'); const buffer = Buffer.alloc(3);
    for (const flag of ['r', 'r+', 'w', 'w+', 'a', 'a+', 'wx', 'ax', fs.constants.O_WRONLY | fs.constants.O_CREAT, fs.constants.O_RDWR | fs.constants.O_APPEND]) for (const name of ['a', 'n' + flag]) {
      let fd; sync(flag + ' open ' + name, () => { fd = fs.openSync(f(name), flag); }); if (fd === undefined) continue;
      sync('write', () => fs.writeSync(fd, 'xy', 1)); sync('read', () => fs.readSync(fd, buffer)); sync('cut', () => fs.ftruncateSync(fd, 2)); fs.closeSync(fd); sync('is', () => fs.readFileSync(f(name), 'latin1'));
    }`,
  'a removed file lives while it is open': `
    fs.writeFileSync(f('a'), 'abc'); const fd = fs.openSync(f('a'), 'r+'); fs.unlinkSync(f('a')); sync('stat', () => fs.fstatSync(fd)); fs.writeSync(fd, 'X'); sync('read', () => fs.readFileSync(fd, 'latin1')); fs.closeSync(fd); tell(String(fs.existsSync(f('a'))));
    fs.writeFileSync(f('b'), 'old'); const other = fs.openSync(f('b'), 'r'); fs.writeFileSync(f('c'), 'new'); fs.renameSync(f('c'), f('b')); sync('open', () => fs.readFileSync(other, 'utf8')); sync('path', () => fs.readFileSync(f('b'), 'utf8')); fs.closeSync(other);`,
  'FileHandles': `
    const handle = await promises.open(f('a'), 'w+'); tell(typeof handle.fd); await later('write', () => handle.write('hello')); await later('write', () => handle.write(Buffer.from('J'), 0, 1, 0)); await later('read', () => handle.read(Buffer.alloc(3), 0, 3, 1)); await later('read', async () => { const { bytesRead, buffer } = await handle.read({ buffer: Buffer.alloc(4), position: 0 }); return [bytesRead, buffer]; });
    await later('file', () => handle.readFile('utf8')); await later('more', () => handle.appendFile('!!')); await later('stat', () => handle.stat()); await later('cut', () => handle.truncate(2)); await later('sync', () => handle.sync()); await later('whole', () => promises.readFile(f('a'), 'utf8')); await later('by handle', () => promises.writeFile(handle, 'more')); await later('whole', () => promises.readFile(f('a'), 'latin1'));
    handle.on('close', () => tell('closed')); await later('close', () => handle.close()); tell(String(handle.fd)); await later('again', () => handle.close()); await later('read', () => handle.read(Buffer.alloc(1))); await later('stat', () => handle.stat()); await later('open', () => promises.open(f('none'))); await later('open', () => promises.open(f('a'), 'wx')); await later('bytes', async () => { const h = await promises.open(f('a')); const { bytesRead, buffer } = await h.read(); await h.close(); return [bytesRead, buffer.length]; });`,
  'existence': `
    tell([fs.existsSync(dir), fs.existsSync(f('x')), fs.existsSync(5), fs.existsSync(), fs.existsSync('')].join()); await later('exists', () => new Promise((resolve) => fs.exists(dir, resolve))); await later('exists', () => new Promise((resolve) => fs.exists(f('x'), resolve)));
    sync('no throw', () => fs.statSync(f('x'), { throwIfNoEntry: false })); sync('throw', () => fs.statSync(f('x'), { throwIfNoEntry: true })); sync('no callback', () => fs.readFile(f('x'))); sync('no callback', () => fs.stat(f('x'), {})); sync('mkdtemp', () => fs.mkdtempSync(f('none/t'))); tell(fs.mkdtempSync(f('t-')).replace(/.{6}$/, ''));`,
  'streams that read': `
    fs.writeFileSync(f('a'), 'hello world');
    const read = (label, options, path = f('a')) => new Promise((resolve) => { const s = fs.createReadStream(path, options); tell(label + ' ' + s.path + ' ' + s.pending + ' ' + s.fd); for (const type of ['open', 'ready', 'data', 'end', 'error', 'close']) s.on(type, (v) => { tell(label + ' ' + type + ' ' + (type === 'open' ? typeof v : v && v.message || v)); if (type === 'close') { tell(String(s.bytesRead) + s.destroyed + s.closed); resolve(); } }); });
    await read('all'); await read('text', 'utf8'); await read('pieces', { highWaterMark: 4, encoding: 'latin1' }); await read('part', { start: 2, end: 5, encoding: 'utf8' }); await read('to', { end: 3, encoding: 'utf8', highWaterMark: 3 }); await read('from', { start: 6, encoding: 'utf8' }); await read('none', {}, f('none')); await read('folder', {}, dir);
    sync('order', () => fs.createReadStream(f('a'), { start: 5, end: 2 })); sync('kind', () => fs.createReadStream(f('a'), { start: 'x' })); sync('kind', () => fs.createReadStream(5)); let text = ''; for await (const piece of fs.createReadStream(f('a'), { highWaterMark: 3, encoding: 'utf8' })) text += piece + '|'; tell(text);`,
  'streams that write': `
    const write = (label, parts, options, path = f('w')) => new Promise((resolve) => { const s = fs.createWriteStream(path, options); for (const type of ['open', 'ready', 'finish', 'error', 'close']) s.on(type, (v) => { tell(label + ' ' + type + ' ' + (type === 'open' ? typeof v : v && v.message)); if (type === 'close') { tell(s.bytesWritten + ' ' + attempt(() => fs.readFileSync(path, 'utf8'))); resolve(); } }); for (const part of parts) s.write(part, (error) => tell(label + ' written ' + (error && error.code))); s.end(); });
    const attempt = (run) => { try { return run(); } catch (error) { return error.code; } };
    await write('two', ['ab', Buffer.from('cd')]); await write('more', ['ef'], { flags: 'a' }); await write('over', ['XY'], { flags: 'r+', start: 1 }); await write('hex', ['6162'], 'hex'); await write('empty', []); await write('excl', ['x'], { flags: 'wx' }); await write('none', ['x'], {}, f('none/x'));
    await later('pipeline', () => require('node:stream/promises').pipeline(fs.createReadStream(f('w')), fs.createWriteStream(f('copy')))); sync('copy', () => fs.readFileSync(f('copy'), 'utf8'));`,
  'by URL and Buffer': `const { pathToFileURL } = require('node:url'); fs.writeFileSync(pathToFileURL(f('a b')), 'x'); sync('url', () => fs.readFileSync(Buffer.from(f('a b')), 'utf8')); sync('http', () => fs.readFileSync(new (require('node:url').URL)('http://x/y')));`,
};
