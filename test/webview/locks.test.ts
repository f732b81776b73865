import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockPrograms, prelude } from '../simulator/host/locks-programs.js';
import { launch } from './browser.js';

/** The facts that the simulator is compared with are what the browser at hand does. */
const facts = JSON.parse(readFileSync(new URL('../simulator/host/locks-facts.json', import.meta.url), 'utf8')) as Record<string, string[]>;

describe('navigator.locks in Chromium', () => {
  let browser: Browser;
  let server: Server;
  let address: string;

  beforeAll(async () => {
    browser = await launch();
    server = createServer((_request, response) => { response.setHeader('content-type', 'text/html').end('<!doctype html><title>locks</title>'); });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // Locks are for secure contexts, which the loopback address is.
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterAll(async () => {
    await browser.close();
    server.close();
  });

  /** Each in a page of its own, with nothing held from before. */
  async function logged(program: string): Promise<string[]> {
    const page = await browser.newPage();
    try {
      await page.goto(address);
      return await page.evaluate(async (text) => {
        const lines: string[] = [];
        await (0, eval)(`(async (log) => { ${text} })`)((line: string) => lines.push(line));
        return lines;
      }, `${prelude}\n${program}`);
    } finally {
      await page.close();
    }
  }

  it.each(Object.entries(lockPrograms))('%s', async (name, program) => {
    // Tasks of one turn of the browser's own loop may change places when the machine is busy: what is pinned is one of the things that it does.
    let lines = await logged(program);
    for (let attempt = 1; attempt < 4 && lines.join() !== facts[name]!.join(); attempt++) lines = await logged(program);
    expect(lines).toEqual(facts[name]);
  });
});
