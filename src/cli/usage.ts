/** The user asked for something that cannot be done as asked; the message says what, and what to do instead. */
export class UsageError extends Error {}

const exitStatus = `Exit status: 0 nothing found, 1 findings, 2 bad usage or input.`;

export const help = {
  main: `Raceproof finds concurrency bugs in TypeScript and JavaScript, and proves each one.

Usage: raceproof <command> [options]

Commands
  check [PATH...]        find races in files and folders (default: this folder), and prove each
  simulate FILE:LINE     run the function at a line through its interleavings, and show the one that breaks it
  explain [RULE]         what a rule means, with an example; without RULE: the list of rules

Options
  -h, --help             this text; after a command: its own
  -v, --version          the version

${exitStatus}`,

  check: `Usage: raceproof check [PATH...] [options]

Finds races in the TypeScript and JavaScript below each PATH (default: .), and runs what it finds through its
interleavings: \`confirmed\` findings have a schedule that breaks the code; refuted ones are not shown.
Below a folder, node_modules, dist, dot folders, declarations (*.d.ts) and minified files are left out; a file that is named is always checked.

Options
  --format FORMAT        stylish (default) or json
  --no-prove             only find; nothing is run, nothing is confirmed
  --rule ID              check this rule only; may be given several times
  --jobs N               simulators that run at the same time (default: the number of processors, at most 4)
  --budget N             executions to spend on one finding at most
  --fail-on SEVERITY     exit 1 from this severity on: error, warning (default; confirmed findings) or information
  -h, --help             this text

${exitStatus}`,

  simulate: `Usage: raceproof simulate FILE:LINE [options]

Runs the finding or function at LINE through the interleavings of two overlapping calls, and shows the schedule that breaks it.
The code runs in a sandbox: it reaches no file, no network and no real clock.

Options
  --format FORMAT        text (default) or json
  --strategy NAME        optimal (default: every interleaving that matters, each once), naive (every interleaving),
                         pct or random (samples)
  --max-executions N     stop after N executions (default: 1000000)
  --stop-at-first        stop at the first wrong outcome
  --schedule FILE        replay the schedule in FILE instead: the output of --format json or --export json
  --export json          print the witness alone, to keep or to replay
  -h, --help             this text

${exitStatus}`,

  explain: `Usage: raceproof explain [RULE]

Prints the page of a rule: what it finds, why that is wrong, a racy and a correct example. Without RULE: the list of rules.

Options
  -h, --help             this text`,
} as const;

export type Command = Exclude<keyof typeof help, 'main'>;

export function isCommand(name: string): name is Command {
  return name !== 'main' && Object.hasOwn(help, name);
}
