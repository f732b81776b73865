import { fileURLToPath } from 'node:url';
import { formatSystemList, formatSystemListJson } from '../report/index.js';
import { select, type Catalogue, type Chosen, type Selection } from '../systems/index.js';
import { readCatalogue } from '../systems/node.js';
import { delegate } from './delegate.js';
import { globToRegExp, isGlob } from '../model/index.js';
import { report } from './problem.js';
import type { Shell, Status } from './shell.js';
import type { SystemsOptions } from './systems-options.js';
import { UsageError } from './usage.js';

/** Systems travel with the package, wherever the command is called. */
const packageFolder = fileURLToPath(new URL('../', import.meta.url));
const systemsFolder = fileURLToPath(new URL('../systems/', import.meta.url));

/** `raceproof systems`: status 1 if something is not as its manifest expects. */
export async function systems({ names, format, isListed, jobs }: SystemsOptions, shell: Shell): Promise<Status> {
  const { catalogue, problems } = readCatalogue(systemsFolder);
  report(problems.map(({ place, message }) => ({ place: `${systemsFolder}${place}`, message })), shell);
  const chosen = chosenBy(names, catalogue);
  if (!isListed) return atLeast(problems.length > 0 ? 2 : 0, await delegate({ command: 'systems', options: { chosen, root: packageFolder, format, ...(jobs !== undefined && { jobs }) } }, shell));
  shell.print(format === 'json' ? formatSystemListJson(chosen) : formatSystemList(catalogue, chosen, shell.terminal));
  return problems.length > 0 ? 2 : 0;
}

function atLeast(least: Status, status: Status): Status {
  return status < least ? least : status;
}

function chosenBy(names: readonly string[], catalogue: Catalogue): readonly Chosen[] {
  const { chosen, unknown } = select(catalogue, names, matcherOf);
  if (unknown.length > 0) throw new UsageError(unknown.map((each) => complaintAbout(each, catalogue)).join('\n'));
  return chosen;
}

function matcherOf(pattern: string): (text: string) => boolean {
  if (!isGlob(pattern)) return (text) => text === pattern;
  const expression = globToRegExp(pattern);
  return (text) => expression.test(text);
}

function complaintAbout({ name, near }: Selection['unknown'][number], { families }: Catalogue): string {
  const all = families.filter(({ systems: below }) => below.length > 0).map(({ slug, systems: below }) => `  ${slug}: ${below.map((system) => system.name.slice(slug.length + 1)).join(', ')}`);
  const guess = near.length > 0 ? ` Did you mean ${near.join(', ')}?` : '';
  return `there is no system '${name}'.${guess} Families and systems are:\n${all.join('\n')}\nWith their variants: raceproof systems --list`;
}
