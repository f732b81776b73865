import { describe, expect, test } from 'vitest';
import { findings } from './expectations.js';

/** A bug and its cure. */
type Pair = readonly [name: string, racy: string, cured: string];

const react = `import { useCallback, useEffect, useRef, useState } from 'react';`;
const component = (effect: string, more = ''): string => `${react} export function View({ id, items }: Props) { const [data, setData] = useState<Data>(); const [isLoading, setIsLoading] = useState(false); ${more}
  ${effect} return draw(data, isLoading); }`;
const vue = `import { ref, watch, watchEffect } from 'vue';`;

const pairs: readonly Pair[] = [
  ['an async function in the effect',
    component(`useEffect(() => { async function load() { const found = await fetchData(id); setData(found); } load(); }, [id]);`),
    component(`useEffect(() => { let ignore = false; async function load() { const found = await fetchData(id); if (!ignore) setData(found); } load(); return () => { ignore = true; }; }, [id]);`)],
  ['a function that is called at once',
    component(`useEffect(() => { (async () => { setIsLoading(true); const response = await fetch('/data/' + id); setData(await response.json()); setIsLoading(false); })(); }, [id]);`),
    component(`useEffect(() => { const controller = new AbortController(); (async () => { const response = await fetch('/data/' + id, { signal: controller.signal }); setData(await response.json()); })(); return () => controller.abort(); }, [id]);`)],
  ['the setter handed to a chain',
    component(`useEffect(() => { fetch(\`/data/\${id}\`).then((response) => response.json()).then(setData); }, [id]);`),
    component(`useEffect(() => { let live = true; fetch(\`/data/\${id}\`).then((response) => response.json()).then((found) => { if (live) setData(found); }); return () => { live = false; }; }, [id]);`)],
  ['a function with a parameter',
    component(`useEffect(() => { const load = async (which: string) => { const found = await getData(which); setData(found); }; void load(id); }, [id]);`),
    component(`const latest = useRef(id); useEffect(() => { latest.current = id; const load = async (which: string) => { const found = await getData(which); if (latest.current === which) setData(found); }; void load(id); }, [id]);`)],
  ['a constant made of it',
    component(`useEffect(() => { const url = '/data/' + id; const query = { url }; loadData(query).then((found) => { setData(found); }); }, [id]);`),
    component(`useEffect(() => { const url = '/data/' + id; return subscribe(url, setData); }, [id]);`)],
  ['a condition on the answer alone',
    component(`useEffect(() => { loadData(id).then((found) => { if (found.ok) setData(found); }); }, [id]);`),
    component(`useEffect(() => { loadData(id).then((found) => { if (found.ok && found.id === latestId) setData(found); }); }, [id]);`, 'let latestId = id;')],
  ['a flag that is not looked at after the last await',
    component(`useEffect(() => { let live = true; (async () => { const row = await loadRow(id); if (!live) return; const found = await loadData(row.key, id); setData(found); })(); return () => { live = false; }; }, [id]);`),
    component(`useEffect(() => { let live = true; (async () => { const row = await loadRow(id); const found = await loadData(row.key, id); if (!live) return; setData(found); })(); return () => { live = false; }; }, [id]);`)],
  ['a property of the props, by the name of the library',
    `import React from 'react'; export function View(props: Props) { const [data, setData] = React.useState(); React.useEffect(() => { fetchData(props.id).then(setData); }, [props.id]); return draw(data); }`,
    `import React from 'react'; export function View(props: Props) { const [data, setData] = React.useState(); React.useEffect(() => { fetchData(props.id).then(setData); }, []); return draw(data); }`],
  ['a clean-up that takes a listener away',
    component(`useEffect(() => { const load = async () => { const found = await fetchData(id); setData(found); }; load(); const stop = bus.registerListener({ changed: load }); return () => stop?.(); }, [id]);`),
    component(`useEffect(() => { let live = true; const load = async () => { const found = await fetchData(id); if (live) setData(found); }; load(); const stop = bus.registerListener({ changed: load }); return () => { live = false; stop?.(); }; }, [id]);`)],
  ['a clean-up that removes an event listener',
    component(`useEffect(() => { const load = () => fetchData(id).then(setData); load(); window.addEventListener('focus', load); return () => window.removeEventListener('focus', load); }, [id]);`),
    component(`useEffect(() => { const work = observeData(id, setData); const close = () => work.stop(); window.addEventListener('focus', close); return () => { close(); window.removeEventListener('focus', close); }; }, [id]);`)],
  ['a watcher',
    `${vue} export function useData(id: Ref<string>) { const data = ref(); watch(id, async () => { data.value = await fetchData(id.value); }); return { data }; }`,
    `${vue} export function useData(id: Ref<string>) { const data = ref(); watch(id, async (now, before, onCleanup) => { let live = true; onCleanup(() => { live = false; }); const found = await fetchData(now); if (live) data.value = found; }); return { data }; }`],
  ['an effect of Vue that tracks what it reads',
    `${vue} export function useData(id: Ref<string>) { const data = ref(); watchEffect(async () => { const found = await fetchData(id.value); data.value = found; }); return { data }; }`,
    `${vue} export function useData(id: Ref<string>) { const data = ref(); watchEffect(async (onCleanup) => { let live = true; onCleanup(() => { live = false; }); const found = await fetchData(id.value); if (live) data.value = found; }); return { data }; }`],
];

