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

  test('who asks gets what is there, or nothing, where the code says that it is meant so', () => {
    const pane = (start: string): string => `export class Pane { private extent: Extent | undefined; private async measure() { const extent = await ask(); this.extent = extent; }
      get() { if (this.extent === undefined) { ${start}; } return this.extent; } }`;
    expect([findingsIn(pane('this.measure().catch(() => {})')), findingsIn(pane('this.measure()'))]).toEqual([['double-initialization Pane#extent'], ['missing-await Pane#extent']]);
  });
});
