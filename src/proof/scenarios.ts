import type { CompiledSubject } from '../language/index.js';
import { constructorParameters, functionParameters, memberParameters, methodParameters, numbersNear, parametersAt, wordsNear, type Parameter } from '../language/index.js';
import { pathKey, type ArgumentPlan, type EntryPoint, type Region, type Scenario, type ScenarioOracle, type SourceRange, type TaskPlan } from '../model/index.js';
import { choices, formatArguments, furtherChoices, planArguments, type Choice } from './arguments.js';
import { preparations } from './preparations.js';

export type Callable = EntryPoint & { readonly path: NonNullable<EntryPoint['path']> };

/** What scenarios are made from. */
export interface ScenarioSource {
  readonly subject: Pick<CompiledSubject, 'module' | 'moduleAt' | 'findType' | 'program'>;
  readonly regions: readonly Region[];
  readonly effects: Scenario['effects'];
  readonly overlaps: readonly (readonly [EntryPoint, EntryPoint])[];
  readonly oracle?: ScenarioOracle;
  /** See `Scenario.faults`. */
  readonly faults?: boolean;
  /** See `Scenario.landmarks`. */
  readonly landmarks?: readonly SourceRange[];
  /** See `Guide.state`. */
  readonly state?: ReadonlySet<string>;
}

/** Overlapping pairs that are tried in all ways, likeliest first. */
const mostPairs = 4;
/** Of the others, those that are tried before anything is refuted; with more nothing is. */
const mostOtherPairs = 20;

/** A task is run at most this often before the overlap, less one. */
const mostRepetitions = 12;

/** Scenarios in the order in which they should be tried. */
export interface Candidates {
  /** Each pair in the likeliest way. */
  readonly likely: readonly Scenario[];
  /** Each pair in that way with what may be left out given too. */
  readonly complete: readonly Scenario[];
  /** The first pair after what else writes the place, or may prepare its object: `init()`, `connect()`, `add(…)`. */
  readonly prepared: readonly Scenario[];
  /** Each pair in other ways; with the likeliest they are enough to refute a finding whose region they reach. */
  readonly plain: readonly Scenario[];
  /** After the task has been run some times, with words of the file as strings, or with another method of the same object run before, which may fill what the region needs. */
  readonly further: readonly Scenario[];
  /** The likely ones, then the plain ones, where what set-up leaves empty may have been filled before, by whatever was run then. */
  readonly presuming: readonly Scenario[];
  /** As the plain ones, of pairs that are less likely: before they are explored nothing is refuted. */
  readonly others: readonly Scenario[];
  /** There are more pairs than these. */
  readonly areSome: boolean;
}

/** Closed scenarios for the overlapping pairs. */
export function candidateScenarios(source: ScenarioSource): Candidates {
  const all = source.overlaps.flatMap((pair) => callable(pair, source.subject.module.file));
  const pairs = all.slice(0, mostPairs);
  const place = source.regions[0]?.acts[0] ?? pairs[0]?.[0].range;
  if (!place) return { likely: [], complete: [], prepared: [], plain: [], further: [], presuming: [], others: [], areSome: false };
  const { source: file } = source.subject.module;
  const plain = choices(numbersNear(file, place));
  const further = furtherChoices(wordsNear(file, place), numbersNear(file, place));
  const filled = pairs.flatMap((pair) => fillers(source.overlaps, pair).map((filler) => [pair, filler] as const));
  const seen = new Set<string>();
  const [first, ...others] = plain;
  const likely = different(seen, pairs.map((pair) => close(source, pair, first!, [])));
  const complete = different(seen, pairs.map((pair) => close(source, pair, { ...first!, isComplete: true }, [])));
  const simple = different(seen, pairs.flatMap((pair) => others.map((choice) => close(source, pair, choice, []))));
  const before = pairs.slice(0, 1).flatMap((pair) => [...fillers(source.overlaps, pair).map((filler) => [filler]), ...preparations(source.subject.module, pair, source.state ?? new Set())].map((steps) => [pair, steps] as const));
  // Where strings are keys, all may have to be the same.
  const prepared = [first!, { ...first!, string: 'a' }].flatMap((choice) => before.map(([pair, steps]) => close(source, pair, choice, steps)));
  return {
    likely,
    complete,
    prepared: different(seen, prepared),
    plain: simple,
    presuming: [...likely, ...complete, ...simple].map((scenario) => ({ ...scenario, presumes: true })),
    others: different(seen, all.slice(mostPairs, mostPairs + mostOtherPairs).flatMap((pair) => plain.map((choice) => close(source, pair, choice, [])))),
    areSome: all.length > mostPairs + mostOtherPairs,
    further: different(seen, [
      ...pairs.slice(0, 1).flatMap((pair) => repetitions(numbersNear(file, place)).map((count) => close(source, pair, plain[0]!, Array<Callable>(count).fill(pair[0])))),
      ...pairs.flatMap((pair) => further.map((choice) => close(source, pair, choice, []))),
      ...filled.flatMap(([pair, filler]) => plain.map((choice) => close(source, pair, choice, [filler]))),
    ]),
  };
}

