import { readdirSync, readFileSync } from 'node:fs';
import { printable } from '../report/index.js';
import type { Shell, Status } from './shell.js';
import { UsageError } from './usage.js';

/** Rule pages travel with the package. */
const pages = new URL('../docs/rules/', import.meta.url);

/** The page of a rule as it was written, in Markdown; without a rule, one line a rule. */
export function explain({ rule }: { readonly rule?: string }, shell: Shell): Status {
  const rules = rulesWithPage();
  if (rule === undefined) {
    const width = Math.max(...rules.map(({ length }) => length));
    shell.print(rules.map((each) => `${each.padEnd(width)}  ${summaryOf(pageOf(each))}`).join('\n'));
    return 0;
  }
  if (!rules.includes(rule)) throw new UsageError(`there is no rule '${rule}'. The rules are: ${rules.join(', ')}.`);
  shell.print(pageOf(rule).trimEnd().split('\n').map(printable).join('\n'));
  return 0;
}

function rulesWithPage(): string[] {
  return readdirSync(pages)
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .map((name) => name.slice(0, -'.md'.length))
    .sort();
}

function pageOf(rule: string): string {
  return readFileSync(new URL(`${rule}.md`, pages), 'utf8').replaceAll('\r\n', '\n');
}

/** The first sentence of the page, below its title. */
function summaryOf(page: string): string {
  const paragraph = page.split(/\n{2,}/).find((block) => block.trim() !== '' && !/^[#>|`-]/.test(block.trim())) ?? '';
  return printable(paragraph.trim().replaceAll('\n', ' ').replace(/(?<=[.!?]) .*$/, ''));
}
