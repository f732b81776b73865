import { readdirSync, readFileSync } from 'node:fs';

/** Rule pages travel with the package. */
const pages = new URL('../docs/rules/', import.meta.url);

export function rulesWithPage(): string[] {
  return readdirSync(pages)
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .map((name) => name.slice(0, -'.md'.length))
    .sort();
}

/** The page of a rule, in Markdown. */
export function pageOf(rule: string): string {
  return readFileSync(new URL(`${rule}.md`, pages), 'utf8').replaceAll('\r\n', '\n');
}
