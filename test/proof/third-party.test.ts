import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { useEngine } from './judging.js';

const engine = useEngine();

/** Verdicts for a published source, one `rule location verdict` for each finding. */
async function verdictsOf(path: string): Promise<string[]> {
  const file = `node_modules/${path}`;
  const judged = await engine.check(readFileSync(file, 'utf8'), file);
  return judged.map(({ finding, proof }) => `${finding.rule} ${finding.location} ${proof.verdict}`);
}

describe('TypeScript that others published', () => {
  it('expo-in-app-purchases 8.1.0: two connects pass the check of `connected` together', async () => {
    expect(await verdictsOf('expo-in-app-purchases/src/InAppPurchases.ts')).toEqual(['double-initialization connected confirmed']);
  });

  it('expo-av 8.0.0: two recordings are prepared where one at a time is allowed', async () => {
    expect(await verdictsOf('expo-av/src/Audio/Recording.ts')).toContain('double-initialization _recorderExists confirmed');
  });

  it.each(['gotrue-fixed/src/GoTrueClient.ts', 'stompjs-fixed/src/client.ts', '@tanstack/query-core/src/query.ts'])('%s: nothing is confirmed', async (path) => {
    expect((await verdictsOf(path)).filter((verdict) => verdict.endsWith(' confirmed'))).toEqual([]);
  });
});
