import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { indexedDbPrograms, prelude } from '../simulator/host/indexeddb-programs.js';
import { launch } from './browser.js';

/** The facts that the simulator is compared with are what the browser at hand does. */
const facts = JSON.parse(readFileSync(new URL('../simulator/host/indexeddb-facts.json', import.meta.url), 'utf8')) as Record<string, string[]>;

describe('IndexedDB in Chromium', () => {
  let browser: Browser;
  let server: Server;
  let address: string;

  beforeAll(async () => {
    browser = await launch();
    server = createServer((_request, response) => { response.setHeader('content-type', 'text/html').end('<!doctype html><title>databases</title>'); });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterAll(async () => {
    await browser.close();
    server.close();
  });

  it.each(Object.entries(indexedDbPrograms))('%s', async (name, program) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(address);
    const lines = await page.evaluate(async (text) => {
      const logged: string[] = [];
      await (0, eval)(`(async (log) => { ${text} })`)((line: unknown) => logged.push(String(line)));
      return logged;
    }, `${prelude}\n${program}`);
    await context.close();
    expect(lines).toEqual(facts[name]);
  });
});
