import { failedExploration, RaceSession } from '../race.js';
import { exploreScenario, replaySchedule, studySchedule } from '../scenario.js';
import { createRealm, SubjectFailure, type Subject } from '../runtime/runner.js';
import type { Program, RaceExploration, RaceProgress, Scenario } from '../../model/index.js';
import { mergeParts } from '../race-part.js';
import { PartUnderWay, type Pace } from './part-under-way.js';
import { packExploration } from './packed-exploration.js';
import { packPart, unpackPart } from './packed-part.js';
import type { PartSignal, SentScenario, SimulatorRequest, SimulatorResponse } from './protocol.js';

/** Turns the text of a program into its function, in whatever keeps it from the outside. */
export type Evaluate = (code: string) => Subject;

type Settled = Exclude<SimulatorResponse, { readonly type: 'ready' | 'progress' }>;
type PartRequest = Extract<SimulatorRequest, { readonly type: 'explore-part' }>;
/** What scenarios are run in, one after the other. */
interface World {
  readonly evaluate: Evaluate;
  readonly realm: ReturnType<typeof createRealm>;
  /** With the program that it was sent with, or the last one that came. */
  readonly whole: (scenario: SentScenario) => Scenario;
}

type RaceRequest = Extract<SimulatorRequest, { readonly race: unknown }>;

/** Milliseconds between two reports of progress. */
const progressPeriod = 200;

/** Answers requests one at a time; `post` also tells how far an exploration is. Parts go at a pace that lets messages come in. */
export function createAnswerer(evaluateAnew: Evaluate, post: (response: SimulatorResponse) => void, pace: Pace): (request: SimulatorRequest | PartSignal) => void {
  const world: World = { evaluate: remembering(evaluateAnew), realm: createRealm(), whole: completing() };
  let session: RaceSession | undefined;
  /** Parts of one exploration share what was learnt of the file. */
  const sessionOf = (race: RaceRequest['race']): RaceSession => {
    if (session === undefined || !isSame(session.race, race)) session = new RaceSession(race, world.evaluate(race.program.code));
    return session;
  };
  let underWay: PartUnderWay | undefined;
  const explore = ({ id, race, exploration, subtree, options }: PartRequest, fail: (error: unknown) => void): void => {
    const onProgress = throttled<RaceProgress>((progress) => post({ type: 'progress', id, progress }));
    underWay = new PartUnderWay(sessionOf(race).partsOf(exploration), { pace, fail, explored: (end) => { underWay = undefined; post({ type: 'part-explored', id, ...end }); } });
    underWay.begin(subtree, options, onProgress);
  };
  return (request) => {
    if (request.type === 'stop-part') return underWay?.stop();
    const fail = (error: unknown): void => {
      session = underWay = undefined;
      // What cannot even be set up is an answer too.
      if ((request.type === 'explore-race' || request.type === 'split-race' || request.type === 'explore-part') && error instanceof SubjectFailure) post({ type: 'race-explored', id: request.id, exploration: packExploration(failedExploration(error.failure)) });
      else post({ type: 'failed', id: request.id, message: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
    };
    try {
      if (request.type === 'explore-part') explore(request, fail);
      else post(answer(request, world, sessionOf, post));
    } catch (error) {
      fail(error);
    }
  };
}

function answer(request: Exclude<SimulatorRequest, PartRequest>, { evaluate, realm, whole }: World, sessionOf: (race: RaceRequest['race']) => RaceSession, post: (response: SimulatorResponse) => void): Settled {
  const { id } = request;
  switch (request.type) {
    case 'explore': {
      const scenario = whole(request.scenario);
      return { type: 'explored', id, exploration: exploreScenario(scenario, evaluate(scenario.program.code), request.options, realm) };
    }
    case 'replay': {
      const scenario = whole(request.scenario);
      return { type: 'replayed', id, trace: replaySchedule(scenario, evaluate(scenario.program.code), request.schedule, realm) };
    }
    case 'study': {
      const scenario = whole(request.scenario);
      return { type: 'studied', id, uses: studySchedule(scenario, evaluate(scenario.program.code), request.schedule, realm) };
    }
    case 'explore-race': return { type: 'race-explored', id, exploration: packExploration(sessionOf(request.race).explore(request.options, throttled((progress) => post({ type: 'progress', id, progress })))) };
    case 'split-race': return { type: 'race-split', id, subtrees: sessionOf(request.race).split(request.parts) };
    case 'collect-parts': return { type: 'parts-collected', id, part: packPart(sessionOf(request.race).partsOf(request.exploration).found) };
    case 'conclude-race': return { type: 'race-explored', id, exploration: packExploration(concluded(request, sessionOf(request.race))) };
    case 'replay-race': return { type: 'race-replayed', id, replay: sessionOf(request.race).replay(request.schedule) };
  }
}

function concluded({ options, parts, exploration, limit }: Extract<RaceRequest, { readonly type: 'conclude-race' }>, session: RaceSession): RaceExploration {
  const own = exploration === undefined ? [] : [session.partsOf(exploration).found];
  return session.conclude(options, mergeParts([...own, ...parts.map(unpackPart)].map((part) => ({ ...(limit !== undefined && { limit }), ...part }))));
}

/** A finding is tried with one scenario after the other, all of one program. No execution leaves anything behind in it. */
function remembering(evaluate: Evaluate): Evaluate {
  let last: { readonly code: string; readonly subject: Subject } | undefined;
  return (code) => {
    if (last?.code !== code) last = { code, subject: evaluate(code) };
    return last.subject;
  };
}

function completing(): World['whole'] {
  let last: Program | undefined;
  return (scenario) => {
    last = scenario.program ?? last;
    if (last === undefined) throw new Error('a scenario came without a program');
    return { ...scenario, program: last };
  };
}

function isSame(a: RaceRequest['race'], b: RaceRequest['race']): boolean {
  return a.program.code === b.program.code && a.memoryModel === b.memoryModel && a.areTimersLate === b.areTimersLate && a.faults === b.faults && a.seed === b.seed && JSON.stringify([a.regions, a.assumptions]) === JSON.stringify([b.regions, b.assumptions]);
}

function throttled<T>(report: (value: T) => void): (value: T) => void {
  let last = 0;
  return (value) => {
    const now = performance.now();
    if (now - last < progressPeriod) return;
    last = now;
    report(value);
  };
}
