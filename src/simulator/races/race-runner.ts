import type { Assumption, RaceFile } from '../../model/index.js';
import { AgentWorld } from '../agents/world.js';
import type { AgentHost, SharedOp } from '../agents/index.js';
import { fileKind } from '../host/files/index.js';
import { databaseKind } from '../host/indexeddb/index.js';
import { postgresKind } from '../host/postgres/index.js';
import { redisKind } from '../host/redis/index.js';
import { agentKinds } from '../host/kinds.js';
import { SequentialSpecification, type Answer, type Asks, type Operation } from '../oracle/index.js';
import type { Subject } from '../runtime/runner.js';
import { render } from '../runtime/render.js';
import { AgentsRace } from './agents-race.js';
import { AgentTask } from './declared.js';
import { LiveRace } from './live-race.js';
import { ProgramHost } from './program-host.js';
import { RaceInstance } from './race-agent.js';
import type { RaceRunner } from './race-end.js';
import { returned, threw } from './recorded.js';

/** Calls of specifications after which the load that serves them is made anew, as its budget of steps wears out. */
const specifiedCalls = 500;

/**
 * Runs a scenario file. It is set up once to see what it asks for: with agents or shared memory its agents are tabulated; else its one
 * heap is alive, and each execution starts from the beginning.
 * @throws SubjectFailure if the file cannot be run: loading or set-up throws, or its default export is no scenario.
 */
export function createRaceRunner(race: RaceFile, subject: Subject): RaceRunner {
  const probe = new Probe(race, subject);
  const { plan, declared } = probe.instance;
  const { opaque } = probe.host;
  const asks: Asks = {
    dataRaces: true, serializable: plan!.isSerializable, placeOf: (site) => placeIn(race, site),
    ...(plan!.linearizable.size > 0 && { linearizable: Object.fromEntries([...plan!.linearizable.keys()].map((name) => [name, specification(name, race, subject)])) }),
    bypassBound: plan!.bypassBound, noninterference: declared!.noninterference, secrets: declared!.secrets.map((secret) => render(secret, opaque)),
  };
  const asked = new Map<string, Assumption>();
  const unmodelled = new Set<string>();
  const shared = { race: { ...race, assumptions: { ...race.assumptions, ...declared!.assume } }, subject, plan: plan!, asked, unmodelled };
  const machine = probe.needsAgents ? new AgentsRace(shared) : new LiveRace(shared);
  return { asks, secrets: asks.secrets!, asked, unmodelled, start: (secret = 0, isTraced = false) => machine.start(secret, isTraced) };
}

/** What the machines of a scenario file are made from. */
export interface RaceParts {
  readonly race: RaceFile;
  readonly subject: Subject;
  readonly plan: NonNullable<RaceInstance['plan']>;
  /** Filled as executions ask. */
  readonly asked: Map<string, Assumption>;
  readonly unmodelled: Set<string>;
}

/** Kinds that do not make agents of tasks. */
const ofMachine: ReadonlySet<string> = new Set([fileKind, redisKind, postgresKind, databaseKind]);

/** A set-up on a world of its own, to see what it makes. */
class Probe {
  readonly host: ProgramHost;
  readonly instance: RaceInstance;
  #sharesSomething = false;

  constructor(race: RaceFile, subject: Subject) {
    this.host = new ProgramHost(race, subject, 'main', new Set());
    this.instance = new RaceInstance('main', this.host, { kind: 'main' }, 0, this.#port());
    this.instance.start();
  }

  get needsAgents(): boolean {
    const isApart = [...this.instance.plan!.tasks.values()].some((task) => task instanceof AgentTask);
    return isApart || this.#sharesSomething || /\b(?:SharedArrayBuffer|Worker|child_process|navigator)\b/.test(this.host.program.code.slice(this.host.program.code.indexOf('{')));
  }

  #port(): AgentHost {
    const world = new AgentWorld({ memoryModel: 'sc', kinds: agentKinds });
    const counts = new Map<string, number>();
    return {
      agent: 'main', site: -1,
      perform: (op: SharedOp) => world.performAtOnce('main', op),
      identify: (kind) => {
        // A machine has files and what is reached from it, with agents and without.
        this.#sharesSomething ||= !ofMachine.has(kind);
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
        return `${kind} ${counts.get(kind)}`;
      },
      onInput: () => undefined,
    };
  }
}

/** The sequential object that a scenario names, asked in a load of its own. */
function specification(name: string, race: RaceFile, subject: Subject): SequentialSpecification {
  let probe: Probe | undefined;
  let calls = 0;
  return new SequentialSpecification((operations) => {
    if (calls > specifiedCalls) probe = undefined;
    if (probe === undefined) calls = 0;
    probe ??= new Probe(race, subject);
    calls += operations.length;
    return answered(operations, probe.instance.plan!.linearizable.get(name)!(), probe.host.opaque);
  });
}

function answered(operations: readonly Operation[], object: object, opaque: ProgramHost['opaque']): Answer {
  let result = '';
  for (const { method, args } of operations) {
    try {
      const callee = (object as Readonly<Record<string, unknown>>)[method];
      if (typeof callee !== 'function') throw new TypeError(`the specification has no method ${method}`);
      result = returned(Reflect.apply(callee, object, JSON.parse(args) as unknown[]), opaque);
    } catch (error) {
      result = threw(error, opaque);
    }
  }
  return { result };
}

function placeIn({ program }: RaceFile, site: number): string | undefined {
  const range = program.sites[site]?.range;
  return range && `${range.file}:${range.start.line}`;
}
