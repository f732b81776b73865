// Runs programs natively, one after the other, and prints what each logged, as JSON. Programs come as a JSON array on
// standard input; the arguments are for how many milliseconds more each is given once it has come to rest, and how many it may take until then.
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';

const programs = JSON.parse(await text(process.stdin));
const rest = Number(process.argv[2] ?? 0);
const limit = Number(process.argv[3] ?? 20_000);
const require = createRequire(import.meta.url);
let lines = [];
const named = (reason) => (reason instanceof Error ? reason.name : typeof reason === 'number' ? reason : typeof reason);
process.on('unhandledRejection', (reason) => lines.push(`unhandled ${named(reason)}`));
process.on('uncaughtException', (reason) => lines.push(`uncaught ${named(reason)}`));

/** An error that ends a tick would put off the ticks behind it until some later turn; a process that goes on after one is none to compare with. */
const noted = (callback) => (...args) => {
  try {
    return callback(...args);
  } catch (error) {
    lines.push(`uncaught ${named(error)}`);
  }
};
const { nextTick } = process;
process.nextTick = (callback, ...args) => nextTick(noted(callback), ...args);

/** Counts what is scheduled, so that the end of a program is known. */
let pending = 0;
const track = (by) => (pending += by);
const counted = (schedule) => (callback, ...rest) => {
  pending++;
  return schedule(noted(() => {
    pending--;
    callback();
  }), ...rest);
};
const isBusy = () => pending > 0 || process.getActiveResourcesInfo().some((resource) => resource === 'Timeout' || resource === 'Immediate');

/** A program that goes on for ever would keep all others waiting. */
const giveUp = (program) => {
  process.stderr.write(`Program ${programs.indexOf(program) + 1} of ${programs.length} has not come to rest after ${limit} ms. It logged ${JSON.stringify(lines.slice(0, 10))} and is:\n${program.slice(0, 2_000)}\n`, () => process.exit(1));
  return new Promise(() => undefined);
};

const logs = [];
for (const program of programs) {
  lines = [];
  const log = (line) => lines.push(line);
  const run = new Function('log', 'require', 'track', 'setTimeout', 'setImmediate', program);
  counted(setImmediate)(() => run(log, require, track, counted(setTimeout), counted(setImmediate)));
  const began = performance.now();
  do {
    await new Promise((resolve) => setImmediate(resolve));
    if (performance.now() - began > limit) await giveUp(program);
  } while (isBusy());
  await new Promise((resolve) => setImmediate(resolve));
  // Ends of channels are told of each other by the platform's own threads: nobody can count that.
  if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
  logs.push(lines);
}
// Ports that programs leave open would keep the process.
process.stdout.write(JSON.stringify(logs), () => process.exit(0));
