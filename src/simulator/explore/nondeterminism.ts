import type { Schedule } from '../../model/index.js';

/** The same events fired in the same order led to different choices: something that the simulator does not control takes part. */
export class NondeterminismError extends Error {
  readonly schedule: Schedule;
  readonly recorded: readonly string[];
  readonly observed: readonly string[];

  constructor(schedule: Schedule, recorded: readonly string[], observed: readonly string[]) {
    const past = schedule.events.length === 0 ? 'set-up' : `${schedule.events.length} events, the last of them ${shown(schedule.events.slice(-1).map(({ id }) => id))},`;
    super(
      `the program is not deterministic: after ${past} it could go on with [${shown(recorded)}] the first time, but with [${shown(observed)}] when the same events were replayed; ` +
        'look for state that outlives an execution, or for time, randomness or input that the simulator does not control',
    );
    this.name = 'NondeterminismError';
    this.schedule = schedule;
    this.recorded = recorded;
    this.observed = observed;
  }
}

/** A name grows with the past of its event; its end tells it apart. */
function shown(names: readonly string[]): string {
  const some = names.slice(0, 6).map((name) => (name.length <= 24 ? name : `…${name.slice(-23)}`));
  return [...some, ...(names.length > 6 ? ['…'] : [])].join(', ');
}

/** A schedule does not fit the program that it is replayed on. */
export class ScheduleError extends Error {
  /** Rank of the event that could not be fired. */
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.name = 'ScheduleError';
    this.at = at;
  }
}

/** An event touched something else than it had declared. */
export class FootprintError extends Error {
  constructor(id: string) {
    super(`the event "${id}" touches something else than it has declared; if that depends on what others do before it, it needs a \`footprintAt\``);
    this.name = 'FootprintError';
  }
}