const correct: Record<string, string> = {
  'it depends on nothing': component(`useEffect(() => { fetchData(id).then(setData); }, []);`),
  'what it asks does not change': component(`useEffect(() => { fetchAll().then(setData); }, [id]);`),
  'only a service that everybody has one of': component(`const client = useClient(); useEffect(() => { fetchAll(client).then(setData); }, [client]);`),
  'a reference': component(`const box = useRef(null); useEffect(() => { loadSize(box.current).then(setData); }, [box]);`),
  'a setter among the dependencies': component(`useEffect(() => { loadInto(setData).then(setData); }, [setData]);`),
  'an effect that asks nobody': component(`useEffect(() => { setData(compute(id)); }, [id]);`),
  'a state that is laid over the others': component(`useEffect(() => { fetchData(id).then((found) => setData((all) => ({ ...all, [id]: found }))); }, [id]);`),
  'a copy with one entry more': component(`useEffect(() => { fetchData(id).then((found) => setData({ ...data, [id]: found })); }, [id]);`),
  'the answer together with its question': component(`useEffect(() => { fetchData(id).then((found) => setData({ id, found })); }, [id]);`),
  'a clean-up that unsubscribes': component(`useEffect(() => { const request = api.get(id); request.then(setData); return () => request.cancel(); }, [id]);`),
  'a clean-up that ends what answers': component(`useEffect(() => { const stop = startLoading(id); loadData(id).then(setData); return () => stop(); }, [id]);`),
  'a clean-up from elsewhere': component(`useEffect(() => { fetchData(id).then(setData); return stopLoading; }, [id]);`),
  'a flag that keeps a second one out': component(`useEffect(() => { if (isLoading) return; setIsLoading(true); fetchData(id).then(setData); }, [id]);`),
  'it is loaded once': component(`useEffect(() => { if (data) return; fetchData(id).then(setData); }, [id]);`),
  'no effect of a component': `export function useEffect(run: () => void, list: unknown[]) { run(); } export function View({ id }: Props) { const [data, setData] = useState(); useEffect(() => { fetchData(id).then(setData); }, [id]); return draw(data); }`,
  'work that stores what it is given': component(`useEffect(() => { saveData(id).then(setData); }, [id]);`),
  'a handler': component(`const choose = useCallback((next: string) => { fetchData(next).then(setData); }, [id]);`),
  'a watcher that shows nothing of it': `${vue} export function useLog(id: Ref<string>) { watch(id, async () => { const found = await fetchData(id.value); log(found); }); }`,
};

describe('uncancelled-effect', () => {
  test.each(pairs)('is found in %s, and not once it is cured', (_name, racy, cured) => {
    expect(findings(racy).map(({ rule }) => rule)).toEqual(['uncancelled-effect']);
    expect(findings(cured).filter(({ rule }) => rule === 'uncancelled-effect')).toEqual([]);
  });

  test.each(Object.entries(correct))('is silent where there is: %s', (_name, code) => {
    expect(findings(code).filter(({ rule }) => rule === 'uncancelled-effect')).toEqual([]);
  });

  test('says what is shown, what is waited for, and what makes the effect run again', () => {
    const [finding] = findings(`${react}\nexport function View({ id }: Props) {\n  const [data, setData] = useState();\n  useEffect(() => {\n    (async () => {\n      const found = await fetchData(id);\n      setData(found);\n    })();\n  }, [id]);\n  return draw(data);\n}`);
    expect(finding!.message).toBe('`data` gets the answer of `fetchData` at line 7, waited for at line 6; when `id` changes meanwhile the effect runs again, and the answer for the earlier `id` can come last and stay.');
  });
});
