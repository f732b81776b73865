import { describe, expect, test } from 'vitest';
import { findingsIn } from './expectations.js';

/** Work that nobody waits for, and a look at what it has yet to write: one that misses nothing, beside one that does. */
const pairs: Record<string, readonly [sound: string, racy: string, finding: string]> = {
  'who gets a collection with methods of its own asks it later': [
    `export function watch(path: string) { const handles = new Handles(); fill(path, handles); return handles; }
     async function fill(path: string, handles: Handles) { const watcher = await open(path); handles.push(watcher); }`,
    `export function list(path: string) { const names = new Set<string>(); fill(path, names); return names; }
     async function fill(path: string, names: Set<string>) { const entries = await open(path); names.add(entries); }`,
    'missing-await names',
  ],
  'who gets an object with methods of its own calls them later': [
    `export function watch(path: string) { const handle = { isOff: false, id: 0, dispose() { stop(this.id); this.isOff = true; } };
       start(path).then((id) => { if (handle.isOff) stop(id); else handle.id = id; }); return handle; }`,
    `export function watch(path: string) { const state = { isOff: false, id: 0 };
       start(path).then((id) => { if (state.isOff) stop(id); else state.id = id; }); return state; }`,
    'missing-await state',
  ],
  'what is given away to be called later has something to do from the start': [
    `export function watch(path: string) { let isOff = false; let stop = toHandle(() => { isOff = true; });
       start(path).then((made) => { if (isOff) made.stop(); else stop = made; }, report); return toHandle(() => stop.stop()); }`,
    `export function watch(path: string) { let made = toHandle(() => {}); start(path).then((it) => { made = it; }, report); return made; }`,
    'missing-await made',
  ],
  'a test sees that it has not come yet': [
    `test('waits', async () => { let isDone = false; (async () => { await work(); isDone = true; })(); expect(isDone).toBe(false); go(); });`,
    `test('waits', async () => { let isDone = false; (async () => { await work(); isDone = true; })(); expect(isDone).toBe(true); go(); });`,
    'missing-await isDone',
  ],
  'a test lets time go by': [
    `test('fails', async () => { let error: Error | undefined; run().catch((it) => { error = it; }); await vi.advanceTimersByTimeAsync(30); expect(error).toBeInstanceOf(Failed); });`,
    `test('fails', async () => { let error: Error | undefined; run().catch((it) => { error = it; }); await load(); expect(error).toBeInstanceOf(Failed); });`,
    'missing-await error',
  ],
  'what is closed is only named later': [
    `export function remove(id: string) { const node = open(id); detach(node.id).catch((error) => { log(\`\${node.id} could not be detached: \${error}\`); }); node.destroy(); }`,
    `export function remove(id: string) { const node = open(id); detach(node.id).catch((error) => { report(node, error); }); node.destroy(); }`,
    'missing-await node',
  ],
  'assertions of other kinds, too': [
    `it('waits', () => { const seen: string[] = []; (async () => { await work(); seen.push('a'); })(); assert.deepEqual(seen, []); });`,
    `it('waits', () => { const seen: string[] = []; (async () => { await work(); seen.push('a'); })(); assert.deepEqual(seen, ['a']); });`,
    'missing-await seen',
  ],
  'an effect of a library that is handed on': [
    `import * as React from '@app/shared/react'; export function View({ text }: { text: string }) { const ref = React.useRef<Editor | undefined>(undefined);
       React.useEffect(() => { const make = async () => { ref.current = await editor(text); }; make(); }, []);
       React.useEffect(() => { if (ref.current) ref.current.show(text); }, [text]); return null; }`,
    `import * as App from '@app/shared'; export function view({ text }: { text: string }) { const ref: { current?: Editor } = {};
       App.start(() => { const make = async () => { ref.current = await editor(text); }; make(); });
       App.start(() => { if (ref.current) ref.current.show(text); }); return null; }`,
    'missing-await ref',
  ],
  'an effect that looks whether it is there': [
    `import { useEffect, useRef } from 'react'; export function View({ text }: { text: string }) { const ref = useRef<Editor | undefined>(undefined);
       const make = async () => { ref.current = await editor(text); };
       useEffect(() => { make(); return () => { if (ref.current) ref.current.dispose(); }; }, []); useEffect(() => { if (ref.current) ref.current.show(text); }, [text]); return null; }`,
    `import { useEffect, useRef } from 'react'; export function View({ text }: { text: string }) { const ref = useRef<Editor | undefined>(undefined);
       const make = async () => { ref.current = await editor(text); };
       useEffect(() => { make(); return () => { if (ref.current) ref.current.dispose(); }; }, []); useEffect(() => { show(text, ref.current); }, [text]); return null; }`,
    'missing-await ref.current',
  ],
  'the dependencies of a hook are compared, not looked into': [
    `import { useCallback, useEffect, useRef } from 'react'; export function View({ text }: { text: string }) { const ref = useRef<Editor | undefined>(undefined);
       useEffect(() => { const make = async () => { ref.current = await editor(text); }; make(); }, []);
       const show = useCallback(() => { if (ref.current) ref.current.show(text); }, [ref]); return show; }`,
    `import { memo } from './memo.js'; export function view({ text }: { text: string }) { const rows: string[] = [];
       const fill = async () => { rows.push(await load(text)); }; fill(); const show = memo(rows); return show; }`,
    'missing-await rows',
  ],
  'no run asks for both keys': [
    `export class Trust { private now: boolean | undefined; async load() { const told = await ask(); this.now = told; }
       changed(change: { name: string }) { if (change.name === ENABLED) { this.load(); } if (change.name === EMPTY) { report(this.now); } } }`,
    `export class Trust { private now: boolean | undefined; async load() { const told = await ask(); this.now = told; }
       changed(change: { name: string }) { if (change.name === ENABLED) { this.load(); } if (change.kind === EMPTY) { report(this.now); } } }`,
    'missing-await Trust#now',
  ],
  'one page brings the next one, and tells of itself': [
    `export class Poll { private all: string[] | undefined; private next = '';
       async load() { const page = await ask(this.next); this.next = page.next; this.all = page.items; if (this.next) this.load(); tell(this.all); } }`,
    `export class Poll { private all: string[] | undefined; private next = '';
       async load() { const page = await ask(this.next); this.all = page.items; } start() { this.load(); tell(this.all); } }`,
    'missing-await Poll#all',
  ],
  'work that comes back to who started it is the next round': [
    `export class Auth { private sid = '';
       async submit(data: object) { try { await send(data); } catch { this.next(); show(this.sid); const made = await token(); this.sid = made.sid; } }
       private next() { if (isEmpty()) { this.submit({}); return; } show(); } }`,
    `export class Auth { private sid = '';
       async submit(data: object) { await send(data); const made = await token(); this.sid = made.sid; }
       next() { this.submit({}); show(this.sid); } }`,
    'missing-await Auth#sid',
  ],
  'a loop without an end looks again': [
    `export async function* each(source: Source) { const queue: Item[] = []; let wake = () => {};
       async function pump() { for await (const item of source) { queue.push(item); wake(); } } pump();
       while (true) { while (queue.length > 0) yield queue.shift(); await new Promise<void>((resolve) => { wake = resolve; }); } }`,
    `export async function all(source: Source) { const queue: Item[] = [];
       async function pump() { for await (const item of source) { queue.push(item); } } pump();
       while (queue.length > 0) await show(queue.shift()); }`,
    'missing-await queue',
  ],
  'what an interval asks is asked again': [
    `export function drain(source: Source) { let batch: Item[] = []; const step = () => { source.next().then((items) => { batch = items; }); if (batch.length === 0) return false; show(batch); return true; };
       const timer = setInterval(() => { if (step()) clearInterval(timer); }, 100); }`,
    `export function drain(source: Source) { let batch: Item[] = []; const step = () => { source.next().then((items) => { batch = items; }); if (batch.length === 0) return false; show(batch); return true; };
       return step(); }`,
    'missing-await batch',
  ],
  'an effect of a signal is run again when it changes': [
    `export class Panel { private readonly user = signal(''); private async load() { this.user.value = await ask(); }
       start() { this.load(); return effect(() => send(this.user.value)); } }`,
    `export class Panel { private readonly user = signal(''); private async load() { this.user.value = await ask(); }
       start() { this.load(); return send(this.user.value); } }`,
    'missing-await Panel#user.value',
  ],
  'what fills the place calls once more what has looked too early': [
    `export class Picker { private api: Api | undefined; constructor(private readonly source: Source) {}
       open() { const show = () => { if (!this.api) return; render(this.api); }; const keep = (api: Api) => { this.api = api; show(); }; this.source.get().then(keep).catch(report); show(); } }`,
    `export class Picker { private api: Api | undefined; constructor(private readonly source: Source) {}
       open() { const show = () => { if (!this.api) return; render(this.api); }; const keep = (api: Api) => { this.api = api; }; this.source.get().then(keep).catch(report); show(); } }`,
    'missing-await Picker#api',
  ],
  'what is put there before the start stays, where the work puts something only for nothing': [
    `export class Packages { private known = new Map<string, Deferred>();
       ask(key: string) { let entry = this.known.get(key); if (!entry) { entry = defer(); this.known.set(key, entry); this.track(key).catch(ignore); } return entry.promise; }
       private async track(key: string) { const found = await list(key); let entry = this.known.get(key); if (!entry) { entry = defer(); this.known.set(key, entry); } entry.resolve(found); } }`,
    `export class Packages { private known = new Map<string, Deferred>();
       ask(key: string) { this.known.set(key, defer()); this.track(key).catch(ignore); return this.known.get(key).promise; }
       private async track(key: string) { const found = await list(key); this.known.set(key, resolved(found)); } }`,
    'missing-await Packages#known[*]',
  ],
  'a call with nothing leaves before it waits': [
    `export class Plugins { private all: Plugin[] = []; async select(id: string | null) { if (!id) { hide(); return; } const made = await load(id); this.all.push(made); }
       remove(id: string) { this.select(null); return this.all.find((one) => one.id === id); } }`,
    `export class Plugins { private all: Plugin[] = []; async select(id: string | null) { if (!id) { hide(); return; } const made = await load(id); this.all.push(made); }
       remove(id: string) { this.select(id); return this.all.find((one) => one.id === id); } }`,
    'missing-await Plugins#all[*]',
  ],
  'a step that nobody looks at': [
    `export async function tell(peers: Peer[]) { let failed = 0; peers[0].send().catch(count); peers[1].send().catch(count); await settled(); function count() { failed++; } }`,
    `export async function tell(peers: Peer[]) { let failed = 0; peers[0].send().catch(count); return failed; function count() { failed++; } }`,
    'missing-await failed',
  ],
  'what a part of a component is drawn by is called again': [
    `export class Dialog extends Panel { private url = ''; private load() { ask().then((url) => { this.url = url; this.update(); }).catch(report); }
       renderLink() { this.load(); return link(this.url); } }`,
    `export class Dialog extends Panel { private url = ''; private load() { ask().then((url) => { this.url = url; this.update(); }).catch(report); }
       openLink() { this.load(); return link(this.url); } }`,
    'missing-await Dialog#url',
  ],
};

