// What an edit costs in a workspace: a file of about a thousand lines is changed and analysed anew, as the editor does it, beside ESLint's
// `require-atomic-updates` on the same text in the same process. Usage: node bench/edit.mjs FOLDER
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { bundleEngine } from './bundle.mjs';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('Which folder? node bench/edit.mjs FOLDER');
const most = { files: 40, edits: 5 };

const engine = await bundleEngine();
try {
  const files = sourcesIn(folder).map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
  const analyser = new engine.WorkspaceAnalyser();
  const ours = (file, text) => analyser.analyse({ file, text }, { root: folder, texts: { [file]: text }, revision: 1 }, { functions: true });
  const linter = new Linter();
  const config = [{ files: ['**/*.ts', '**/*.tsx', '**/*.js', '**/*.jsx', '**/*.mjs', '**/*.cjs'], languageOptions: { parser: tseslint.parser }, rules: { 'require-atomic-updates': 'warn' } }];
  const theirs = (file, text) => {
    const fatal = linter.verify(text, config, file).find((message) => message.fatal || /No matching configuration/.test(message.message));
    if (fatal) throw new Error(`ESLint does not read ${file}: ${fatal.message}`);
  };

  // The workspace as it is when somebody has worked in it for a while: every file was looked at once.
  for (const { file, text } of files) ours(file, text);
  const edited = files.filter(({ text }) => isAboutThousand(text.split('\n').length)).slice(0, most.files);
  const times = { opened: [], raceproof: [], eslint: [] };
  for (const { file, text } of edited) {
    // Both have seen it when it was opened; what it imports may have been let go of since.
    theirs(file, text);
    times.opened.push(timeOf(() => ours(file, text)));
    for (let edit = 1; edit <= most.edits; edit++) {
      const changed = withEdit(text, edit);
      times.raceproof.push(timeOf(() => ours(file, changed)));
      times.eslint.push(timeOf(() => theirs(file, changed)));
    }
  }
  const lines = files.reduce((sum, { text }) => sum + text.split('\n').length, 0);
  console.log(`${files.length} files, ${lines} lines; ${edited.length} of them with 800 to 1,200 lines, ${most.edits} edits each`);
  for (const [name, all] of Object.entries(times)) // `opened`: raceproof, before the first edit
     console.log(`${name.padEnd(10)} median ${at(all, 0.5)} ms, 95th percentile ${at(all, 0.95)} ms, worst ${at(all, 1)} ms`);
  console.log(`ratio at the 95th percentile ${(at(times.raceproof, 0.95) / at(times.eslint, 0.95)).toFixed(2)}`);
} finally {
  engine.dispose();
}

function sourcesIn(root) {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[cm]?[jt]sx?$/.test(entry.name) && !/\.d\.ts$/.test(entry.name) && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}

function isAboutThousand(lines) {
  return lines >= 800 && lines <= 1200;
}

/** A statement more in the middle of the file, at the start of some line that opens a block. */
function withEdit(text, edit) {
  const lines = text.split('\n');
  const middle = lines.findIndex((line, index) => index >= lines.length / 2 && /\) (?:: [\w<>[\] |]+ )?\{$|=> \{$/.test(line));
  lines.splice(middle < 0 ? lines.length : middle + 1, 0, `void ${edit};`);
  return lines.join('\n');
}

function timeOf(work) {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function at(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return Number(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(1));
}
