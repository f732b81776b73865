import { ruleCatalogue } from '../analysis/index.js';
import { formatCheckJson, formatGithub, formatMarkdown, formatSarif, formatStylish, type CheckReport, type SarifTool } from '../report/index.js';
import type { CheckFormat } from './options.js';
import { version } from './package-version.js';
import type { Problem } from './problem.js';
import { pageOf } from './rule-pages.js';
import type { Shell } from './shell.js';

/** What `check` prints, for a person or for a program. */
export function formatted(report: CheckReport, problems: readonly Problem[], format: CheckFormat, { terminal }: Pick<Shell, 'terminal'>): string {
  switch (format) {
    case 'stylish':
      return formatStylish(report, terminal);
    case 'json':
      return formatCheckJson(report);
    case 'sarif':
      return formatSarif(report, tool(), problems);
    case 'github':
      return formatGithub(report);
    case 'markdown':
      return formatMarkdown(report);
  }
}

function tool(): SarifTool {
  return { version: version(), rules: ruleCatalogue.map((rule) => ({ ...rule, help: pageOf(rule.id) })) };
}
