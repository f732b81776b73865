import { describe, expect, it } from 'vitest';
import { useEngine } from './judging.js';

const engine = useEngine();

const hook = (body: string, used = 'useCallback, useEffect, useRef, useState'): string => `
  import { ${used} } from 'react';
  import { load, save } from './api';
  export function useCart(customer: string) {
    ${body}
  }`;

const verdicts = async (text: string): Promise<string[]> => (await engine.check(text, 'use-cart.tsx')).map(({ finding, proof }) => `${finding.rule} ${proof.verdict}`);

describe('a component is rendered anew when its state has changed', () => {
  it('what a callback adds to the state that it was rendered with is lost if another one has changed it', async () => {
    expect(await verdicts(hook(`
      const [count, setCount] = useState(0);
      const add = useCallback(async () => { await save(customer); setCount(count + 1); }, [customer, count]);
      return { count, add };`))).toContain('lost-update confirmed');
  });

  it('so it is where a callback is made anew in each render', async () => {
    expect(await verdicts(hook(`
      const [count, setCount] = useState(0);
      const add = async () => { await save(customer); setCount(count + 1); };
      return { count, add };`))).toContain('lost-update confirmed');
  });

  it('one after the other, what is not given out calls what the last render has made', async () => {
    const [judged] = await engine.check(`
      import * as React from 'react';
      import { List } from './list';
      import { load } from './api';
      export function History({ id }: { id: string }) {
        const [offset, setOffset] = React.useState(0);
        const more = React.useCallback(async () => { const page = await load(id, offset); setOffset(offset + 1); return page; }, [id, offset]);
        return <List fetch={more} />;
      }`, 'history.tsx');
    expect(judged!.proof.verdict).toBe('confirmed');
    expect(new Set(judged!.proof.witness!.expectedOutcomes.map(({ state }) => state['offset']))).toEqual(new Set(['2']));
    expect(judged!.proof.witness!.outcome.state).toEqual({ offset: '1' });
  });

  it('the witness says what was rendered', async () => {
    const [judged] = await engine.check(hook(`
      const [count, setCount] = useState(0);
      const add = useCallback(async () => { await save(customer); setCount(count + 1); }, [customer, count]);
      return { count, add };`), 'use-cart.tsx');
    expect(judged!.proof.witness!.trace.steps.map(({ text }) => text)).toContain('reads count as it was rendered: 0');
  });

  it('a function that gets the state as it is loses nothing', async () => {
    const proof = await engine.run(hook(`
      const [count, setCount] = useState(0);
      const add = useCallback(async () => { await save(customer); setCount((now) => now + 1); }, [customer]);
      return { count, add };`), 'useCallback callback in useCart', 'use-cart.tsx');
    expect(proof.verdict).not.toBe('confirmed');
  });

  it('a state that was set before the suspension keeps the next call out', async () => {
    expect(await verdicts(hook(`
      const [isBusy, setBusy] = useState(false);
      const [count, setCount] = useState(0);
      const add = useCallback(async () => { if (isBusy) return; setBusy(true); await save(customer); setCount(count + 1); setBusy(false); }, [customer, count, isBusy]);
      return { count, add };`))).not.toContain('lost-update confirmed');
  });

  it('a ref that is set before the suspension does so, too', async () => {
    expect(await verdicts(hook(`
      const isBusy = useRef(false);
      const [count, setCount] = useState(0);
      const add = useCallback(async () => { if (isBusy.current) return; isBusy.current = true; await save(customer); setCount(count + 1); isBusy.current = false; }, [customer, count]);
      return { count, add };`))).not.toContain('lost-update confirmed');
  });

  it('of two answers the later one may be that to the earlier question', async () => {
    expect(await verdicts(hook(`
      const [items, setItems] = useState<string[]>([]);
      const show = useCallback(async (query: string) => { const found = await load(query); setItems(found); }, []);
      return { items, show };`))).toContain('out-of-order-response confirmed');
  });

  it('a callback that others only depend on is started as it was made', async () => {
    const [judged] = await engine.check(hook(`
      const [items, setItems] = useState<string[]>([]);
      const show = useCallback(async (query: string) => { const found = await load(query); setItems(found); }, []);
      const send = useCallback(() => { void show('all'); }, [customer, show]);
      return { items, send };`), 'use-cart.tsx');
    expect(judged!.finding.overlaps[0]![0].path!.steps.map(({ kind }) => kind)).toEqual(['call', 'closure']);
    expect([judged!.finding.rule, judged!.proof.verdict]).toEqual(['out-of-order-response', 'confirmed']);
  });

  it('what a hook of a library gives is its own, whatever a function gives that it is handed', async () => {
    expect(await verdicts(hook(`
      const [items, setItems] = useState<string[]>([]);
      const list = useList(items, () => undefined);
      const show = useCallback(async (query: string) => { const found = await load(query); setItems(found); }, []);
      return { first: list.selected, show };`).replace('./api', './list').replace('load, save', 'load, save, useList'))).toContain('out-of-order-response confirmed');
  });

  it('an effect runs before the component is used, and again when what it depends on has changed', async () => {
    const judged = await engine.check(hook(`
      const total = useRef(0);
      useEffect(() => { total.current = 5; }, [customer]);
      const add = useCallback(async () => { const before = total.current; await save(customer); total.current = before + 1; }, [customer]);
      return { add };`), 'use-cart.tsx');
    expect(judged.map(({ proof }) => Object.values(proof.witness?.outcome.state ?? {}))).toEqual([['6']]);
  });

  it('nothing is refuted by renders that follow at once', async () => {
    const judged = await engine.check(hook(`
      const [isBusy, setBusy] = useState(false);
      const [count, setCount] = useState(0);
      const add = useCallback(async () => { if (isBusy) return; setBusy(true); await save(customer); setCount(count + 1); setBusy(false); }, [customer, count, isBusy]);
      return { count, add };`), 'use-cart.tsx');
    expect(judged.map(({ proof }) => proof.verdict)).not.toContain('refuted');
  });

  it('a component that changes its own state in each render comes to an end', async () => {
    const proof = await engine.run(hook(`
      const [count, setCount] = useState(0);
      useEffect(() => { setCount(count + 1); });
      const add = useCallback(async () => { await save(customer); }, [customer]);
      return { count, add };`), 'useCallback callback in useCart', 'use-cart.tsx');
    expect(['bounded', 'unproven']).toContain(proof.verdict);
  });

  it('what is rendered may have been put into a reference before', async () => {
    const [judged] = await engine.check(hook(`
      const field = useRef<{ text: string } | null>(null);
      const [count, setCount] = useState(0);
      const add = useCallback(async () => {
        if (!field.current) return;
        await save(customer);
        setCount(count + 1);
      }, [customer, count]);
      return { count, add };`), 'use-cart.tsx');
    expect(judged?.finding.rule).toBe('lost-update');
    expect(judged!.proof.verdict, judged!.proof.reason).toBe('confirmed');
  });
});
