import { match, strictEqual } from 'node:assert';
import type { Locator } from 'playwright-core';
import { describe, it } from '../runner.js';
import type { Workbench } from './workbench.js';

/** A student's way: the view, a system, its witness, its page. */
export function declareSystemsWalk(workbench: Workbench): void {
  const { page } = workbench;
  const row = (text: string): Locator => page.locator('.pane-body .monaco-list-row', { hasText: text });
  const inTimeline = (selector: string, options?: Parameters<Locator['locator']>[1]): Locator => workbench.timeline.locator(selector, options);

  describe('a student', () => {
    it('opens the view and finds a system', async () => {
      await workbench.run('View: Close All Editors');
      await page.locator('.activitybar .action-label[aria-label^="Raceproof"]').click();
      await page.locator('.sidebar .title-label', { hasText: 'Raceproof: Textbook Systems' }).waitFor();
      await row('Mutual exclusion').click();
      await row("Peterson's algorithm").click();
      await row('plain memory, with store buffers').waitFor();
      await workbench.screenshot('10-systems-view-dark');
    });

    it('reads a variant, which cannot be changed', async () => {
      await row('plain memory, with store buffers').click();
      await page.locator('.tab.active', { hasText: 'broken.race.ts' }).waitFor();
      await workbench.line('export default scenario').waitFor();
      await workbench.line('turn[0] = other').click();
      await page.keyboard.type('x');
      await page.locator('.monaco-editor-overlaymessage', { hasText: 'read-only' }).waitFor();
      strictEqual(await workbench.line('turn[0] = other; // after you!').count(), 1);
      strictEqual(await workbench.squiggle('error').count(), 0);
    });

    it('runs it from the view, and sees both threads inside', async () => {
      const variant = row('plain memory, with store buffers');
      await variant.hover();
      await variant.locator('.action-label[aria-label="Simulate in the Timeline"]').click();
      await inTimeline('.proof-page[data-verdict=confirmed]').waitFor();
      await inTimeline('.lane-head', { hasText: 'second' }).waitFor();
      match(await inTimeline('.header').innerText(), /Peterson's algorithm: broken[\s\S]*invariant/);
      await inTimeline('.step-button').nth(4).click();
      await workbench.marks('while (flag[other] === 1');
      await workbench.screenshot('11-peterson-dark');
    });

    it('opens the page, with its picture', async () => {
      const system = row("Peterson's algorithm");
      await system.hover();
      await system.locator('.action-label[aria-label="Open the Page"]').click();
      const preview = page.frameLocator('iframe.webview.ready').last().frameLocator('#active-frame');
      await preview.locator('h1', { hasText: "Peterson's algorithm" }).waitFor();
      await preview.locator('img').evaluate(async (image) => (image as HTMLImageElement).decode());
      await workbench.screenshot('12-page-dark');
    });
  });
}
