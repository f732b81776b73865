import { chromium, type Browser, type Page } from 'playwright-core';
import type { HostMessage, PageMessage } from '../../src/webview/protocol.js';

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/** Posts to the page as the editor does. */
export async function send(page: Page, message: HostMessage | Readonly<Record<string, unknown>> | string | null): Promise<void> {
  await page.evaluate((data) => window.postMessage(data), message);
}

/** All that the page has posted so far, oldest first. */
export async function posted(page: Page): Promise<readonly PageMessage[]> {
  return page.evaluate(() => JSON.parse(sessionStorage.getItem('posted') ?? '[]') as PageMessage[]);
}

/** What was posted under one type. */
export async function postedAs<T extends PageMessage['type']>(page: Page, type: T): Promise<readonly Extract<PageMessage, { type: T }>[]> {
  return (await posted(page)).filter((message): message is Extract<PageMessage, { type: T }> => message.type === type);
}

/** How often the page's policy was violated. */
export async function violations(page: Page): Promise<number> {
  return Number(await page.locator('html').getAttribute('data-violations'));
}