/** Choices that no parameter asks for make the same scenario again. */
function different(seen: Set<string>, scenarios: readonly Scenario[]): Scenario[] {
  return scenarios.filter(({ setup, prelude, tasks }) => {
    const key = JSON.stringify([setup, prelude, tasks]);
    return !seen.has(key) && seen.add(key);
  });
}

/**
 * A pair that can be started from the subject's file. A method that another file declares is started on the instance of the other task: classes of
 * two files meet where one extends the other.
 */
function callable(pair: readonly [EntryPoint, EntryPoint], file: string): (readonly [Callable, Callable])[] {
  const home = pair.find(({ range, path }) => range.file === file && path?.steps[0]?.kind === 'construct')?.path?.root;
  const at = (entry: EntryPoint): Callable | undefined => {
    const { path } = entry;
    if (!path || entry.range.file === file) return path && { ...entry, path };
    return home !== undefined && path.steps[0]?.kind === 'construct' ? { ...entry, path: { ...path, root: home } } : undefined;
  };
  const [one, other] = pair.map(at);
  return one && other ? [[one, other]] : [];
}

/** All that scenarios of these overlaps start, but for what prepares an object. */
export function startedBy(overlaps: ScenarioSource['overlaps'], file: string): readonly Callable[] {
  const pairs = overlaps.flatMap((pair) => callable(pair, file)).slice(0, mostPairs);
  return pairs.flatMap((pair) => [...pair, ...fillers(overlaps, pair)]);
}

/** How often to run a task beforehand so that only one more fits: a stock of 10 is down to its last piece after nine. */
function repetitions(numbers: readonly number[]): number[] {
  return numbers.filter((value) => Number.isInteger(value) && value >= 2 && value <= mostRepetitions).map((value) => value - 1).slice(0, 3);
}

/** What may be run before a pair to fill what it needs. */
function fillers(overlaps: ScenarioSource['overlaps'], pair: readonly [Callable, Callable]): Callable[] {
  const others = new Map<string, Callable>();
  for (const entry of overlaps.flat()) if (entry.path && entry.isPublic && entry.name !== pair[0].name) others.set(entry.name, entry as Callable);
  return [...others.values()].slice(0, 2);
}

function close({ subject: { module, program, moduleAt, findType }, regions, effects, oracle, landmarks, faults = false }: ScenarioSource, pair: readonly [Callable, Callable], choice: Choice, before: readonly Callable[]): Scenario {
  const task = (entry: Callable, id: string, rank: number): TaskPlan => {
    const declared = moduleAt(entry.range.file);
    const args = declared ? planArguments(parametersAt(declared.source, entry.range, findType), choice, rank) : [];
    return { id, name: `${shortName(entry.name)}(${formatArguments(args)})`, path: entry.path, arguments: args };
  };
  /** Of what the step before has led to. */
  const calledParameters = ({ root, steps }: Callable['path'], index: number): readonly Parameter[] => {
    const before = steps[index - 1];
    if (!before) return functionParameters(module.source, root, findType);
    if (before.kind === 'member') {
      const declared = methodParameters(module.source, root, before.name, findType);
      return declared.length > 0 ? declared : memberParameters(module.source, before.name, findType);
    }
    const declared = before.kind === 'closure' ? moduleAt(before.range.file) : undefined;
    return declared && before.kind === 'closure' ? parametersAt(declared.source, before.range, findType) : [];
  };
  const setup: Record<string, readonly ArgumentPlan[]> = {};
  for (const { path } of [...pair, ...before]) {
    path.steps.forEach((step, index) => {
      const parameters = step.kind === 'construct' ? constructorParameters(module.source, path.root, findType) : step.kind === 'call' ? calledParameters(path, index) : undefined;
      if (parameters) setup[pathKey(path, index + 1)] = planArguments(parameters, choice);
    });
  }
  return {
    version: 1, program, setup, regions, effects, ...(oracle && { oracle }), ...(faults && { faults }), ...(landmarks && { landmarks }), assumptions: {}, seed: 1,
    prelude: before.map((entry, index) => task(entry, `before ${index + 1}`, 0)),
    // An order is one of what a single task does.
    tasks: oracle === 'order' ? [task(pair[0], 'first', 0)] : [task(pair[0], 'first', 0), task(pair[1], 'second', 1)],
  };
}

function shortName(name: string): string {
  return name.replace(/^.*[.#]/, '');
}
