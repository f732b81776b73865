import { match, ok, strictEqual } from 'node:assert';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { describe, eventually, it } from '../runner.js';
import type { Workbench } from './workbench.js';

/** One walk through the product, as a person takes it; each test goes on where the one before has stopped. */
export function declareWalk(workbench: Workbench): void {
  const { page } = workbench;
  const inTimeline = (selector: string, options?: Parameters<Locator['locator']>[1]): Locator => workbench.timeline.locator(selector, options);
  const current = inTimeline('.step[aria-current=step]');
  const stepNumber = async (): Promise<number> => Number(await current.getAttribute('data-step'));
  const reach = (step: number): Promise<boolean> => eventually(`the timeline stands at step ${step + 1}`, async () => (await stepNumber()) === step, 15_000);

  /** VS Code says that there are none if what it asked about changed while it was asking; a person asks again. */
  const openQuickFixes = (): Promise<boolean> =>
    eventually('the quick fixes are listed', async () => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+.');
      return page.locator('.action-widget', { hasText: 'Simulate interleavings' }).waitFor({ timeout: 5_000 }).then(() => true, () => false);
    }, 30_000);

  describe('a person', () => {
    it('opens a file and sees the squiggle', async () => {
      await workbench.open('account.ts');
      await workbench.squiggle('warning').first().waitFor();
      strictEqual(await workbench.squiggle('warning').count(), 1);
      await workbench.screenshot('1-squiggle-light');
    });

    it('hovers over it and reads the verdict', async () => {
      await workbench.line('this.balance -= amount').locator('span', { hasText: 'balance' }).last().hover();
      const hover = page.locator('.monaco-hover:not(.hidden)', { hasText: 'Confirmed' }).first();
      await hover.waitFor();
      match(await hover.innerText(), /check-then-act/);
      await hover.getByText('Simulate interleavings').waitFor();
      await workbench.screenshot('2-hover-light');
      await page.mouse.move(5, 5);
    });

    it('finds proved fixes and the simulation among the quick fixes', async () => {
      await workbench.line('this.balance -= amount').locator('span', { hasText: 'balance' }).last().click();
      await openQuickFixes();
      await page.locator('.action-widget', { hasText: "Take from 'balance' before the await, and give it back on failure (proved)" }).waitFor();
      await workbench.screenshot('3-quick-fix-light');
      await page.keyboard.press('Escape');
    });

    it('runs the simulation from the lens and sees a lane for each task', async () => {
      await workbench.lens('Simulate interleavings').click();
      await inTimeline('.proof-page[data-verdict=confirmed]').waitFor();
      strictEqual(await inTimeline('.lane-head').count(), 2);
      ok((await inTimeline('.step').count()) > 5, 'there are steps');
      ok((await inTimeline('.outcomes [data-differs=true]').count()) > 0, 'the failing outcome stands beside the expected ones');
      await workbench.screenshot('4-timeline-light');
    });

    it('sees that the page replays the run by itself, to the same end', async () => {
      await workbench.timeline.getByText('Replayed here: same outcome, step for step.').waitFor();
    });

    it('steps forward and back by button', async () => {
      const forward = workbench.timeline.getByRole('button', { name: 'Step forward' });
      await forward.click();
      await reach(1);
      await forward.click();
      await reach(2);
      await workbench.timeline.getByRole('button', { name: 'Step back' }).click();
      await reach(1);
    });

    it('sees the line of the current step marked in the editor', async () => {
      await workbench.marks(await sourceText(current));
    });

    it('steps by arrow key to the collision', async () => {
      const last = inTimeline('.step[data-role]').last();
      const collision = Number(await last.getAttribute('data-step'));
      await current.locator('.step-button').click();
      for (let step = (await stepNumber()) + 1; step <= collision; step++) {
        await page.keyboard.press('ArrowRight');
        await reach(step);
      }
      ok((await inTimeline('.step[data-role]').count()) >= 2, 'the colliding pair is marked');
      await workbench.marks('this.balance -= amount');
      await workbench.screenshot('5-collision-light');
      await page.keyboard.press('ArrowLeft');
      await reach(collision - 1);
      await page.keyboard.press('ArrowRight');
      await reach(collision);
    });

    it('goes to the collision at once', async () => {
      await page.keyboard.press('Home');
      await reach(0);
      await workbench.timeline.getByRole('button', { name: 'To the collision' }).click();
      await eventually('a colliding step is current', async () => (await current.getAttribute('data-role')) !== null, 15_000);
    });

    it('finds the same step after the window was reloaded', async () => {
      const before = await stepNumber();
      const title = await inTimeline('h1').innerText();
      await workbench.reload();
      await inTimeline('.proof-page[data-verdict=confirmed]').waitFor();
      await reach(before);
      strictEqual(await inTimeline('h1').innerText(), title);
      await workbench.timeline.getByRole('button', { name: 'Step back' }).click();
      await reach(before - 1);
      await workbench.marks(await sourceText(current));
    });

    it('is told when the text has changed since, and gets no wrong line marked', async () => {
      await workbench.line('async withdraw').click();
      await page.keyboard.press('Home');
      await page.keyboard.type('/* new */ ');
      await workbench.timeline.getByText('The file has changed since').waitFor();
      await eventually('no line is marked', async () => (await workbench.markedLines()).length === 0, 15_000);
      await workbench.screenshot('6-out-of-date-light');
      for (let count = 0; count < '/* new */ '.length; count++) await page.keyboard.press('Control+Z');
      await workbench.timeline.getByText('The file has changed since').waitFor({ state: 'hidden' });
      await workbench.marks(await sourceText(current));
    });

    it('reads why nothing can be simulated', async () => {
      await workbench.open('bank.ts');
      await workbench.goToEnd(4);
      await workbench.run('Raceproof: Simulate Interleavings');
      await workbench.notification('is in no function that can be simulated').waitFor();
      await workbench.screenshot('7-nothing-to-simulate-light');
      await workbench.run('Notifications: Clear All Notifications');
    });

    it('sees all of it in a dark theme', async () => {
      await workbench.open('account.ts');
      await workbench.run('Preferences: Toggle between Light/Dark Themes');
      await page.locator('.monaco-workbench.vs-dark').waitFor();
      await workbench.lens('Simulate interleavings').click();
      await reach(0); // The new run takes the place of the old one, which stood further on.
      await workbench.timeline.getByRole('button', { name: 'To the collision' }).click();
      await workbench.marks('this.balance');
      await workbench.screenshot('8-timeline-dark');
    });

    it('has a regression test written from the timeline, and sees it beside the code', async () => {
      await workbench.run('View: Focus First Editor Group');
      await workbench.open('counter.js');
      await workbench.line('this.value = before + 1').waitFor();
      await workbench.lens('Simulate interleavings').click();
      await inTimeline('.header', { hasText: 'Counter.bump' }).waitFor();
      try {
        await workbench.timeline.getByRole('button', { name: 'Write a regression test' }).click();
        await page.locator('.tab', { hasText: 'counter.race.test.js' }).waitFor({ timeout: 60_000 });
        await workbench.notification('It was run in Node, and fails on the code as it is').waitFor();
        await workbench.screenshot('10-regression-test-dark');
      } finally {
        rmSync(join(process.env['RACEPROOF_WORKSPACE']!, 'tested/test/counter.race.test.js'), { force: true });
      }
      await workbench.run('Notifications: Clear All Notifications');
    });

    it('explores a scenario file from its lens, and sees who holds what in the deadlock', async () => {
      await workbench.run('View: Focus First Editor Group');
      await workbench.open('dining.race.ts');
      await workbench.line('export default scenario').waitFor();
      await workbench.lens('Simulate interleavings').click();
      await inTimeline('.lane-head', { hasText: 'hypatia' }).waitFor();
      strictEqual(await inTimeline('.lane-head').count(), 2);
      match(await inTimeline('.header').innerText(), /dining\.race\.ts[\s\S]*1 of 3 interleavings goes wrong: deadlock; shown with 1 switch[\s\S]*plato holds mutex forks\[0\]/);
      await inTimeline('.step-button').last().click();
      await workbench.marks('forks[right]!.lock()');
      await workbench.screenshot('9-deadlock-dark');
    });
  });
}

/** The source line of a step, as the timeline shows it. */
async function sourceText(step: Locator): Promise<string> {
  return (await step.locator('.source-text').innerText()).trim();
}