describe('what is looked at before it is written', () => {
  test.each(Object.entries(pairs))('%s', (_name, [sound, racy, finding]) => {
    expect([findingsIn(sound), findingsIn(racy)]).toEqual([[], [finding]]);
  });

  test.each([
    ['an object that answers in turn', `test('in turn', (done) => { const queue = new Queue(); let n = 0; queue.take(1).then(() => { n = 1; }); queue.take(1).then(() => { expect(n).toBe(1); done(); }); });`,
      `test('in turn', (done) => { const queue = new Queue(); let n = 0; queue.take(1).then(() => { n = 1; }); other.take(1).then(() => { expect(n).toBe(1); done(); }); });`],
    ['an object that is waited for', `test('ends', async () => { const mutex = new Gate(); let n = 0; mutex.take().then(() => { n = 1; }); await mutex.shut(); expect(n).toBe(1); });`,
      `test('ends', async () => { const mutex = new Gate(); let n = 0; mutex.take().then(() => { n = 1; }); await other.shut(); expect(n).toBe(1); });`],
  ])('a test asks %s', (_name, sound, racy) => {
    expect([findingsIn(sound, 'queue.test.ts'), findingsIn(racy, 'queue.test.ts')]).toEqual([[], ['missing-await n']]);
    expect(findingsIn(sound, 'queue.ts')).toEqual(['missing-await n']);
  });

  test.each([[false, 'const pipe = new Pipe();'], [true, '']])('what a loop makes anew is not what the round before has handed on', (isShared, own) => {
    const code = `async function pump(source, pipe) { for await (const chunk of source) pipe.write(chunk); }
      export async function join(parts) { ${own === '' ? 'const pipe = new Pipe();' : ''} for (const part of parts) { ${own} if (part.isIterable) pump(part, pipe); else { part.hand(); pipe.destroy(); } } }`;
    expect(findingsIn(code, 'join.js')).toEqual(isShared ? ['missing-await pipe'] : []);
  });

  test('who asks gets what is there, or nothing, where the code says that it is meant so', () => {
    const pane = (start: string): string => `export class Pane { private extent: Extent | undefined; private async measure() { const extent = await ask(); this.extent = extent; }
      get() { if (this.extent === undefined) { ${start}; } return this.extent; } }`;
    expect([findingsIn(pane('this.measure().catch(() => {})')), findingsIn(pane('this.measure()'))]).toEqual([['double-initialization Pane#extent'], ['missing-await Pane#extent']]);
  });
});
