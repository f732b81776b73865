// All that is promised of the simulator's speed, measured in one run, each figure beside its limit. Usage: npm run bench
import { bundleEngine } from './bundle.mjs';
import { measureAgents, printAgents } from './agents.mjs';
import { measureTransitions, printTransitions } from './event-loop.mjs';
import { measureFirstWitness, printFirstWitness } from './first-witness.mjs';

const engine = await bundleEngine();
const promises = [];
try {
  const agents = measureAgents();
  printAgents(agents);
  for (const row of agents) promises.push(...promisesOf(row));

  console.log();
  const transitions = await measureTransitions(engine);
  printTransitions(transitions);
  const rate = median(transitions.map((row) => row.rate));
  promises.push({ what: 'transitions a second, event loop (median)', measured: Math.round(rate), limit: 1_000_000, isMet: rate >= 1_000_000, sign: '>=' });

  console.log();
  const witnesses = await measureFirstWitness(engine);
  printFirstWitness(witnesses);
  for (const { bug, ratio } of witnesses) promises.push({ what: `first witness of ${bug}, times as fast as fast-check`, measured: Number(ratio.toFixed(2)), limit: 5, isMet: ratio >= 5, sign: '>=' });
} finally {
  engine.dispose();
}

console.log('\npromise                                               measured      limit');
for (const { what, measured, limit, sign, isMet } of promises) console.log(`${what.padEnd(51)}  ${String(measured).padStart(9)}  ${`${sign} ${limit}`.padStart(11)}  ${isMet ? 'met' : 'MISSED'}`);
process.exitCode = promises.every(({ isMet }) => isMet) ? 0 : 1;

function promisesOf({ name, milliseconds, megabytes, speedUp, limits }) {
  if (limits.speedUp !== undefined) return [{ what: `${name}, two threads beside one, times`, measured: Number(speedUp.toFixed(2)), limit: limits.speedUp, isMet: speedUp >= limits.speedUp, sign: '>=' }];
  const time = { what: `${name}, seconds`, measured: milliseconds / 1000, limit: limits.seconds, isMet: milliseconds <= limits.seconds * 1000, sign: '<=' };
  return limits.megabytes === undefined ? [time] : [time, { what: `${name}, MB of memory`, measured: megabytes, limit: limits.megabytes, isMet: megabytes < limits.megabytes, sign: '<' }];
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
}
