// How long the agent programs of bench/exploration take, each in a process of its own with one exploring thread, and what the largest
// of them needs in memory; then the same with two threads. The time is that of the exploration, the memory that of the whole process.
// Usage: node bench/agents.mjs [NAME…]
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundleEngine } from './bundle.mjs';

const folder = fileURLToPath(new URL('exploration', import.meta.url));
const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));

export const programs = [
  { name: 'readers-13', seconds: 0.5 },
  { name: 'indexer-15', seconds: 3 },
  { name: 'fib-5', seconds: 10 },
  { name: 'lastzero-15', seconds: 20, megabytes: 500 },
];
/** The programs that two threads share. */
const shared = ['fib-5', 'lastzero-15'];

/** One row a program, the last ones for two threads. */
export function measureAgents(names = []) {
  const chosen = programs.filter(({ name }) => names.length === 0 || names.includes(name));
  const rows = chosen.map(({ name, ...limits }) => ({ name, jobs: 1, ...explored(name, 1), limits }));
  const both = rows.filter(({ name }) => shared.includes(name)).map((alone) => {
    const result = explored(alone.name, 2);
    return { name: alone.name, jobs: 2, ...result, speedUp: alone.milliseconds / result.milliseconds, limits: { speedUp: 1.7 } };
  });
  return [...rows, ...both];
}

function explored(name, jobs) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--explore', name, String(jobs)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (status !== 0) throw new Error(`${name} failed: ${stderr}`);
  const result = JSON.parse(stdout);
  if (result.executions !== expected[name].executions) throw new Error(`${name}: ${result.executions} executions instead of ${expected[name].executions}`);
  return result;
}

async function explore(name, jobs) {
  const engine = await bundleEngine();
  const simulator = engine.createNodeSimulator({ workerPath: engine.workerPath, jobs });
  try {
    const file = `${name}.race.ts`;
    const { race } = engine.closeRace({ file, text: readFileSync(join(folder, file), 'utf8') }, read);
    const options = { strategy: 'optimal', maxExecutions: 1_000_000, maxMilliseconds: 600_000, stopAtFirst: false };
    // Starting a thread is not what is measured.
    const warmUp = 'readers-2.race.ts';
    await simulator.exploreRace(engine.closeRace({ file: warmUp, text: readFileSync(join(folder, warmUp), 'utf8') }, read).race, options);
    const start = performance.now();
    const before = process.cpuUsage();
    const { executions, transitions, limit, failure } = await simulator.exploreRace(race, options);
    if (limit || failure) throw new Error(failure?.reason ?? limit);
    const milliseconds = Math.round(performance.now() - start);
    const { user, system } = process.cpuUsage(before);
    await simulator.dispose();
    return { executions, transitions, milliseconds, processor: [Math.round((user + system) / 1000), await processorTimeOfChildren()], megabytes: Math.round(process.resourceUsage().maxRSS / 1024) };
  } finally {
    await simulator.dispose();
    engine.dispose();
  }
}

/** Milliseconds that processes have taken which this one has started and which have ended (Linux alone tells; else 0). */
async function processorTimeOfChildren() {
  await new Promise((resolve) => setTimeout(resolve, 200));
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ');
    return (Number(fields[13]) + Number(fields[14])) * 10;
  } catch {
    return 0;
  }
}

function read(file) {
  const path = join(folder, file);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  return found.isDirectory() ? { kind: 'folder' } : { kind: 'file', text: readFileSync(path, 'utf8') };
}

export function printAgents(rows) {
  console.log('program      threads  executions  transitions       ms  MB (whole process)  transitions/s  processor ms, by process');
  for (const { name, jobs, executions, transitions, milliseconds, processor, megabytes } of rows) {
    console.log(`${name.padEnd(11)}  ${String(jobs).padStart(7)}  ${String(executions).padStart(10)}  ${String(transitions).padStart(11)}  ${String(milliseconds).padStart(7)}  ${String(megabytes).padStart(18)}  ${String(Math.round((transitions / milliseconds) * 1000)).padStart(13)}  ${processor.filter((time) => time > 0).join(' + ')}`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [first, ...rest] = process.argv.slice(2);
  if (first === '--explore') console.log(JSON.stringify(await explore(rest[0], Number(rest[1]))));
  else printAgents(measureAgents(first === undefined ? [] : [first, ...rest]));
}
