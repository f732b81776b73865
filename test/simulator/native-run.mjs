// Runs programs natively, one after the other, and prints what each logged, as JSON. Programs come as a JSON array on standard input.
import { text } from 'node:stream/consumers';

const programs = JSON.parse(await text(process.stdin));
let lines = [];
process.on('unhandledRejection', (reason) => lines.push(`unhandled ${reason instanceof Error ? reason.name : typeof reason === 'number' ? reason : typeof reason}`));

/** Counts what is scheduled, so that the end of a program is known. */
let pending = 0;
const counted = (schedule) => (callback) => {
  pending++;
  schedule(() => {
    pending--;
    callback();
  });
};

const logs = [];
for (const program of programs) {
  lines = [];
  const log = (line) => lines.push(line);
  const run = new Function('log', 'setTimeout', 'setImmediate', program);
  counted(setImmediate)(() => run(log, counted(setTimeout), counted(setImmediate)));
  while (pending > 0) await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  logs.push(lines);
}
process.stdout.write(JSON.stringify(logs));
