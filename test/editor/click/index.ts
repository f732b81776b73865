import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { runTests } from '../runner.js';
import { declareSystemsWalk } from './systems.js';
import { declareWalk } from './walk.js';
import { Workbench } from './workbench.js';

declare const FILTER: string;

/** Called with the open workbench; answers how many tests failed. */
export default async function play(page: Page, print: (line: string) => void): Promise<number> {
  page.setDefaultTimeout(30_000);
  const workbench = new Workbench(page);
  declareWalk(workbench);
  declareSystemsWalk(workbench);
  const onFailure = (title: string): Promise<void> => workbench.screenshot(`failed ${title.replaceAll(/[^\w]+/g, '-')}`);
  const counts = await runTests({ print, filter: FILTER, onFailure });
  writeFileSync(fileURLToPath(new URL('counts.json', import.meta.url)), JSON.stringify(counts));
  return counts.failed;
}
