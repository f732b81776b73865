import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launch } from './browser.js';

/**
 * To be called within a `describe`. Gives what runs a program in the browser and resolves to the lines that it logs; each has a profile of its own, with nothing
 * stored or held from before, on the loopback address, which is a secure context.
 */
export function programsInBrowser(): (program: string) => Promise<string[]> {
  let browser: Browser;
  let server: Server;
  let address: string;

  beforeAll(async () => {
    browser = await launch();
    server = createServer((_request, response) => { response.setHeader('content-type', 'text/html').end('<!doctype html><title>program</title>'); });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterAll(async () => {
    await browser.close();
    server.close();
  });

  return async (program) => {
    const context = await browser.newContext();
    try {
      const page = await context.newPage();
      await page.goto(address);
      return await page.evaluate(async (text) => {
        const lines: string[] = [];
        await (0, eval)(`(async (log) => { ${text} })`)((line: unknown) => lines.push(String(line)));
        return lines;
      }, program);
    } finally {
      await context.close();
    }
  };
}
