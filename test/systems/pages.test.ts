import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogue, root, systems, systemsFolder } from './bench.js';
import { withIndex } from './index-page.js';

/** A page that a student reads: the idea first, then the picture, then what there is to do. */
describe.each(systems.map((system) => [system.name, system] as const))('the page of %s', (name, { title, variants }) => {
  const path = join(systemsFolder, name, 'README.md');
  const page = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const section = (heading: RegExp): string => page.split(/^## /m).slice(1).find((part) => heading.test(part.split('\n')[0]!)) ?? '';

  it('begins with its title and the idea, in front of every other section', () => {
    expect(page.split('\n')[0]).toBe(`# ${title}`);
    expect(page.split(/^## /m)[0]!.length).toBeGreaterThan(400);
  });

  it('has its sections, and two to six exercises', () => {
    expect(section(/look at/i)).toMatch(/^- /m);
    expect(section(/exercises/i).match(/^\d+\. /gm)?.length ?? 0).toBeGreaterThanOrEqual(2);
    expect(section(/exercises/i).match(/^\d+\. /gm)?.length ?? 0).toBeLessThanOrEqual(6);
    expect(section(/typescript|real/i)).toMatch(/```ts\n[\s\S]+?```|commit [0-9a-f]{7}/);
    expect(section(/source/i)).toMatch(/\b(19|20)\d\d\b/);
  });

  it('shows the witness', () => {
    if (variants.some(({ expected }) => expected === 'confirmed')) expect(page).toMatch(/!\[[^\]]{10,}\]\(timeline\.svg\)/);
  });

  it('names commands and files that are there', () => {
    for (const [, file] of page.matchAll(/raceproof simulate (\S+)/g)) expect(existsSync(join(root, file!)), file).toBe(true);
    for (const [, link] of page.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)) expect(existsSync(join(dirname(path), link!)), link).toBe(true);
  });
});

describe('docs/systems.md', () => {
  const path = join(root, 'docs/systems.md');

  it('has the index of all systems', () => expect(withIndex(readFileSync(path, 'utf8'), catalogue)).toMatchFileSnapshot(path));
});
