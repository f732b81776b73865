import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { useEngine } from './judging.js';

const engine = useEngine();

/** The examples of a page that carry the mark. */
function examples(id: string, mark: string): string[] {
  const page = readFileSync(new URL(`../../docs/rules/${id}.md`, import.meta.url), 'utf8');
  return [...page.matchAll(/^```ts (\w+)\n([\s\S]*?)^```$/gm)].filter(([, name]) => name === mark).map(([, , code]) => code ?? '');
}

/** What the pages say is proved, is. */
describe.each(['stale-write-back', 'out-of-order-response', 'torn-update', 'stale-context', 'unstable-iteration', 'concurrency-cap-exceeded'])('%s', (id) => {
  // What a library does that is not linked in is not known.
  it.each(examples(id, 'racy').filter((code) => !/^import/m.test(code)))('its racy example %# is confirmed', async (code) => {
    const judged = await engine.check(code);
    expect(judged.map(({ finding, proof }) => `${finding.rule} ${proof.verdict} ${proof.verdict === 'confirmed' ? '' : proof.reason}`)).toEqual([`${id} confirmed `]);
  }, 60_000);
});
