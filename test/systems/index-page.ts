import type { Catalogue, System } from '../../src/systems/index.js';

const begin = '<!-- The list below is made from the manifests: npm run systems:pictures -->';

/** docs/systems.md with its list as the manifests have it. */
export function withIndex(page: string, { families }: Catalogue): string {
  const at = page.indexOf(begin);
  if (at < 0) throw new Error(`docs/systems.md has lost the line ${begin}`);
  const parts = families.filter(({ systems }) => systems.length > 0).map(({ title, summary, systems }) => [`### ${title}`, '', summary, '', '| system | what it shows | variants |', '| --- | --- | --- |', ...systems.map(rowOf)].join('\n'));
  return `${page.slice(0, at)}${begin}\n\n${parts.join('\n\n')}\n`;
}

function rowOf({ name, title, summary, variants }: System): string {
  const each = variants.map((variant) => `[${variant.name}](../systems/${variant.file})${variant.expected === 'confirmed' ? ` (${variant.problem})` : ''}`);
  return `| [${title}](../systems/${name}/README.md)<br>\`${name}\` | ${summary} | ${each.join(', ')} |`;
}
