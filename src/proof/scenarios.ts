import type { CompiledSubject } from '../language/index.js';
import { constructorParameters, functionParameters, memberParameters, methodParameters, numbersNear, parametersAt, wordsNear, type Parameter } from '../language/index.js';
import { pathKey, type ArgumentPlan, type EntryPoint, type Region, type Scenario, type ScenarioOracle, type SourceRange, type TaskPlan } from '../model/index.js';
import { choices, formatArguments, furtherChoices, planArguments, type Choice } from './arguments.js';
import { codeOf, fileScenarios } from './file-scenarios.js';
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
  /** It is about what a file holds; see `Scenario.files`. */
  readonly isOfFile?: boolean;
}

/** Overlapping pairs that are tried in all ways, likeliest first. */
const mostPairs = 4;
/** Of the others, those that are tried before anything is refuted; with more nothing is. */
const mostOtherPairs = 20;

/** A task is run at most this often before the overlap, less one. */
const mostRepetitions = 12;

type Pair = readonly [Callable, Callable];
type Scenarios = () => readonly Scenario[];

/** Scenarios in the order in which they should be tried. Each list is made when it is first asked for: most witnesses are in the first. */
export interface Candidates {
  /** Each pair in the likeliest way. */
  readonly likely: Scenarios;
  /** Each pair in that way with what may be left out given too. */
  readonly complete: Scenarios;
  /** The first pair after what else writes the place, or may prepare its object: `init()`, `connect()`, `add(…)`. */
  readonly prepared: Scenarios;
  /** Each pair in other ways; with the likeliest they are enough to refute a finding whose region they reach. */
  readonly plain: Scenarios;
  /** After the task has been run some times, with words of the file as strings, or with another method of the same object run before, which may fill what the region needs. */
  readonly further: Scenarios;
  /** The likely ones, where what set-up leaves empty may have been filled before, by whatever was run then. */
  readonly presuming: Scenarios;
  /** So the complete and the plain ones. */
  readonly presumingMore: Scenarios;
  /** As the plain ones, of pairs that are less likely: before they are explored nothing is refuted. */
  readonly others: Scenarios;
  /** There are more pairs than these. */
  readonly areSome: boolean;
}

/** Closed scenarios for the overlapping pairs. */
export function candidateScenarios(source: ScenarioSource): Candidates {
  const all = source.overlaps.flatMap((pair) => callable(pair, source.subject.module.file));
  const pairs = all.slice(0, mostPairs);
  const place = source.regions[0]?.acts[0] ?? pairs[0]?.[0].range;
  if (!place) return nothing;
  const { source: file } = source.subject.module;
  const plain = choices(numbersNear(file, place));
  const [first, ...others] = plain as [Choice, ...Choice[]];
  const parameters: KnownParameters = new Map();
  const made = (pair: Pair, choice: Choice, before: readonly Callable[] = []): Scenario => close(source, pair, choice, before, parameters);
  const filled = (): (readonly [Pair, Callable])[] => pairs.flatMap((pair) => fillers(source.overlaps, pair).map((filler) => [pair, filler] as const));
  const seen = new Set<string>();
  if (source.isOfFile === true) {
    const code = codeOf(source.subject, pairs.flat().map(({ range }) => range));
    return { ...nothing, likely: once(() => different(seen, fileScenarios((choice) => pairs.map((pair) => made(pair, choice)), numbersNear(file, place), code))), areSome: true };
  }
  // Who takes two locks that its caller names is kept waiting by who takes them the other way round.
  const crossing = source.oracle === 'stuck' ? pairs.slice(0, 1).map((pair) => made(pair, { ...first, isCrossed: true })) : [];
  const likely = once(() => different(seen, [...pairs.slice(0, 1).map((pair) => made(pair, first)), ...crossing, ...pairs.slice(1).map((pair) => made(pair, first))]));
  const complete = once(() => (likely(), different(seen, pairs.flatMap((pair) => [made(pair, { ...first, isComplete: true }), made(pair, { ...first, isComplete: true, isFull: true })]))));
  const simple = once(() => (complete(), different(seen, pairs.flatMap((pair) => others.map((choice) => made(pair, choice))))));
  const prepared = once(() => {
    const before = pairs.slice(0, 1).flatMap((pair) => [...fillers(source.overlaps, pair).map((filler) => [filler]), ...preparations(source.subject.module, pair, source.state ?? new Set())].map((steps) => [pair, steps] as const));
    // Where strings are keys, all may have to be the same.
    return different(seen, [first, { ...first, string: 'a' }].flatMap((choice) => before.map(([pair, steps]) => made(pair, choice, steps))));
  });
  const further = once(() => {
    const words = furtherChoices(wordsNear(file, place), numbersNear(file, place));
    prepared();
    return different(seen, [
      ...pairs.slice(0, 1).flatMap((pair) => repetitions(numbersNear(file, place)).map((count) => made(pair, first, Array<Callable>(count).fill(pair[0])))),
      // What the first has put away before, the second asks for.
      ...pairs.slice(0, 1).filter(([one, other]) => one.name !== other.name).map((pair) => made(pair, { ...first, string: 'a' }, [pair[0]])),
      ...pairs.flatMap((pair) => words.map((choice) => made(pair, choice))),
      ...filled().flatMap(([pair, filler]) => plain.map((choice) => made(pair, choice, [filler]))),
    ]);
  });
  return {
    likely, complete, prepared, plain: simple, further,
    presuming: once(() => likely().map(presuming)),
    presumingMore: once(() => [...complete(), ...simple()].map(presuming)),
    others: once(() => different(seen, all.slice(mostPairs, mostPairs + mostOtherPairs).flatMap((pair) => plain.map((choice) => made(pair, choice))))),
    areSome: all.length > mostPairs + mostOtherPairs,
  };
}

