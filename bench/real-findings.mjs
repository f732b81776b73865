// What the benchmarks of whole repositories share: findings and proofs that are kept in files from one run to the next, and rows in groups.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** All findings of a folder's files; `engine` is what `bundleEngine` gives. */
export function findingsIn(folder, read, { createAnalyser, discover, readSource }) {
  const analyser = createAnalyser(read);
  return discover([folder], folder).candidates.flatMap((candidate) => {
    const reading = readSource(candidate);
    return reading.kind === 'text' ? analyser.analyse({ file: candidate.file, text: reading.text }, { functions: false }).findings : [];
  });
}

/** The text of the file that a finding is about. */
export function sourceOf({ range: { file } }, folder, { readSource }) {
  return { file, text: readSource({ path: resolve(folder, file), file, isNamed: true }).text };
}

/** Findings that can be proved at all; `match`: only those whose file, line or rule contain the text. */
export function provable(findings, match) {
  return findings.filter(({ oracle, rule, range }) => oracle !== 'none' && (!match || `${range.file}:${range.start.line} ${rule}`.includes(match)));
}

/** What a file keeps; nothing if there is none yet. */
export function keptIn(file) {
  return file && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

export function keep(file, value) {
  if (file) writeFileSync(file, JSON.stringify(value));
}

export function grouped(all, keyOf) {
  const groups = new Map();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}

/** A table of reasons, names and numbers in them left out, the most frequent first. */
export function printReasons(rows) {
  const reasons = grouped(rows, ({ reason }) => reason.replace(/`[^`]*`|'[^']*'|“[^”]*”|\d+/g, '…').slice(0, 160));
  console.log('\n| why there is none | findings |\n| --- | --- |');
  for (const [reason, all] of [...reasons].sort(([, a], [, b]) => b.length - a.length)) console.log(`| ${reason.replaceAll('|', '\\|')} | ${all.length} |`);
}
