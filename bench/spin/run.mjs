#!/usr/bin/env node
// Asks SPIN and Raceproof the same questions about the same algorithms, and compares the answers. Needs `spin` and `gcc` (Debian: apt-get
// install spin gcc) and a build (`npm run build`). Usage: node bench/spin/run.mjs; exits 1 if an answer differs.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const models = fileURLToPath(new URL('.', import.meta.url));

/**
 * `model`: a file here, `defines` for its preprocessor. `asks`: what may go wrong; for starvation `claim` names the LTL formula, under weak
 * fairness. `variant`: the textbook system that is the same algorithm; `kinds`: what Raceproof calls such a problem there.
 */
const questions = [
  { model: 'peterson', defines: [], asks: 'exclusion', variant: 'exclusion/peterson:sound', kinds: ['invariant', 'data-race'] },
  { model: 'peterson', defines: [], asks: 'deadlock', variant: 'exclusion/peterson:sound', kinds: ['deadlock'] },
  { model: 'peterson', defines: ['-DTSO'], asks: 'exclusion', variant: 'exclusion/peterson:broken', kinds: ['invariant'] },
  { model: 'peterson', defines: ['-DTSO', '-DFENCE'], asks: 'exclusion', variant: 'exclusion/peterson:sound-with-store-buffers', kinds: ['invariant', 'data-race'] },
  ...[2, 3, 4, 5].map((count) => ({ model: 'dining', defines: [`-DN=${count}`], asks: 'deadlock', variant: `dining-philosophers/naive:broken${count === 3 ? '' : `-${count}`}`, kinds: ['deadlock'] })),
  ...[2, 3, 4, 5].map((count) => ({ model: 'dining', defines: [`-DN=${count}`, '-DHIERARCHY'], asks: 'deadlock', variant: `dining-philosophers/resource-hierarchy:sound${count === 3 ? '' : `-${count}`}`, kinds: ['deadlock'] })),
  { model: 'readers-writers', defines: ['-DPOLICY=0'], asks: 'exclusion', variant: 'readers-writers/without-locks:broken', kinds: ['unhandled', 'invariant'] },
  { model: 'readers-writers', defines: ['-DPOLICY=1'], asks: 'exclusion', variant: 'readers-writers/reader-preference:sound', kinds: ['unhandled', 'invariant', 'data-race'] },
  { model: 'readers-writers', defines: ['-DPOLICY=1'], asks: 'starvation', claim: 'writer_enters', variant: 'readers-writers/reader-preference:broken', kinds: ['invariant'] },
  { model: 'readers-writers', defines: ['-DPOLICY=2'], asks: 'exclusion', variant: 'readers-writers/writer-preference:sound', kinds: ['unhandled', 'invariant', 'data-race'] },
  { model: 'readers-writers', defines: ['-DPOLICY=2'], asks: 'starvation', claim: 'reader_enters', variant: 'readers-writers/writer-preference:broken', kinds: ['invariant'] },
  { model: 'readers-writers', defines: ['-DPOLICY=3'], asks: 'exclusion', variant: 'readers-writers/fair:sound', kinds: ['unhandled', 'invariant', 'data-race'] },
  { model: 'readers-writers', defines: ['-DPOLICY=3'], asks: 'starvation', claim: 'writer_enters', variant: 'readers-writers/fair:sound', kinds: ['invariant'] },
  { model: 'readers-writers', defines: ['-DPOLICY=3'], asks: 'starvation', claim: 'reader_enters', variant: 'readers-writers/fair:sound', kinds: ['invariant'] },
  { model: 'bounded-buffer', defines: [], asks: 'deadlock', variant: 'producer-consumer/semaphores:sound-several', kinds: ['deadlock'] },
  { model: 'bounded-buffer', defines: [], asks: 'exclusion', variant: 'producer-consumer/semaphores:sound-several', kinds: ['invariant', 'data-race'] },
  { model: 'bounded-buffer', defines: ['-DSWAPPED'], asks: 'deadlock', variant: 'producer-consumer/semaphores:broken', kinds: ['deadlock'] },
];

/** What `pan` says when it finds what was asked for. */
const signs = { exclusion: 'assertion violated', deadlock: 'invalid end state', starvation: 'acceptance cycle' };

function spinFinds({ model, defines, asks, claim }) {
  const folder = mkdtempSync(join(tmpdir(), 'raceproof-spin-'));
  try {
    const hasClaims = /^ltl /m.test(readFileSync(join(models, `${model}.pml`), 'utf8'));
    execFileSync('spin', ['-a', ...defines, join(models, `${model}.pml`)], { cwd: folder, stdio: 'pipe' });
    // Fairness and partial-order reduction may not go together where processes synchronise; these models are small.
    execFileSync('gcc', ['-O2', '-w', '-DNOREDUCE', '-o', 'pan', 'pan.c'], { cwd: folder });
    const options = asks === 'starvation' ? ['-a', '-f', '-N', claim] : asks === 'exclusion' ? ['-E'] : ['-A'];
    const { stdout } = spawnSync('./pan', ['-n', '-m1000000', ...(hasClaims && asks !== 'starvation' ? ['-noclaim'] : []), ...options], { cwd: folder, encoding: 'utf8' });
    const errors = /errors: (\d+)/.exec(stdout)?.[1];
    if (errors === undefined || /max search depth too small|out of memory/.test(stdout)) throw new Error(`${model}: pan did not finish:\n${stdout}`);
    if (errors !== '0' && !stdout.includes(signs[asks])) throw new Error(`${model}: something else went wrong:\n${stdout}`);
    return errors !== '0';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const known = new Map();
function raceproofFinds({ variant, kinds }) {
  let problems = known.get(variant);
  if (problems === undefined) known.set(variant, (problems = simulate(variant)));
  return problems.some((kind) => kinds.includes(kind));
}

function simulate(variant) {
  const [{ file, flags }] = JSON.parse(raceproof('systems', '--list', '--format', 'json', variant));
  const { verdict, problems } = JSON.parse(raceproof('simulate', file, ...flags, '--format', 'json'));
  if (verdict !== 'confirmed' && verdict !== 'refuted') throw new Error(`${variant} is ${verdict}`);
  return problems.map(({ kind }) => kind);
}

function raceproof(...args) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(root, 'dist/cli.js'), ...args], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status === 2) throw new Error(stderr);
  return stdout;
}

console.log('model                             asks        SPIN      Raceproof');
let differing = 0;
for (const question of questions) {
  const answers = [spinFinds(question), raceproofFinds(question)];
  const isSame = answers[0] === answers[1];
  if (!isSame) differing++;
  const name = [question.model, ...question.defines.map((define) => define.slice(2)), question.claim ?? ''].join(' ').trim();
  console.log(`${name.padEnd(32)}  ${question.asks.padEnd(10)}  ${answers.map((finds) => (finds ? 'violated' : 'holds').padEnd(8)).join('  ')}  ${question.variant}${isSame ? '' : '  DIFFERENT'}`);
}
console.log(`\n${questions.length} questions, ${differing} answers differ`);
process.exitCode = differing === 0 ? 0 : 1;
