// Which of the findings in the racy programs of this project that are confirmed, or follow from the text, get a proved fix. Usage: node bench/fixes.mjs [--show] [--all] [NAME…]
// --show: the changes too. --all: fixes that are not proved as well, and why. NAME: only programs whose name holds it.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { bundleEngine } from './bundle.mjs';
import { racyPrograms } from './fixes/programs.mjs';

const root = new URL('../', import.meta.url);
const flags = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const { analyse, prove, proveFixes, applyEdits, createNodeSimulator, workerPath, dispose } = await bundleEngine();
const simulator = createNodeSimulator({ workerPath });
const rows = new Map();

try {
  for (const { name, file, text } of racyPrograms(root)) {
    if (names.length > 0 && !names.some((one) => name.includes(one))) continue;
    for (const finding of analyse({ file, text }).findings) {
      const { verdict } = await prove(finding, { file, text }, simulator, { read });
      const fixes = await proveFixes(finding, { file, text }, simulator, { read });
      const row = rows.get(finding.rule) ?? { confirmed: 0, proved: 0, told: 0, cured: 0 };
      rows.set(finding.rule, row);
      const isTold = verdict === 'unproven' && (finding.oracle === 'none' || finding.oracle === 'data-race');
      const isProved = fixes[0]?.verdict === 'proved';
      if (verdict === 'confirmed') row.confirmed += 1;
      if (verdict === 'confirmed' && isProved) row.proved += 1;
      if (isTold) row.told += 1;
      if (isTold && isProved) row.cured += 1;
      console.log(`${name}:${finding.range.start.line} ${finding.rule} ${verdict}: ${fixes.filter((fix) => fix.verdict === 'proved').map(({ title }) => title).join(' | ') || 'no proved fix'}`);
      for (const fix of fixes) {
        if (fix.verdict === 'unproved' && flags.includes('--all')) console.log(`    unproved: ${fix.title}: ${fix.reason}`);
        if (flags.includes('--show') && (fix.verdict === 'proved' || flags.includes('--all'))) console.log(applyEdits(text, fix.edits).replace(/^/gm, '    '));
      }
    }
  }
} finally {
  await simulator.dispose();
  dispose();
}

const counts = ['confirmed', 'proved', 'told', 'cured'];
const all = Object.fromEntries(counts.map((name) => [name, [...rows.values()].reduce((sum, row) => sum + row[name], 0)]));
console.log('\nrule                      confirmed  with a proved fix   told from the text  with a proved fix');
for (const [rule, row] of [...[...rows].sort(([a], [b]) => (a < b ? -1 : 1)), ['all', all]]) {
  console.log(`${rule.padEnd(24)}  ${share(row.confirmed, row.proved)}   ${share(row.told, row.cured, 18)}`);
}

function share(found, cured, width = 9) {
  return `${String(found).padStart(width)}  ${`${cured}${found > 0 ? ` (${Math.round((100 * cured) / found)}%)` : ''}`.padStart(17)}`;
}

function read(file) {
  const path = new URL(file, root);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory()) return { kind: 'folder', names: () => readdirSync(path) };
  return stats?.isFile() ? { kind: 'file', text: readFileSync(path, 'utf8') } : undefined;
}