const none = (): readonly Scenario[] => [];
const nothing: Candidates = { likely: none, complete: none, prepared: none, plain: none, further: none, presuming: none, presumingMore: none, others: none, areSome: false };
const presuming = (scenario: Scenario): Scenario => ({ ...scenario, presumes: true });

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Choices that no parameter asks for make the same scenario again. */
function different(seen: Set<string>, scenarios: readonly Scenario[]): Scenario[] {
  return scenarios.filter(({ setup, prelude, tasks, files }) => {
    const key = JSON.stringify([setup, prelude, tasks, files]);
    return !seen.has(key) && seen.add(key);
  });
}

/**
 * A pair that can be started from the subject's file. A method that another file declares is started on the instance of the other task: classes of
 * two files meet where one extends the other.
 */
function callable(pair: readonly [EntryPoint, EntryPoint], file: string): Pair[] {
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

/** How often to run a task beforehand: once, since what is done to nothing (`balance * rate` of 0) tells nothing; and so that only one more fits, as a stock of 10 is down to its last piece after nine. */
function repetitions(numbers: readonly number[]): number[] {
  const limits = numbers.filter((value) => Number.isInteger(value) && value >= 2 && value <= mostRepetitions).map((value) => value - 1);
  return [...new Set([...limits.slice(0, 3), 1])];
}

/** What may be run before a pair to fill what it needs. */
function fillers(overlaps: ScenarioSource['overlaps'], pair: readonly [Callable, Callable]): Callable[] {
  const others = new Map<string, Callable>();
  for (const entry of overlaps.flat()) if (entry.path && entry.isPublic && entry.name !== pair[0].name) others.set(entry.name, entry as Callable);
  return [...others.values()].slice(0, 2);
}

/** What entry points take, by their places and names: asked once, for many scenarios. */
type KnownParameters = Map<string, readonly Parameter[]>;

function close({ subject: { module, program, moduleAt, findType }, regions, effects, oracle, landmarks, faults = false }: ScenarioSource, pair: Pair, choice: Choice, before: readonly Callable[], known: KnownParameters): Scenario {
  const once = (key: string, find: () => readonly Parameter[]): readonly Parameter[] => {
    let parameters = known.get(key);
    if (!parameters) known.set(key, (parameters = find()));
    return parameters;
  };
  const parametersOf = (range: SourceRange): readonly Parameter[] =>
    once(JSON.stringify(range), () => {
      const declared = moduleAt(range.file);
      return declared ? parametersAt(declared.source, range, findType) : [];
    });
  const task = (entry: Callable, id: string, rank: number): TaskPlan => {
    const args = planArguments(parametersOf(entry.range), choice, rank);
    return { id, name: `${shortName(entry.name)}(${formatArguments(args)})`, path: entry.path, arguments: args };
  };
  /** Of what the step before has led to. */
  const calledParameters = ({ root, steps }: Callable['path'], index: number): readonly Parameter[] => {
    const before = steps[index - 1];
    if (!before) return functionParameters(module.source, root, findType);
    if (before.kind === 'closure') return parametersOf(before.range);
    if (before.kind !== 'member') return [];
    const declared = methodParameters(module.source, root, before.name, findType);
    return declared.length > 0 ? declared : memberParameters(module.source, before.name, findType);
  };
  const setup: Record<string, readonly ArgumentPlan[]> = {};
  for (const { path } of [...pair, ...before]) {
    path.steps.forEach((step, index) => {
      if (step.kind !== 'construct' && step.kind !== 'call') return;
      const key = pathKey(path, index + 1);
      setup[key] = planArguments(once(key, () => (step.kind === 'construct' ? constructorParameters(module.source, path.root, findType) : calledParameters(path, index))), choice);
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
