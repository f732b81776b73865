// `npm start`, after the build: checks TypeScript that others wrote and our samples, and shows the schedule that proves the first race.
import { existsSync, readFileSync } from 'node:fs';
import { createShell, endQuietly, formatStylish, formatWitness, runCheck } from '../../dist/cli-engine.js';

/** What is checked: sources as published in npm packages (development dependencies, never copied here), then programs of our own. */
const targets = ['expo-in-app-purchases', 'expo-av', 'gotrue-old', 'stompjs-old', '@tanstack/query-core'].map((name) => `node_modules/${name}/src`).concat('samples');

endQuietly(process);
const shell = createShell(process);
const missing = targets.filter((path) => !existsSync(path));
if (missing.length > 0) {
  shell.complain(`${missing.join(', ')} cannot be found; run npm ci first.`);
  process.exit(2);
}

shell.print(`$ npx raceproof check ${targets.join(' ')}\n`);
const { checked, problems } = await runCheck({ paths: targets, isProved: true, rules: [] }, shell);
for (const { place, message } of problems) shell.complain(`${place}: ${message}`);
shell.print(formatStylish(checked, shell.terminal));

const confirmed = checked.findings.filter(({ proof }) => proof.verdict === 'confirmed');
const byOthers = confirmed.filter(({ range }) => range.file.startsWith('node_modules/'));
const [shown] = (byOthers.length > 0 ? byOthers : confirmed).sort((a, b) => a.proof.witness.trace.steps.length - b.proof.witness.trace.steps.length);
if (shown) {
  const lines = readFileSync(shown.range.file, 'utf8').split(/\r?\n/);
  const place = `${shown.range.file}:${shown.range.start.line}`;
  shell.print(`\n\n$ npx raceproof simulate ${place}\n\n${shown.message}\nStep by step, the shortest of the proofs above:\n`);
  shell.print(formatWitness(shown.proof.witness, (_file, line) => lines[line - 1], shell.terminal));
}

shell.print(`
To see the same in an editor, as a squiggle, and on a timeline to step through:
  npm run editor                                              in your browser, nothing else installed
  code --extensionDevelopmentPath="$PWD" samples              in the desktop VS Code`);
