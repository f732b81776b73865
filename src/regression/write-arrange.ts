import { loadingName } from './choose.js';
import type { Later, Stub, StubCall, Value } from './plan.js';
import { givesNothing, type Sheet } from './sheet.js';
import { importSubjectLate } from './write-head.js';
import { isNothing } from './write-value.js';

/** What has to be there before the tasks start: promises, stubs that know their answers, objects, what runs before. */
export function writeArrange(sheet: Sheet): void {
  const { w, framework, named, plan: { stubs, globals, environment, objects, assignments, prelude, observers } } = sheet;
  if (sheet.usesTimers) w.say(framework.useTimers(w));
  const told = stubs.filter((stub) => named.has(stub));
  if (sheet.isForced) {
    const typed = (type: string): string => (w.style.isTypeScript ? `<${type}>` : '');
    for (const { pending, value } of told.flatMap(({ calls }) => calls)) if (pending !== undefined) w.say(`const ${pending} = deferred${isNothing(value) ? '' : typed('unknown')}()`);
    for (const turn of told.flatMap(({ later }) => later?.turns ?? [])) if (turn !== undefined) w.say(`const ${turn} = deferred${typed('unknown[]')}()`);
  }
  for (const stub of told) tell(sheet, stub);
  for (const [name, value] of environment) w.say(framework.name === 'vitest' ? `vi.stubEnv(${w.string(name)}, ${sheet.value(value)})` : `process.env.${name} = ${sheet.value(value)}`);
  for (const [name, value] of globals) w.say(framework.name === 'vitest' ? `vi.stubGlobal(${w.string(name)}, ${sheet.value(value)})` : setGlobal(sheet, name, value));
  if (sheet.importsLate) importSubjectLate(sheet);
  if (sheet.importsLate && !sheet.isKept) w.say(`seen.${loadingName} = { kind: 'literal', value: ${[...sheet.hoisted].map((stub) => `${framework.callCount(sheet.nameOf(stub))} > 0`).join(' || ') || 'false'} }`);
  for (const { name, call, isAwaited } of objects) w.say(`const ${name} = ${isAwaited ? 'await ' : ''}${sheet.call(call)}`);
  // Where it is the end of a call that is looked at, what runs before may fail as the tasks do: a place of several is taken, and not given back, each time.
  const mayFail = observers.some(({ kind }) => kind === 'finished');
  for (const call of prelude) w.say(mayFail ? `await Promise.allSettled([${sheet.call(call)}])` : `await ${sheet.call(call)}`);
  for (const { target, value } of assignments) w.say(`${target} = ${sheet.argument(value)}`);
}

function setGlobal(sheet: Sheet, name: string, value: Value): string {
  return sheet.w.style.isTypeScript ? `Object.assign(globalThis, ${sheet.value({ kind: 'object', entries: [[name, value]] })})` : `globalThis.${name} = ${sheet.value(value)}`;
}

/** Tells a stub what to give. */
function tell(sheet: Sheet, stub: Stub): void {
  const { w, framework } = sheet;
  const name = sheet.nameOf(stub);
  const isHoisted = sheet.hoisted.has(stub);
  const wrap = (text: string): string => (sheet.watched.has(stub) ? `watched(${text})` : text);
  const play = playOf(sheet, stub);
  if (play !== undefined) return w.say(isHoisted ? `${name}.${framework.isTold === 'by-function' ? 'mock.' : ''}mockImplementation(${play})` : `const ${name} = ${stub.callback ? made(sheet, play) : wrap(made(sheet, play))}`);
  const chain = chainOf(sheet, stub);
  if (!isHoisted) w.say(`const ${name} = ${wrap(`${framework.stub(w.style)}${chain}`)}`);
  else if (chain !== '') w.say(`${name}${chain}`);
}

function made({ framework, w: { style } }: Sheet, play: string): string {
  return framework.stub(style).replace(/\(\)$/, `(${play})`);
}

/** The function that a stub is made with, if one says what it gives. */
function playOf(sheet: Sheet, stub: Stub): string | undefined {
  if (stub.callback) return sheet.callback(stub);
  if (typeof sheet.order !== 'string') return serialAnswers(sheet, stub, sheet.order);
  if (stub.later) return callingBack(sheet, stub, stub.later);
  return sheet.framework.isTold === 'by-methods' ? undefined : inTurn(sheet, stub);
}

function inTurn(sheet: Sheet, stub: Stub): string {
  return `inTurn(${answersOf(sheet, stub).map(({ text, isReady }) => (stub.isPromise && isReady ? `Promise.resolve(${text === 'undefined' ? '' : text})` : text)).join(', ')})`;
}

/** Calls that come late, as on cured code, find that it was their turn; those beyond the witness have it at once. */
function callingBack(sheet: Sheet, stub: Stub, { position, turns, given }: Later): string {
  const each = [...turns.map((turn) => (turn === undefined ? 'undefined' : `${turn}.promise`)), `Promise.resolve([${given.map((value) => sheet.value(value)).join(', ')}])`];
  return `callingBack(${position}, [${each.join(', ')}]${givesNothing(stub) ? '' : `, ${inTurn(sheet, stub)}`})`;
}

/** `.mockReturnValueOnce(…).mockResolvedValue(…)`. */
function chainOf(sheet: Sheet, stub: Stub): string {
  const answers = answersOf(sheet, stub);
  const told = answers.map(({ text, isReady }, index) => {
    const method = stub.isPromise && isReady ? 'mockResolvedValue' : 'mockReturnValue';
    return `.${method}${index === answers.length - 1 ? '' : 'Once'}(${text})`;
  }).filter((text) => text !== '.mockReturnValue(undefined)');
  const { indent } = sheet.w.style;
  return told.length > 1 ? told.map((text) => `\n${indent}${text.replaceAll('\n', `\n${indent}`)}`).join('') : told.join('');
}

/** In a serial order other calls may be made: known ones have their answers, others the next. */
function serialAnswers(sheet: Sheet, stub: Stub, tasks: readonly number[]): string {
  const order = tasks.map((task) => sheet.plan.tasks[task]!.name);
  const known = [...stub.others, ...stub.calls].flatMap(({ key, value }) => (key === undefined ? [] : [`${JSON.stringify(key)}: () => (${sheet.value(value)})`]));
  const next = inSerialOrder(stub.calls, order).flatMap(({ key, value }) => (key === undefined ? [`() => (${sheet.value(value)})`] : []));
  const later = stub.later ? `, { position: ${stub.later.position}, given: () => [${stub.later.given.map((value) => sheet.value(value)).join(', ')}] }` : '';
  return `answering(${JSON.stringify(stub.name)}, ${stub.isPromise}, { ${known.join(', ')} }, [${next.join(', ')}], () => (${sheet.value(stub.fallback)})${later})`;
}

/** Answers by task: of the task that comes first, then of the next. What set-up has asked for comes before. */
function inSerialOrder(calls: readonly StubCall[], order: readonly string[]): StubCall[] {
  return [...calls.filter(({ task }) => !order.includes(task)), ...order.flatMap((name) => calls.filter(({ task }) => task === name))];
}

/** What a stub gives, call after call; the last for all further calls. */
function answersOf(sheet: Sheet, { calls, fallback }: Stub): { readonly text: string; readonly isReady: boolean }[] {
  const each = calls.map(({ pending, value }) => (pending !== undefined ? { text: `${pending}.promise`, isReady: false } : { text: sheet.value(value), isReady: true }));
  const last = { text: sheet.value(fallback), isReady: true };
  while (each.length > 0 && each.at(-1)!.isReady && each.at(-1)!.text === last.text) each.pop();
  return [...each, last];
}
