import { expect, test } from 'vitest';
import { findings } from './expectations.js';

interface Parts {
  readonly begin?: string;
  readonly control?: string;
  readonly isKept?: boolean;
}

/** A component that shows the answer to the latest of its requests, unless its control is off until the answer is there. */
const component = ({ begin = 'setLooking(true);', control = '<button disabled={looking || !ready} onClick={() => void look(next)}>Look</button>', isKept = false }: Parts): string => `
import { useState, useCallback } from 'react';
export function Page({ next, ready }: { next: string; ready: boolean }) {
  const [shown, setShown] = useState('');
  const [looking, setLooking] = useState(false);
  const [phase, setPhase] = useState('idle');
  const look = ${isKept ? 'useCallback(' : ''}async (wanted: string) => {
    ${begin}
    try { const answer = await fetchText(wanted); setShown(answer.text); } catch (error) { report(error); } finally { setLooking(false); setPhase('idle'); }
  }${isKept ? ', [])' : ''};
  return <section>{shown}${control}</section>;
}`;

const accused = (parts: Parts): string[] => findings(component(parts), 'subject.tsx').map(({ rule }) => rule);

const handed = { begin: 'setLooking(true); setShown(wanted);', control: '<button disabled={looking} onClick={look}>Look</button>' };

test.each<readonly [string, Parts]>([
  ['by its own state', {}],
  ['that is the handler itself', handed],
  ['whose handler is kept from rendering to rendering', { isKept: true }],
  ['that shows that it is busy', { control: '<Button loading={looking} onClick={() => look(next)}>Look</Button>' }],
  ['in a phase', { begin: "setPhase('looking');", control: "<button disabled={phase !== 'idle'} onClick={() => look(next)}>Look</button>" }],
  ['within a form', { control: '<form onSubmit={() => void look(next)}><button type="submit" disabled={looking}>Look</button></form>' }],
  ['one for each of several', { control: '{[1, 2].map((n) => <button key={n} disabled={looking} onClick={() => look(String(n))}>{n}</button>)}' }],
])('a control that is off while its work is done: %s', (_name, parts) => {
  expect(accused(parts)).toEqual([]);
});

test.each<readonly [string, Parts]>([
  ['stays on', { control: '<button onClick={() => void look(next)}>Look</button>' }],
  ['is off for another reason', { control: '<button disabled={!ready} onClick={() => void look(next)}>Look</button>' }],
  ['is off only afterwards', { begin: 'await Promise.resolve(); setLooking(true);' }],
  ['has another beside it that stays on', { ...handed, control: `${handed.control}<a onClick={look}>Look</a>` }],
  ['is off for one of several', { begin: 'setPhase(wanted);', control: '{[1, 2].map((n) => <button key={n} disabled={phase === String(n)} onClick={() => look(String(n))}>{n}</button>)}' }],
])('a control that %s', (_name, parts) => {
  expect(accused(parts)).toEqual(['out-of-order-response']);
});
