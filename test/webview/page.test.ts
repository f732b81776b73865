import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launch, postedAs, send, violations } from './browser.js';
import { PageServer, simulatorText, type Theme } from './page-server.js';
import { accountFile, accountProof, accountShow, counterShow, outcomeOf, scheduleOf, showOf, traceOf } from './proofs.js';
import { proveAccount, type ReplayableShow } from './real-proof.js';

let server: PageServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  [server, browser] = await Promise.all([PageServer.start(), launch()]);
  context = await browser.newContext();
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

beforeEach(async () => {
  page = await open();
});

afterEach(async () => {
  expect(await violations(page), 'violations of the policy').toBe(0);
  await page.close();
});

async function open({ theme = 'dark', width = 1000, height = 800 }: { readonly theme?: Theme; readonly width?: number; readonly height?: number } = {}): Promise<Page> {
  const opened = await context.newPage();
  await opened.setViewportSize({ width, height });
  await opened.goto(server.urlOf(theme));
  await eventually(async () => (await postedAs(opened, 'ready')).length).toBe(1);
  return opened;
}

/** Waits for what comes about in the page's own time. */
function eventually<T>(read: () => T | Promise<T>) {
  return expect.poll(read, { timeout: 20_000 });
}

async function show(message = accountShow): Promise<void> {
  await send(page, message);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByText(message.subject.name, { exact: true }).first().waitFor();
}

const row = (step: number): Locator => page.locator(`[data-step="${step - 1}"]`);
const current = (): Promise<string> => page.locator('[aria-current="step"] .step-number').innerText();

