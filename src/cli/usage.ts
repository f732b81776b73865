/** The user asked for something that cannot be done as asked; the message says what, and what to do instead. */
export class UsageError extends Error {}

const exitStatus = `Exit status: 0 nothing found, 1 findings, 2 bad usage or input.`;

export const help = {
  main: `Raceproof finds concurrency bugs in TypeScript and JavaScript, and proves each one.

Usage: raceproof <command> [options]

Commands
  check [PATH...]        find races in files and folders (default: this folder), and prove each
  simulate FILE          run a scenario file, or FILE:LINE the function at a line, through its interleavings,
                         and show the one that breaks it
  test [GLOB...]         run every scenario file (*.race.ts) below this folder
  systems [NAME...]      run the textbook systems, and say whether each behaves as it should
  explain [RULE]         what a rule means, with an example; without RULE: the list of rules

Options
  -h, --help             this text; after a command: its own
  -v, --version          the version

${exitStatus}`,

  check: `Usage: raceproof check [PATH...] [options]

Finds races in the TypeScript and JavaScript below each PATH (default: .), and runs what it finds through its
interleavings: \`confirmed\` findings have a schedule that breaks the code; refuted ones are not shown.
Below a folder, node_modules, dist, dot folders, declarations (*.d.ts) and minified files are left out; a file that is named is always checked.
The nearest raceproof.config.json around each file says which rules are asked, and which files are left out.

Options
  --format FORMAT        stylish (default), json, sarif (2.1.0, for code scanning), github (annotations of a workflow run) or
                         markdown (for a comment, or the summary of a job)
  --fix                  apply to each confirmed finding the first fix that is proved: every interleaving of the changed code was
                         explored, none goes wrong, and one after the other the tasks end as before; then check again
  --export FRAMEWORK     write a test for each confirmed finding, where the project has its tests: vitest, jest, mocha, node, or
                         test (what the project uses). Each is run first, outside the sandbox; no file that is there is changed
  --no-prove             only find; nothing is run, nothing is confirmed
  --rule ID              check this rule only; may be given several times
  --changed              only files that differ from where this branch left the default one, and new ones
  --since COMMIT         only files that differ from where this branch left COMMIT, and new ones
  --jobs N               threads that read files, and simulators, that run at the same time (default: the number of processors, at most 4)
  --budget N             executions to spend on one finding at most
  --fail-on SEVERITY     exit 1 from this severity on: error, warning (default; confirmed findings) or information
  -h, --help             this text

${exitStatus}`,

  simulate: `Usage: raceproof simulate FILE:LINE [options]
       raceproof simulate FILE.race.ts [options]

Runs the finding or function at LINE through the interleavings of two overlapping calls, or a scenario file through those of its
tasks, and shows the schedule that breaks it. The code runs in a sandbox: it reaches no file, no network and no real clock.

Options
  --format FORMAT        text (default) or json
  --strategy NAME        optimal (default: every interleaving that matters, each once), naive (every interleaving),
                         pct or random (samples)
  --max-executions N     stop after N executions (default: 1000000; 10000 samples)
  --stop-at-first        stop at the first wrong outcome
  --schedule FILE        replay the schedule in FILE instead: the output of --format json or --export json
  --faults               calls of what lies outside may also fail, each once in an execution
  --export FORMAT        print the witness alone: json (to keep, or to replay), svg (a picture), mermaid (a sequence diagram);
                         or a test that forces it, without Raceproof: vitest, jest, mocha, node, or test (what the project
                         uses).
                         A test is run first, in Node and outside the sandbox: it has to fail on the code as it is
                         With race: a scenario file to go on with, also where there is no witness
  -h, --help             this text

For scenario files
  --memory-model MODEL   sc (default): plain accesses take effect at once; tso: writes wait in a store buffer, as on x86
  --preemption-bound K   only schedules with at most K switches away from a task that could go on
  --seed N               seed of pct and random
  --late-timers          timers may fire later than others that are due later
  --max-seconds N        stop after N seconds (default: 600)
  --jobs N               workers that share the work (default: half the processors, at most 4)

${exitStatus}`,

  test: `Usage: raceproof test [GLOB...] [options]

Explores every scenario file (*.race.ts) below this folder, or those that the paths and patterns name, and says which have a witness.

Options
  --format FORMAT        text (default) or json
  --memory-model MODEL   sc (default) or tso
  --preemption-bound K   only schedules with at most K switches away from a task that could go on
  --late-timers          timers may fire later than others that are due later
  --faults               calls of what lies outside may also fail, each once in an execution
  --max-executions N     executions to spend on one file at most (default: 1000000)
  --max-seconds N        seconds to spend on one file at most (default: 600)
  --jobs N               workers that share the work on one file (default: half the processors, at most 4)
  -h, --help             this text

${exitStatus}`,

  systems: `Usage: raceproof systems [NAME...] [options]

Runs the textbook systems that come with Raceproof, each variant through every interleaving that matters, and says whether it is
judged as expected: the broken ones go wrong, the sound ones cannot. A NAME is a family (exclusion), a system (peterson or
exclusion/peterson), a variant of it (peterson:broken) or a pattern ('dining-philosophers/*:sound*'). Default: all of them.

Options
  --list                 what there is, by family; nothing is run
  --format FORMAT        text (default) or json
  --jobs N               simulators that run at the same time (default: the number of processors, at most 4)
  -h, --help             this text

Exit status: 0 everything is as expected, 1 something is not, 2 bad usage or input.`,

  explain: `Usage: raceproof explain [RULE]

Prints the page of a rule: what it finds, why that is wrong, a racy and a correct example. Without RULE: the list of rules.

Options
  -h, --help             this text`,
} as const;

export type Command = Exclude<keyof typeof help, 'main'>;

export function isCommand(name: string): name is Command {
  return name !== 'main' && Object.hasOwn(help, name);
}
