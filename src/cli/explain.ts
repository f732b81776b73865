import { printable } from '../report/index.js';
import { pageOf, rulesWithPage } from './rule-pages.js';
import type { Shell, Status } from './shell.js';
import { UsageError } from './usage.js';

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

/** The first sentence of the page, below its title. */
function summaryOf(page: string): string {
  const paragraph = page.split(/\n{2,}/).find((block) => block.trim() !== '' && !/^[#>|`-]/.test(block.trim())) ?? '';
  return printable(paragraph.trim().replaceAll('\n', ' ').replace(/(?<=[.!?]) .*$/, ''));
}