describe('a confirmed race', () => {
  beforeEach(() => show());

  it('says what was found, how it was proved, and what it assumes', async () => {
    const header = page.locator('header');
    expect(await header.innerText()).toMatch(/Confirmed\s+check-then-act\s+Account#balance\s+in\s+Account.withdraw\s+src\/bank\/account.ts:10/);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('4 of 6 interleavings act on a check that is out of date; shown with 1 switch.');
    expect(await header.locator('li').allInnerTexts()).toEqual(['audit() does not throw']);
  });

  it('opens the place in the editor', async () => {
    await page.getByRole('button', { name: 'src/bank/account.ts:10' }).click();
    await eventually(() => postedAs(page, 'open')).toEqual([{ type: 'open', range: accountShow.subject.range }]);
  });

  it('has a lane for each task, and every step in the lane of its task', async () => {
    expect(await page.getByRole('list', { name: 'Tasks' }).getByRole('listitem').allInnerTexts()).toEqual(['alice withdraw(80)', 'bob withdraw(80)']);
    const lefts = await page.locator('.step').evaluateAll((rows) => rows.map((each) => [each.closest('.block')?.getAttribute('data-lane'), Math.round(each.getBoundingClientRect().left)]));
    const [alice, bob] = [lefts[0]?.[1], lefts[4]?.[1]];
    expect(Number(alice)).toBeLessThan(Number(bob));
    expect(lefts).toEqual(accountProof.witness?.trace.steps.map(({ task }) => (task === 'alice' ? ['0', alice] : ['1', bob])));
  });

  it('shows of every step its line, the source with the place marked, and what happens', async () => {
    expect((await row(11).innerText()).split(/\s*\n\s*/)).toEqual(['10', 'this.balance -= amount;', '11', 'writes Account#balance 100 → 20', 'collides with 15']);
    expect(await row(2).locator('mark').innerText()).toBe('this.balance');
    expect(await row(2).locator('code').first().innerText()).toBe('if (this.balance >= amount) {');
    expect(await row(1).locator('mark').count()).toBe(0);
  });

  it('groups turns under the event that began them', async () => {
    expect((await page.locator('.card-head').allInnerTexts()).map((text) => text.replace(/\s+/g, ' '))).toEqual(['alice starts', 'bob starts', "bob audit('withdraw', 80) completes", "alice audit('withdraw', 80) completes"]);
  });

  it('draws a suspended lane dashed, and nothing beside a task that has not started or has finished', async () => {
    const rails = await page.locator('.turn').evaluateAll((turns) => turns.map((turn) => [...turn.querySelectorAll('.rail')].map((rail) => getComputedStyle(rail, '::before').borderLeftStyle)));
    expect(rails).toEqual([
      ['solid', 'none'],
      ['dashed', 'solid'],
      ['dashed', 'solid'],
      ['solid', 'none'],
    ]);
  });

  it('says at every switch why the run left the lane', async () => {
    expect(await page.locator('.handover').allInnerTexts()).toEqual(["switch alice waits for audit('withdraw', 80)", 'bob has finished']);
  });

  it('marks the colliding pair, links it, and marks the read that went stale', async () => {
    expect(await page.locator('.step[data-role]').evaluateAll((rows) => rows.map((each) => [each.getAttribute('data-step'), each.getAttribute('data-role')]))).toEqual([
      ['1', 'stale-read'],
      ['10', 'intrusion'],
      ['14', 'act'],
    ]);
    expect(await page.locator('.links .collision-link').getAttribute('d')).toMatch(/^M[\d.]+ [\d.]+C/);
    await page.getByRole('button', { name: 'collides with 15' }).click();
    await eventually(current).toBe('15');
    await page.getByRole('button', { name: 'collides with 11' }).click();
    await eventually(current).toBe('11');
  });

  it('puts the failing outcome beside the expected ones, the difference emphasised', async () => {
    const table = page.getByRole('table');
    expect(await table.getByRole('columnheader').allInnerTexts()).toEqual(expect.arrayContaining(['This run', 'Expected', 'or']));
    expect(await table.locator('tr:has-text("Account#balance") td').allInnerTexts()).toEqual(['-60', '20', '20']);
    expect(await table.locator('td[data-kind="failing"] strong').allInnerTexts()).toEqual(['-60', '2 times']);
  });

  it('tells at each step what every location holds and what every task does', async () => {
    const state = page.getByRole('region', { name: /After step/ });
    expect(await state.innerText()).toMatch(/After step 1\s+Account#balance\s+100\s+alice\s+running at line 7\s+bob\s+not started/);
    await page.keyboard.press('c');
    expect(await state.innerText()).toMatch(/After step 11\s+Account#balance\s+100 → 20\s+alice\s+waiting at line 9 \(waits for audit\('withdraw', 80\)\)\s+bob\s+running at line 10/);
    await page.keyboard.press('End');
    expect(await state.innerText()).toMatch(/After step 16\s+Account#balance\s+-60\s+alice\s+finished \(returned true\)\s+bob\s+finished \(returned true\)/);
  });
});

describe('stepping', () => {
  beforeEach(() => show());

  it('goes by keys', async () => {
    const seen: string[] = [];
    for (const key of ['ArrowRight', 'ArrowDown', 'j', 'ArrowLeft', 'k', 'ArrowUp', 'End', 'Home', 'c', 'c', 'Shift+ArrowLeft', 'Shift+ArrowRight']) {
      await page.keyboard.press(key);
      seen.push(await current());
    }
    expect(seen).toEqual(['2', '3', '4', '3', '2', '1', '16', '1', '11', '15', '9', '13']);
  });

  it('goes by buttons', async () => {
    const seen: string[] = [];
    for (const name of ['Step forward', 'Step forward', 'Step back', 'Last step', 'First step', 'To the collision', 'To the collision']) {
      await page.getByRole('button', { name, exact: true }).click();
      seen.push(await current());
    }
    expect(seen).toEqual(['2', '3', '2', '16', '1', '11', '15']);
  });

  it('goes by a click on a row, and by the slider', async () => {
    await row(6).click();
    await eventually(current).toBe('6');
    await page.getByRole('slider', { name: 'Step' }).fill('9');
    await eventually(current).toBe('9');
  });

  it('goes where the editor says', async () => {
    await send(page, { type: 'go', to: 'collision' });
    await eventually(current).toBe('11');
    await send(page, { type: 'go', to: { index: 3 } });
    await eventually(current).toBe('4');
  });

  it('tells the editor each place once, and the partner at a collision', async () => {
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('c');
    await eventually(async () => (await postedAs(page, 'select')).at(-1)?.step).toBe(10);
    const told = await postedAs(page, 'select');
    expect(told.map(({ step, label }) => [step, label])).toEqual([
      [0, 'alice starts withdraw(80)'],
      [1, 'alice reads Account#balance: 100 (goes stale)'],
      [10, 'bob writes Account#balance: 100 → 20 (collides)'],
    ]);
    expect(told.map(({ partner }) => partner?.start.line)).toEqual([undefined, undefined, 10]);
    expect(told[2]?.range).toEqual({ file: accountFile, start: { line: 10, column: 7 }, end: { line: 10, column: 19 } });
  });

  it('needs nothing but the keyboard: one row is in the tab order, and the focus goes with the step', async () => {
    expect(await page.locator('.step-button[tabindex="0"]').count()).toBe(1);
    await row(1).locator('.step-button').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const focused = page.locator(':focus');
    expect(await focused.getAttribute('aria-label')).toBe("Step 3 of 16, alice, line 9: calls audit('withdraw', 80).");
    expect(await focused.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe('solid');
  });

  it('leaves keys with Ctrl or Alt alone', async () => {
    await page.keyboard.press('Control+ArrowRight');
    await page.keyboard.press('Alt+ArrowRight');
    await eventually(current).toBe('1');
  });
});

describe('a reload', () => {
  it('brings back the proof and the step, and does not move the editor', async () => {
    await show();
    const selected = async (): Promise<unknown[]> => (await postedAs(page, 'select')).map(({ step }) => step);
    await page.keyboard.press('c');
    await eventually(selected).toEqual([0, 10]);
    await page.reload();
    await eventually(current).toBe('11');
    await send(page, accountShow);
    await page.keyboard.press('ArrowRight');
    await eventually(current).toBe('12');
    await eventually(selected).toEqual([0, 10, 11]);
    await eventually(async () => (await postedAs(page, 'ready')).length).toBe(2);
  });
});

describe('text from outside', () => {
  const hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script>`</code>';

  it('is shown as text wherever it comes from', async () => {
    const file = `src/${hostile}.ts`;
    const trace = traceOf(file, `x("${hostile}")`, { [hostile]: hostile, b: hostile }, [[hostile, 0, 'start', 1, hostile, { text: hostile }], [hostile, 0, 'write', 1, 'x', { location: hostile, before: hostile, after: `${hostile}!` }], ['b', 1, 'call', 1, 'x', { text: hostile }]], outcomeOf({ [hostile]: hostile }), [1, 2]);
    const witness = { schedule: scheduleOf([hostile, hostile], ['b', hostile]), switches: 1, assumptions: [{ text: hostile, condition: hostile, value: true }], outcome: trace.outcome, expectedOutcomes: [outcomeOf({ [hostile]: '' }, { [hostile]: hostile })], trace };
    const range = { file, start: { line: 1, column: 1 }, end: { line: 1, column: 2 } };
    const title = await page.title();
    await send(page, { type: 'busy', name: hostile, note: hostile });
    await page.getByText(`Exploring the interleavings of ${hostile}`).waitFor();
    await show({ ...accountShow, subject: { name: hostile, range, rule: hostile, location: hostile, message: hostile }, proof: { ...accountProof, reason: hostile, witness }, sources: [{ file, text: `x("${hostile}")` }] });
    await page.keyboard.press('End');
    expect(await page.getByText(hostile).count()).toBeGreaterThan(10);
    expect(await page.locator('img, script:not([nonce]), #page script').count()).toBe(0);
    await send(page, { type: 'failed', message: hostile, advice: hostile });
    await page.getByRole('heading', { name: 'Nothing was simulated' }).waitFor();
    expect([await page.locator('img').count(), await page.title()]).toEqual([0, title]);
  });

  it.each([null, 'show', { type: 'unheard-of' }, { ...accountShow, proof: { verdict: 'confirmed' } }, { type: 'go', to: 'nowhere' }])('is refused if it is no message of the protocol: %#', async (message) => {
    await show();
    await send(page, message);
    await eventually(async () => (await postedAs(page, 'error')).map(({ message: text }) => text)).toEqual([expect.stringMatching(/^MalformedMessage: message.*should be/)]);
    await eventually(current).toBe('1');
  });
});

describe('a long run', () => {
  beforeEach(() => show(counterShow(2, 64)));

  it('has all its 508 steps, and comes to any of them', async () => {
    expect(await page.locator('.step').count()).toBe(508);
    await page.keyboard.press('End');
    await eventually(current).toBe('508');
    await expectClear();
    await page.keyboard.press('Home');
    await expectClear();
    await page.getByRole('slider', { name: 'Step' }).fill('300');
    await expectClear();
  });

  it('links the collision to its rows though what lies between was not in sight', async () => {
    await page.keyboard.press('c');
    await page.keyboard.press('c');
    const offset = () =>
      page.locator('.links').evaluate((svg) => {
        const row = document.querySelector('[data-role="act"] .dot')!.getBoundingClientRect();
        const path = svg.querySelector<SVGPathElement>('.collision-link')!;
        return Math.round(svg.getBoundingClientRect().top + path.getPointAtLength(path.getTotalLength()).y - (row.top + row.height / 2));
      });
    await eventually(offset).toBe(0);
  });

  it('draws anew only the two rows that a step changes, and what tells of it', async () => {
    await page.getByRole('slider', { name: 'Step' }).fill('250');
    await page.evaluate(() => {
      const touched = new Set<Node>();
      Object.assign(window, { touched });
      new MutationObserver((records) => records.forEach(({ target }) => touched.add((target instanceof Element ? target : target.parentElement)?.closest('.block') ?? document))).observe(document.querySelector('.blocks')!, { subtree: true, childList: true, attributes: true, characterData: true });
    });
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await page.evaluate(() => (window as unknown as { touched: Set<Node> }).touched.size)).toBeLessThanOrEqual(3);
  });
});

/** The current row is on the page's visible part, and none of the bars lies over it. */
async function expectClear(): Promise<void> {
  const hit = () =>
    page.locator('[aria-current="step"]').evaluate((element) => {
      const { left, top, bottom, width } = element.getBoundingClientRect();
      return [top + 2, bottom - 2].map((y) => element.contains(document.elementFromPoint(left + width / 2, y)));
    });
  await eventually(hit).toEqual([true, true]);
}

describe('widths', () => {
  it.each([
    [320, 2, 'rails'],
    [500, 2, 'columns'],
    [760, 6, 'rails'],
    [1000, 3, 'columns'],
    [1900, 6, 'columns'],
  ])('%d pixels hold %d lanes as %s, and nothing is cut off', async (width, lanes, layout) => {
    await page.setViewportSize({ width, height: 700 });
    await show(counterShow(lanes, 4));
    expect(await page.locator('.timeline').getAttribute('data-layout')).toBe(layout);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    for (const key of ['c', 'End', 'k', 'k', 'k', 'Home', 'j', 'j', 'j', 'j', 'j']) {
      await page.keyboard.press(key);
      await expectClear();
    }
  });

  it('keeps the collision linked when the width changes', async () => {
    await show();
    const path = () => page.locator('.collision-link').getAttribute('d');
    const wide = await path();
    await page.setViewportSize({ width: 340, height: 700 });
    await eventually(path).not.toBe(wide);
  });
});

describe('pages without a run', () => {
  const heading = () => page.getByRole('heading', { level: 1 }).innerText();

  it('is empty at first, and says what to do', async () => {
    expect(await heading()).toBe('No interleavings yet');
    expect(await page.getByRole('main').innerText()).toContain('run Simulate interleavings');
  });

  it('refuted: all interleavings with their outcomes', async () => {
    await show(showOf({ verdict: 'refuted', reason: 'no other task can write it', executions: 6, outcomes: accountProof.outcomes.slice(1) }));
    expect(await heading()).toBe('All 6 interleavings behave as expected.');
    expect(await page.getByRole('columnheader').allInnerTexts()).toEqual(expect.arrayContaining(['In 1 interleaving', 'In 1 interleaving']));
    expect(await page.locator('tr:has-text("bob") td').allInnerTexts()).toEqual(['returned false', 'returned true']);
    expect(await page.getByRole('toolbar').count()).toBe(0);
  });

  it('bounded: how far it came', async () => {
    await show(showOf({ verdict: 'bounded', reason: 'none of 1000 interleavings in 1 scenario ended wrongly, and not all could be tried', executions: 1000, exhaustive: false }));
    expect(await heading()).toBe('None of 1000 interleavings in 1 scenario ended wrongly, and not all could be tried.');
    expect(await page.getByRole('main').innerText()).toContain('A race may still hide');
  });

  it('unproven: why', async () => {
    await show(showOf({ verdict: 'unproven', reason: '`Account` needs a `Socket`', executions: 0, exhaustive: false }));
    expect(await heading()).toBe('The interleavings could not be explored.');
    expect(await page.getByText('Account needs a Socket.').count()).toBe(1);
    await page.keyboard.press('ArrowRight');
    expect(await postedAs(page, 'select')).toEqual([]);
  });

  it('failed: what is wrong, and a way to try again', async () => {
    await send(page, { type: 'failed', message: 'Line 3 has a syntax error.', advice: 'Correct it first.' });
    expect(await page.getByRole('alert').innerText()).toBe('Line 3 has a syntax error.');
    await page.getByRole('button', { name: 'Simulate again' }).click();
    await eventually(() => postedAs(page, 'again')).toHaveLength(1);
  });

  it('busy: what is explored, and a way to stop', async () => {
    await send(page, { type: 'busy', name: 'Account.withdraw', note: '1,204 so far' });
    expect(await page.locator('.banner-text').innerText()).toBe('Exploring the interleavings of Account.withdraw: 1,204 so far');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await eventually(() => postedAs(page, 'cancel')).toHaveLength(1);
  });

  it('stale: says so over the run, and a way to simulate again', async () => {
    await show();
    await send(page, { type: 'stale', stale: true });
    await page.getByText('The file has changed since.').waitFor();
    await page.getByRole('button', { name: 'Simulate again' }).click();
    await eventually(() => postedAs(page, 'again')).toHaveLength(1);
    await send(page, { type: 'stale', stale: false });
    await page.getByText('The file has changed since.').waitFor({ state: 'detached' });
  });
});

let found: Promise<{ readonly proof: ReplayableShow; readonly text: string }> | undefined;

/** The account's race as the simulator finds it, and the simulator's text; made once. */
function real(): NonNullable<typeof found> {
  return (found ??= Promise.all([proveAccount(), simulatorText()]).then(([proof, text]) => ({ proof, text })));
}

describe('a race as the engine proves it', () => {
  it('is drawn like any other: every step, the collision, the outcomes', async () => {
    const { proof } = await real();
    await show(proof);
    const { trace, outcome } = proof.proof.witness!;
    expect(await page.locator('.step').count()).toBe(trace.steps.length);
    expect((await page.locator('.step[data-role="intrusion"] .text').innerText()).replace(/\s+/g, ' ')).toMatch(/^writes Account#balance \d+ → -?\d+$/);
    expect(await page.locator('.step[data-role="act"] .line-number').innerText()).toBe('10');
    expect(await page.locator('td[data-kind="failing"]').first().innerText()).toBe(Object.values(outcome.state)[0]);
  });
});

describe('a test that forces the witness', () => {
  const button = (): Locator => page.getByRole('button', { name: 'Write a regression test' });

  it('is asked for by button, as long as the text is the one that was simulated', async () => {
    const { proof } = await real();
    await show(proof);
    await button().click();
    await eventually(() => postedAs(page, 'write-test')).toHaveLength(1);
    await send(page, { type: 'stale', stale: true });
    await page.getByText('The file has changed since.').waitFor();
    expect(await button().isDisabled()).toBe(true);
  });

  it('is not offered for a scenario file, which is one already, nor where nothing goes wrong', async () => {
    await show();
    expect(await button().count()).toBe(0);
    const { proof: { proof, ...shown } } = await real();
    await send(page, { ...shown, id: 'refuted', proof: { ...proof, verdict: 'refuted' } });
    await page.locator('[data-verdict=refuted]').waitFor();
    expect(await button().count()).toBe(0);
  });
});

describe('the replay in the page', () => {
  const line = (): Promise<string> => page.locator('.replay [role="status"]').innerText();

  it('runs the very schedule in a worker under the policy, and ends the same, as often as it is asked', async () => {
    const { proof, text } = await real();
    await show(proof);
    expect(await line()).toBe('Replaying the schedule here…');
    await send(page, { type: 'engine', text });
    await eventually(line).toBe('Replayed here: same outcome, step for step.');
    await page.getByRole('button', { name: 'Replay' }).click();
    await eventually(line).toBe('Replayed here: same outcome, step for step.');
    await eventually(() => postedAs(page, 'engine')).toHaveLength(1);
  });

  it('says so when it ends otherwise than what is shown', async () => {
    const { proof, text } = await real();
    const witness = proof.proof.witness!;
    await show({ ...proof, proof: { ...proof.proof, witness: { ...witness, trace: { ...witness.trace, outcome: outcomeOf({ 'Account#balance': '20' }) } } } });
    await send(page, { type: 'engine', text });
    await eventually(line).toBe('Replayed here: another outcome.');
  });

  it('says so when the schedule does not fit the program', async () => {
    const { proof, text } = await real();
    const witness = proof.proof.witness!;
    await show({ ...proof, proof: { ...proof.proof, witness: { ...witness, schedule: scheduleOf(['carol', 'carol starts']) } } });
    await send(page, { type: 'engine', text });
    await eventually(line).toMatch(/^Not replayed here: .*the schedule does not fit the program/);
  });

  it('runs nothing where the host gives no engine', async () => {
    const { proof } = await real();
    await show(proof);
    await send(page, { type: 'no-engine', reason: 'The workspace is not trusted.' });
    await eventually(line).toBe('Not replayed here: The workspace is not trusted.');
  });

  it('is not offered without a scenario', async () => {
    await show();
    expect(await page.locator('.replay').count()).toBe(0);
    expect(await postedAs(page, 'engine')).toEqual([]);
  });
});

describe('the program in the replay', () => {
  it.each([
    ['evaluates nothing', `eval('1')`],
    ['makes no functions of text', `(function () {}).constructor('return 1')()`],
    ['fetches nothing', `const request = new XMLHttpRequest(); request.open('GET', self.origin + '/webview.js', false); request.send()`],
    ['loads nothing', `importScripts(self.origin + '/webview.js')`],
  ])('%s', async (_, expression) => {
    const { proof, text } = await real();
    await show({ ...proof, scenario: { ...proof.scenario, program: { ...proof.scenario.program, code: `(() => { let said = 'it ran'; try { ${expression}; } catch (error) { said = 'refused: ' + error.name; } throw new Error(said); })()` } } });
    await send(page, { type: 'engine', text });
    await eventually(() => page.locator('.replay [role="status"]').innerText()).toMatch(/^Not replayed here: .*refused: /);
  });
});

describe('themes', () => {
  const folder = join(tmpdir(), 'raceproof-screenshots');

  it.each<[Theme, number]>([
    ['dark', 1280],
    ['light', 1280],
    ['high-contrast', 1280],
    ['high-contrast-light', 1280],
    ['dark', 360],
    ['light', 360],
  ])('%s at %d pixels is kept as a picture', async (theme, width) => {
    mkdirSync(folder, { recursive: true });
    await page.close();
    page = await open({ theme, width, height: 900 });
    await show();
    await page.keyboard.press('c');
    await page.screenshot({ path: join(folder, `timeline-${theme}-${width}.png`) });
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toMatch(/^rgb\(/);
  });
});
