import { join } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { eventually } from '../runner.js';

/** The workbench under a person's hands. */
export class Workbench {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(file: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    await this.#pick(file);
    await this.page.locator('.tab.active', { hasText: file }).waitFor();
    await this.page.locator('.editor-instance .monaco-editor.focused').first().waitFor(); // Keys go elsewhere until then.
  }

  /** Moves the cursor to the end of the text, which is on this line. */
  async goToEnd(line: number): Promise<void> {
    await eventually(`the cursor stands on line ${line}`, async () => {
      await this.page.keyboard.press('Control+End');
      return this.page.locator('.statusbar-item', { hasText: `Ln ${line}, ` }).isVisible();
    }, 15_000);
  }

  async run(command: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.#pick(`>${command}`);
  }

  async reload(): Promise<void> {
    await this.#lookAway();
    await this.page.reload();
    await this.page.locator('.monaco-workbench').waitFor();
  }

  tab(name: string): Locator {
    return this.page.locator('.tab', { hasText: name });
  }

  /** The page inside the timeline's panel. */
  get timeline(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  get editor(): Locator {
    return this.page.locator('.editor-instance .monaco-editor').first();
  }

  squiggle(kind: 'info' | 'warning' | 'error'): Locator {
    return this.editor.locator(`.squiggly-${kind}`);
  }

  line(text: string): Locator {
    return this.editor.locator('.view-line', { hasText: text });
  }

  lens(title: string): Locator {
    return this.editor.locator('.codelens-decoration a', { hasText: title });
  }

  notification(text: string): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item-message', { hasText: text });
  }

  /** Texts of the lines that carry a whole-line decoration of an extension, from top to bottom. */
  markedLines(): Promise<readonly string[]> {
    return this.editor.evaluate((editor) => {
      const top = (element: Element | null): string => (element instanceof HTMLElement ? element.style.top : '');
      const lines = new Map([...editor.querySelectorAll('.view-lines > .view-line')].map((line) => [top(line), (line.textContent ?? '').replaceAll('\u00a0', ' ').trim()]));
      const rows = [...editor.querySelectorAll('.view-overlays > div')].filter((row) => [...row.children].some((part) => /\bced-/.test(part.className) && getComputedStyle(part).backgroundColor !== 'rgba(0, 0, 0, 0)'));
      return rows.map((row) => lines.get(top(row)) ?? '').filter((text) => text !== '');
    });
  }

  async marks(text: string): Promise<void> {
    await eventually(`the editor marks the line ${text}`, async () => (await this.markedLines()).some((line) => line.includes(text)), 15_000);
  }

  async screenshot(name: string): Promise<void> {
    await this.page.waitForTimeout(500); // Animations come to rest.
    await this.page.screenshot({ path: join(process.env.RACEPROOF_SCREENSHOTS ?? '.', `${name}.png`) });
  }

  /** Another window gets the focus: then the editor writes its state down, which it otherwise does once a minute. */
  async #lookAway(): Promise<void> {
    await this.page.waitForTimeout(500);
    await this.page.evaluate(() => {
      document.hasFocus = () => false;
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await this.page.waitForTimeout(1_500);
  }

  async #pick(text: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input[type=text]');
    await input.waitFor();
    await input.fill(text);
    await this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: text.replace(/^>/, '') }).waitFor(); // Until then the list is of an earlier text.
    await this.page.keyboard.press('Enter');
    await input.waitFor({ state: 'hidden' });
  }
}
