import type { Assertion } from './choose.js';
import type { Step, TestPlan } from './plan.js';
import type { Sheet } from './sheet.js';
import { isNothing } from './write-value.js';

const longestMessage = 60;

/** Starts the tasks and settles promises in the order of the witness, until all is over that comes to an end. */
export function writeAct(sheet: Sheet, { observer, isWaiting }: Assertion): void {
  const { w, plan: { tasks, steps } } = sheet;
  const isAtOnce = sheet.order === 'started-at-once';
  if (isAtOnce) startAll(sheet, observer.kind === 'finished');
  for (const step of steps.slice(isAtOnce ? tasks.length : 0)) writeStep(sheet, step);
  const names = tasks.map(({ name }) => name).join(', ');
  if (observer.kind === 'finished' && !isAtOnce) watchEnd(sheet, `Promise.all([${names}])`);
  if (observer.kind === 'finished') return;
  if (sheet.usesTimers && !steps.some((step) => step.kind === 'timer' && step.isInterval) && sheet.framework.allTimers !== undefined) w.say(sheet.framework.allTimers);
  if (!isWaiting) return;
  const needsResults = ['statuses', 'result', 'results'].includes(observer.kind);
  if (isAtOnce) w.say(needsResults ? 'const results = await calls' : 'await calls');
  else w.say(needsResults ? `const results = (await Promise.all([${names}])).flat()` : `await Promise.all([${names}])`);
}

/** For observations: every task's end is looked for, but none is waited for without end. */
export function writeObservedAct(sheet: Sheet): void {
  const { w, order, framework, plan: { tasks, steps } } = sheet;
  w.say('const ends = {}');
  w.line(`const watch = (name, run) => { ends[name] = { status: 'pending' }; let call; try { call = run(); } catch (error) { call = Promise.reject(error); } Promise.resolve(call).then((value) => { ends[name] = { status: 'fulfilled', value }; }, (reason) => { ends[name] = { status: 'rejected', reason }; }); };`);
  const start = (task: number): string => `watch(${JSON.stringify(tasks[task]!.name)}, () => ${sheet.call(tasks[task]!.call)})`;
  const imported = steps.some(({ kind }) => kind === 'import') && framework.importsSettled !== undefined ? ` ${framework.importsSettled};` : '';
  const rest = `for (let round = 0; round < 20 && Object.values(ends).some(({ status }) => status === 'pending'); round++) { await settled();${imported}${sheet.usesTimers ? ` ${framework.nextTimer(1000)};` : ''} }`;
  if (typeof order === 'string') {
    for (const [index, step] of steps.entries()) {
      if (step.kind !== 'start') writeStep(sheet, step);
      else {
        w.say(start(step.task));
        if (order === 'witness' || index === tasks.length - 1) w.say('await settled()');
      }
    }
    w.line(rest);
  } else for (const task of order) { w.say(start(task)); w.line(rest); }
  w.say(`const results = [${tasks.map(({ name }) => `ends.${name}`).join(', ')}]`);
}

/** Before anything else happens all tasks are started. */
export function canStartAtOnce({ tasks, steps }: TestPlan): boolean {
  return steps.slice(0, tasks.length).every(({ kind }) => kind === 'start');
}

function startAll(sheet: Sheet, isEndWatched: boolean): void {
  const { w, plan: { tasks, steps } } = sheet;
  const started = steps.slice(0, tasks.length).flatMap((step) => (step.kind === 'start' ? [sheet.call(tasks[step.task]!.call)] : []));
  const all = `Promise.allSettled([${started.join(', ')}])`;
  if (isEndWatched) return watchEnd(sheet, all);
  w.say(`const calls = ${all}`);
  w.say('await settled()');
}

function watchEnd({ w }: Sheet, all: string): void {
  w.say('let isOver = false');
  w.block(`void ${all}.then(() => {`, '})', () => w.say('isOver = true'));
  w.say('await settled()');
}

function writeStep(sheet: Sheet, step: Step): void {
  const { w, plan: { tasks } } = sheet;
  if (step.kind === 'start') w.say(`const ${tasks[step.task]!.name} = Promise.allSettled([${sheet.call(tasks[step.task]!.call)}])`);
  if (step.kind === 'settle' && step.isFailure === true) w.say(`${step.pending}.reject(new Error(${w.string(`${step.about.slice(0, longestMessage)} fails`)}))`);
  else if (step.kind === 'settle') w.say(`${step.pending}.resolve(${isNothing(step.value) ? '' : sheet.value(step.value)})`);
  if (step.kind === 'import' && sheet.framework.importsSettled !== undefined) w.say(sheet.framework.importsSettled);
  if (step.kind === 'timer') w.say(sheet.framework.nextTimer(step.milliseconds));
  w.say('await settled()');
}
