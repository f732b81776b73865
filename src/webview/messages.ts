import type { HostMessage, PageMessage, ShowMessage } from './protocol.js';
import { count, flag, list, number, object, oneOf, optional, pair, record, tagged, text, type Shape } from './shape.js';

/** A message that is not of the protocol; the text says where it departs from it. */
export class MalformedMessage extends Error {
  override readonly name = 'MalformedMessage';
}

/** Throws `MalformedMessage`. */
export function parseHostMessage(message: unknown): HostMessage {
  return parse<HostMessage>(message, hostMessage);
}

/** Throws `MalformedMessage`. */
export function parsePageMessage(message: unknown): PageMessage {
  return parse<PageMessage>(message, pageMessage);
}

export function isShowMessage(value: unknown): value is ShowMessage {
  return showMessage(value, 'state') === undefined && (value as ShowMessage).type === 'show';
}

function parse<T>(message: unknown, shape: Shape): T {
  const misfit = shape(message, 'message');
  if (misfit) throw new MalformedMessage(`${misfit.path} should be ${misfit.expected}.`);
  return message as T;
}

const position = object({ line: count, column: count });
const range = object({ file: text, start: position, end: position });
const outcome = object({ state: record(text), results: record(text), effects: record(number) });
const assumption = object({ text, condition: text, value: flag });
const schedule = object({ version: oneOf(1), events: list(object({ id: text, task: text, label: text })) });

const step = object({
  file: text,
  start: position,
  end: position,
  index: count,
  turn: count,
  task: text,
  kind: oneOf('start', 'read', 'write', 'update', 'call', 'suspend', 'resume', 'return', 'throw', 'acquire', 'release', 'wait', 'wake', 'notify', 'send', 'receive', 'spawn', 'flush', 'observe'),
  text,
  location: optional(text),
  before: optional(text),
  after: optional(text),
  locks: list(text),
  cause: optional(count),
});

/** References inside a trace lead somewhere: tasks are known, steps are numbered from 0, the conflict names two of them. */
const isWhole: Shape = (value, path) => {
  const { tasks, steps, conflict } = value as { tasks: readonly { id: string }[]; steps: readonly { index: number; task: string }[]; conflict?: readonly number[] };
  const ids = new Set(tasks.map(({ id }) => id));
  const misplaced = steps.findIndex(({ index, task }, at) => index !== at || !ids.has(task));
  if (misplaced >= 0) return { path: `${path}.steps[${misplaced}]`, expected: `step ${misplaced} of a known task` };
  if (conflict?.some((index) => index >= steps.length)) return { path: `${path}.conflict`, expected: 'two of the steps' };
  return undefined;
};

const traceFields = object({
  tasks: list(object({ id: text, name: text, agent: text })),
  steps: list(step),
  conflict: optional(pair(count)),
  outcome,
});
/** A trace whose references all lead somewhere. */
export const traceShape: Shape = (value, path) => traceFields(value, path) ?? isWhole(value, path);

const proof = object({
  verdict: oneOf('confirmed', 'refuted', 'bounded', 'unproven'),
  reason: text,
  exhaustive: flag,
  executions: count,
  wrong: count,
  transitions: count,
  outcomes: list(object({ outcome, count, expected: flag })),
  witness: optional(object({ schedule, switches: count, assumptions: list(assumption), outcome, expectedOutcomes: list(outcome), trace: traceShape })),
});

/** The page only hands a scenario on to the simulator, which reads it for itself. */
const scenario = object({ version: oneOf(1), program: object({ version: oneOf(1), code: text, file: text }), tasks: list(object({ id: text, name: text })) });

const subject = object({ name: text, range, rule: optional(text), location: optional(text), message: optional(text) });
const showMessage = object({ id: text, subject, proof, sources: list(object({ file: text, text })), scenario: optional(scenario) });

const destination: Shape = (value, path) => (typeof value === 'string' ? oneOf('first', 'back', 'forward', 'last', 'collision') : object({ index: count }))(value, path);

const hostMessage = tagged({
  show: showMessage,
  busy: object({ name: text, note: optional(text) }),
  idle: object({}),
  failed: object({ message: text, advice: optional(text) }),
  stale: object({ stale: flag }),
  go: object({ to: destination }),
  engine: object({ text }),
  'no-engine': object({ reason: text }),
});

const pageMessage = tagged({
  ready: object({}),
  select: object({ step: count, range, label: text, partner: optional(range) }),
  open: object({ range }),
  again: object({}),
  'write-test': object({}),
  cancel: object({}),
  engine: object({}),
  error: object({ message: text, stack: optional(text) }),
});
