import { frameworks, imported, specifierOf, type Framework, type FrameworkName } from './frameworks.js';
import type { Call, Observer, Step, Stub, StubCall, TestPlan, Value } from './plan.js';
import type { Style } from './style.js';
import { writeArgument, writeValue } from './write-value.js';
import { Writer } from './writer.js';

/** What a test says in the end: `expected` holds all that is right. */
export interface Assertion {
  readonly observer: Observer;
  readonly expected: readonly Value[];
  /** Tasks that are not waited for, since they may never end. */
  readonly isWaiting: boolean;
}

/** In which order the tasks run. A serial one lets everything from outside answer at once. */
export type Order = 'witness' | readonly number[];

export interface Rendering {
  readonly plan: TestPlan;
  readonly framework: FrameworkName;
  readonly style: Style;
}

/** The test that is kept. */
export function renderTest(rendering: Rendering, assertion: Assertion): string {
  return new Renderer(rendering, 'witness', assertion.observer).test(assertion);
}

/** A test that says nothing but writes what it has seen to `output`, as JSON. */
export function renderObservation(rendering: Rendering, order: Order, output: string): string {
  return new Renderer(rendering, order, undefined).observation(output);
}

class Renderer {
  readonly #plan: TestPlan;
  readonly #framework: Framework;
  readonly #w: Writer;
  readonly #order: Order;
  /** Stubs that have a variable; others are written where they are used. */
  readonly #named: ReadonlySet<Stub>;
  readonly #hoisted: ReadonlySet<Stub>;
  readonly #watched: ReadonlySet<Stub>;
  readonly #usesTimers: boolean;
  /** It is the test that is kept, not an observation. */
  readonly #isKept: boolean;

  constructor({ plan, framework, style }: Rendering, order: Order, observer: Observer | undefined) {
    this.#plan = plan;
    this.#framework = frameworks[framework];
    this.#w = new Writer(style);
    this.#order = order;
    const looked = (observer ? [observer] : plan.observers).flatMap((one) => (one.kind === 'calls' || one.kind === 'arguments' || one.kind === 'most' ? [one.stub] : []));
    this.#watched = new Set(plan.stubs.filter((stub) => (observer ? observer.kind === 'most' && observer.stub === stub : stub.isWatched)));
    this.#named = new Set(plan.stubs.filter((stub) => looked.includes(stub) || stub.calls.some(({ pending }) => pending !== undefined) || new Set(stub.calls.map(({ value }) => value)).size > 1));
    this.#hoisted = new Set([...plan.modules.flatMap(({ entries }) => entries.map(([, value]) => value))].flatMap((value) => stubsIn(value, this.#named)));
    this.#isKept = observer !== undefined;
    this.#usesTimers = plan.steps.some(({ kind }) => kind === 'timer');
  }

  test(assertion: Assertion): string {
    this.#head(assertion);
    const w = this.#w;
    w.line(comment(this.#plan.story));
    w.block(`${w.style.word}(${w.string(this.#plan.title)}, async () => {`, '})', () => {
      this.#arrange();
      w.gap();
      this.#act(assertion);
      w.gap();
      this.#assert(assertion);
    });
    return w.text;
  }

  observation(output: string): string {
    const w = this.#w;
    this.#head(undefined);
    w.say(imported(w, '{ writeFileSync }', 'node:fs'));
    w.line(shown);
    w.block(`${w.style.word}('observes', async () => {`, '})', () => {
      w.say('const seen = {}');
      this.#arrange();
      this.#actSerially();
      for (const [index, observer] of this.#plan.observers.entries()) w.line(`try { seen[${index}] = shown(${this.#reading(observer)}); } catch (error) { seen[${index}] = { kind: 'error' }; }`);
      w.say(`writeFileSync(${JSON.stringify(output)}, JSON.stringify(seen))`);
    });
    return w.text;
  }

  // What comes before the test

  #head(assertion: Assertion | undefined): void {
    const w = this.#w;
    const { globals } = this.#plan;
    for (const line of this.#framework.imports(w, { stubs: this.#named.size > 0 || this.#usesTimers || globals.length > 0 || this.#plan.modules.length > 0, afterEach: this.#cleanUp().length > 0 })) w.say(line);
    if (this.#isMocking('jest')) this.#hoistJest();
    if (this.#isMocking('node')) this.#replaceModules();
    this.#importSubject();
    if (this.#isMocking('vitest')) this.#hoistVitest();
    w.gap();
    const isWitness = this.#order === 'witness';
    if (isWitness && this.#plan.stubs.some(({ calls }) => calls.some(({ pending }) => pending !== undefined))) w.line(this.#deferred());
    if (this.#framework.isTold === 'by-function' && this.#named.size > 0) w.line(this.#inTurn());
    if (this.#watched.size > 0) w.line(this.#watchedText());
    w.line('/** Lets everything run that waits for nothing from outside. */');
    w.say('const settled = () => new Promise((resolve) => setImmediate(resolve))');
    w.gap();
    const cleanUp = this.#cleanUp();
    if (cleanUp.length > 0) {
      w.block('afterEach(() => {', '})', () => cleanUp.forEach((line) => w.say(line)));
      w.gap();
    }
    void assertion;
  }

  #isMocking(name: FrameworkName): boolean {
    return this.#plan.modules.length > 0 && this.#framework.name === name;
  }

  #cleanUp(): string[] {
    const { globals } = this.#plan;
    const forget = this.#framework.name === 'vitest' ? (globals.length > 0 ? ['vi.unstubAllGlobals()'] : []) : globals.map(([name]) => `delete globalThis.${name}`);
    return [...forget, ...(this.#usesTimers ? [this.#framework.realTimers] : [])];
  }

  #importSubject(): void {
    const w = this.#w;
    const { imports, file } = this.#plan;
    const path = specifierOf(file, w.style);
    const whole = imports.find(({ exported }) => exported === 'default' || exported === 'module');
    const named = imports.filter((one) => one !== whole).map(({ local, exported }) => (local === exported ? local : `${exported} as ${local}`));
    const wholeName = whole && (whole.local === 'default' ? 'subject' : whole.local);
    const isDefaultOfModule = whole?.exported === 'default';
    if (w.style.isModule) w.say(`import ${[...(wholeName !== undefined ? [wholeName] : []), ...(named.length > 0 ? [`{ ${named.join(', ')} }`] : [])].join(', ')} from ${w.string(path)}`);
    else {
      if (wholeName !== undefined) w.say(`const ${wholeName} = require(${w.string(path)})${isDefaultOfModule ? '.default' : ''}`);
      if (named.length > 0) w.say(`const { ${named.join(', ').replaceAll(' as ', ': ')} } = require(${w.string(path)})`);
    }
  }

  #hoistVitest(): void {
    const w = this.#w;
    w.gap();
    if (this.#hoisted.size > 0) w.say(`const { ${[...this.#hoisted].map(({ name }) => name).join(', ')} } = vi.hoisted(() => ({ ${[...this.#hoisted].map(({ name }) => `${name}: vi.fn()`).join(', ')} }))`);
    for (const { specifier, entries } of this.#plan.modules) w.say(`vi.mock(${w.string(specifier)}, () => (${this.#value({ kind: 'object', entries })}))`);
  }

  /** What a factory of jest's may name begins with `mock`. */
  #hoistJest(): void {
    const w = this.#w;
    w.gap();
    for (const { name } of this.#hoisted) w.say(`const ${mockName(name)} = jest.fn()`);
    for (const { specifier, entries } of this.#plan.modules) {
      const text = this.#value({ kind: 'object', entries }, (stub) => (this.#hoisted.has(stub) ? `(...args) => ${mockName(stub.name)}(...args)` : this.#inPlace(stub)));
      w.say(`jest.mock(${w.string(specifier)}, () => (${entries.some(([name]) => name === 'default') ? text.replace('{', '{ __esModule: true,') : text}))`);
    }
    w.gap();
  }

  /** CommonJS finds in its cache what it would load. */
  #replaceModules(): void {
    const w = this.#w;
    w.gap();
    for (const stub of this.#hoisted) w.say(`const ${stub.name} = mock.fn()`);
    for (const { specifier, entries } of this.#plan.modules) {
      const whole = entries.find(([name]) => name === 'default');
      w.say(`require.cache[require.resolve(${w.string(specifier)})] = { loaded: true, exports: ${whole && entries.length === 1 ? this.#value(whole[1]) : this.#value({ kind: 'object', entries })} }`);
    }
    w.gap();
  }

  #deferred(): string {
    const { style: { semicolons, indent, isTypeScript } } = this.#w;
    const end = semicolons ? ';' : '';
    return [
      '/** A promise that the test settles when its turn has come. */',
      `function deferred${isTypeScript ? '<T = void>' : ''}() {`,
      isTypeScript ? `${indent}let resolve!: (value: T) => void${end}` : `${indent}let resolve${end}`,
      `${indent}const promise = new Promise${isTypeScript ? '<T>' : ''}((settle) => {`,
      `${indent}${indent}resolve = settle${end}`,
      `${indent}})${end}`,
      `${indent}return { promise, resolve }${end}`,
      '}', '',
    ].join('\n');
  }

  #inTurn(): string {
    const { style: { semicolons, indent, isTypeScript } } = this.#w;
    const end = semicolons ? ';' : '';
    return [
      '/** Gives one value after the other, and the last one ever after. */',
      `function inTurn(...values${isTypeScript ? ': unknown[]' : ''}) {`,
      `${indent}return () => (values.length > 1 ? values.shift() : values[0])${end}`,
      '}', '',
    ].join('\n');
  }

  #watchedText(): string {
    const { style: { semicolons, indent, isTypeScript } } = this.#w;
    const end = semicolons ? ';' : '';
    const any = isTypeScript ? ': unknown[]' : '';
    return [
      '/** Counts how many calls are under way at most. */',
      `function watched(run${isTypeScript ? ': (...args: unknown[]) => unknown' : ''}) {`,
      `${indent}let now = 0${end}`,
      `${indent}const watch = Object.assign(`,
      `${indent}${indent}async (...args${any}) => {`,
      `${indent}${indent}${indent}watch.most = Math.max(watch.most, ++now)${end}`,
      `${indent}${indent}${indent}await run(...args)${end}`,
      `${indent}${indent}${indent}now--${end}`,
      `${indent}${indent}},`,
      `${indent}${indent}{ most: 0 },`,
      `${indent})${end}`,
      `${indent}return watch${end}`,
      '}', '',
    ].join('\n');
  }

  // Arrange

  #arrange(): void {
    const w = this.#w;
    const { stubs, globals, objects, assignments, prelude } = this.#plan;
    if (this.#usesTimers) w.say(this.#framework.useTimers(w));
    const named = stubs.filter((stub) => this.#named.has(stub));
    if (this.#order === 'witness') {
      for (const { pending, value } of named.flatMap(({ calls }) => calls)) if (pending !== undefined) w.say(`const ${pending} = deferred${w.style.isTypeScript && !isNothing(value) ? '<unknown>' : ''}()`);
    }
    for (const stub of named) this.#tell(stub);
    for (const [name, value] of globals) w.say(this.#framework.name === 'vitest' ? `vi.stubGlobal(${w.string(name)}, ${this.#value(value)})` : `${w.style.isTypeScript ? '(globalThis as Record<string, unknown>)' : 'globalThis'}.${name} = ${this.#value(value)}`);
    for (const { name, call, isAwaited } of objects) w.say(`const ${name} = ${isAwaited ? 'await ' : ''}${this.#call(call)}`);
    for (const call of prelude) w.say(`await ${this.#call(call)}`);
    for (const { target, value } of assignments) w.say(`${target} = ${writeArgument(w, value, this.#stub)}`);
  }

  #tell(stub: Stub): void {
    const w = this.#w;
    const answers = this.#answers(stub);
    const isHoisted = this.#hoisted.has(stub);
    const isJest = isHoisted && this.#framework.name === 'jest';
    const name = isJest ? mockName(stub.name) : stub.name;
    const wrap = (text: string): string => (this.#watched.has(stub) ? `watched(${text})` : text);
    if (this.#order !== 'witness' && !stub.callback) {
      const play = this.#serialAnswers(stub);
      const made = this.#framework.stub.replace('()', `(${play})`);
      return w.say(isHoisted ? `${name}.${this.#framework.name === 'node' ? 'mock.' : ''}mockImplementation(${play})` : `const ${name} = ${wrap(made)}`);
    }
    if (this.#framework.isTold === 'by-function') {
      const play = stub.callback ? this.#callback(stub) : `inTurn(${answers.map(({ text, isReady }) => (stub.isPromise && isReady ? `Promise.resolve(${text === 'undefined' ? '' : text})` : text)).join(', ')})`;
      return w.say(isHoisted ? `${name}.mock.mockImplementation(${play})` : `const ${name} = ${wrap(`mock.fn(${play})`)}`);
    }
    if (stub.callback) return w.say(isHoisted ? `${name}.mockImplementation(${this.#callback(stub)})` : `const ${name} = ${this.#framework.stub.replace('()', `(${this.#callback(stub)})`)}`);
    const told = answers.map(({ text, isReady }, index) => {
      const isLast = index === answers.length - 1;
      const method = stub.isPromise && isReady ? 'mockResolvedValue' : 'mockReturnValue';
      return `.${method}${isLast ? '' : 'Once'}(${text})`;
    }).filter((text) => text !== '.mockReturnValue(undefined)');
    const chain = told.length > 1 ? told.map((text) => `\n${w.style.indent}${text}`).join('') : told.join('');
    if (isHoisted) return chain === '' ? undefined : w.say(`${name}${chain}`);
    w.say(`const ${name} = ${wrap(`${this.#framework.stub}${chain}`)}`);
  }

  /** In a serial order other calls may be made: known ones have their answers, others the next. */
  #serialAnswers(stub: Stub): string {
    const order = (this.#order as readonly number[]).map((task) => this.#plan.tasks[task]!.name);
    const known = [...stub.others, ...stub.calls].flatMap(({ key, value }) => (key === undefined ? [] : [`${JSON.stringify(key)}: () => (${this.#value(value)})`]));
    const next = inSerialOrder(stub.calls, order).flatMap(({ key, value }) => (key === undefined ? [`() => (${this.#value(value)})`] : []));
    return `answering(${JSON.stringify(stub.name)}, ${stub.isPromise}, { ${known.join(', ')} }, [${next.join(', ')}], () => (${this.#value(stub.fallback)}))`;
  }

  /** What a stub gives, call after call; the last for all further calls. */
  #answers(stub: Stub): { readonly text: string; readonly isReady: boolean }[] {
    const each = stub.calls.map(({ pending, value }) => (pending !== undefined ? { text: `${pending}.promise`, isReady: false } : { text: this.#value(value), isReady: true }));
    const last = { text: this.#value(stub.fallback), isReady: true };
    while (each.length > 0 && each.at(-1)!.isReady && each.at(-1)!.text === last.text) each.pop();
    return [...each, last];
  }

  #callback({ callback, name }: Stub): string {
    const { position, value } = callback!;
    const type = this.#w.style.isTypeScript ? ': (value: never) => unknown' : '';
    const before = Array.from({ length: position }, (_, index) => `_${name}${index + 1}${this.#w.style.isTypeScript ? ': unknown' : ''}`);
    return `(${[...before, `run${type}`].join(', ')}) => run(${this.#value(value)}${this.#w.style.isTypeScript ? ' as never' : ''})`;
  }

  readonly #stub = (stub: Stub): string => (this.#named.has(stub) ? (this.#hoisted.has(stub) && this.#framework.name === 'jest' ? mockName(stub.name) : stub.name) : this.#inPlace(stub));

  #inPlace(stub: Stub): string {
    if (stub.callback) return this.#callback(stub);
    const value = this.#value(stub.fallback);
    const text = value.startsWith('{') ? `(${value})` : value === 'undefined' ? '{}' : value;
    return `${stub.isPromise ? 'async ' : ''}() => ${text}`;
  }

  #value(value: Value, stub: (stub: Stub) => string = this.#stub): string {
    return writeValue(this.#w, value, stub);
  }

  #call({ callee, isNew, arguments: given }: Call): string {
    return `${isNew ? 'new ' : ''}${callee}(${given.map((value) => writeArgument(this.#w, value, this.#stub)).join(', ')})`;
  }

  // Act

  #act(assertion: Assertion): void {
    const w = this.#w;
    const { tasks, steps } = this.#plan;
    const needsResults = ['statuses', 'result', 'results'].includes(assertion.observer.kind);
    const areTogether = steps.slice(0, tasks.length).every(({ kind }) => kind === 'start');
    const names = tasks.map(({ name }) => name).join(', ');
    if (areTogether) {
      const started = steps.slice(0, tasks.length).map((step) => this.#call(tasks[(step as Extract<Step, { kind: 'start' }>).task]!.call));
      this.#startAll(started, assertion);
    }
    for (const step of steps.slice(areTogether ? tasks.length : 0)) this.#step(step);
    if (assertion.observer.kind === 'finished' && !areTogether) this.#watchEnd(`Promise.all([${names}])`);
    if (assertion.observer.kind === 'finished') return;
    if (this.#usesTimers && this.#framework.allTimers !== undefined) w.say(this.#framework.allTimers);
    if (!assertion.isWaiting) return;
    const all = areTogether ? 'await calls' : `(await Promise.all([${names}])).flat()`;
    w.say(needsResults ? `const results = ${all}` : all.replace(/^\((.*)\)\.flat\(\)$/, '$1'));
  }

  #startAll(started: readonly string[], { observer }: Assertion): void {
    const w = this.#w;
    const all = `Promise.allSettled([${started.join(', ')}])`;
    if (observer.kind === 'finished') return this.#watchEnd(all);
    w.say(`const calls = ${all}`);
    w.say('await settled()');
  }

  #watchEnd(all: string): void {
    const w = this.#w;
    w.say('let isOver = false');
    w.block(`void ${all}.then(() => {`, '})', () => w.say('isOver = true'));
    w.say('await settled()');
  }

  #step(step: Step): void {
    const w = this.#w;
    if (step.kind === 'start') w.say(`const ${this.#plan.tasks[step.task]!.name} = Promise.allSettled([${this.#call(this.#plan.tasks[step.task]!.call)}])`);
    if (step.kind === 'settle') w.say(`${step.pending}.resolve(${isNothing(step.value) ? '' : this.#value(step.value)})`);
    if (step.kind === 'timer') w.say(this.#framework.nextTimer(step.milliseconds));
    w.say('await settled()');
  }

  /** For observations: every task's end is looked for, but none is waited for without end. */
  #actSerially(): void {
    const w = this.#w;
    const { tasks, steps } = this.#plan;
    w.say('const ends = {}');
    w.line(`const watch = (name, run) => { ends[name] = { status: 'pending' }; let call; try { call = run(); } catch (error) { call = Promise.reject(error); } Promise.resolve(call).then((value) => { ends[name] = { status: 'fulfilled', value }; }, (reason) => { ends[name] = { status: 'rejected', reason }; }); };`);
    const start = (task: number): string => `watch(${JSON.stringify(tasks[task]!.name)}, () => ${this.#call(tasks[task]!.call)})`;
    const rest = `for (let round = 0; round < 20 && Object.values(ends).some(({ status }) => status === 'pending'); round++) { await settled();${this.#usesTimers ? ` ${this.#framework.nextTimer(1000)};` : ''} }`;
    if (this.#order === 'witness') {
      const areTogether = steps.slice(0, tasks.length).every(({ kind }) => kind === 'start');
      for (const [index, step] of steps.entries()) {
        if (step.kind === 'start') {
          w.say(start(step.task));
          if (!areTogether || index === tasks.length - 1) w.say('await settled()');
        } else this.#step(step);
      }
      w.line(rest);
    } else for (const task of this.#order) { w.say(start(task)); w.line(rest); }
    w.say(`const results = [${tasks.map(({ name }) => `ends.${name}`).join(', ')}]`);
  }

  // Assert

  #assert({ observer, expected }: Assertion): void {
    const w = this.#w;
    const actual = this.#reading(observer);
    const texts = expected.map((value) => this.#value(value));
    if (this.#framework.name === 'node') return this.#assertNode(observer, actual, expected, texts);
    if (observer.kind === 'calls') return w.say(`expect(${this.#stub(observer.stub)}).toHaveBeenCalledTimes(${texts[0]})`);
    if (texts.length > 1) return w.say(`expect(${this.#list(texts)}).${expected.every(isPrimitive) ? 'toContain' : 'toContainEqual'}(${actual})`);
    w.say(`expect(${actual}).${isPrimitive(expected[0]!) ? (isNothing(expected[0]!) ? 'toBeUndefined()' : `toBe(${texts[0]})`) : `toEqual(${texts[0]})`}`);
  }

  #assertNode(observer: Observer, actual: string, expected: readonly Value[], texts: readonly string[]): void {
    const w = this.#w;
    if (texts.length === 1) return w.say(`assert.${isPrimitive(expected[0]!) ? 'equal' : 'deepEqual'}(${actual}, ${texts[0]})`);
    if (expected.every(isPrimitive)) return w.say(`assert.ok([${texts.join(', ')}].includes(${actual}), \`\${${actual}} is none of ${texts.join(', ').replaceAll('`', "'")}\`)`);
    w.say(`const text = JSON.stringify(${actual})`);
    w.say(`assert.ok(${this.#list(texts)}.some((one) => JSON.stringify(one) === text), text)`);
    void observer;
  }

  /** One line, or one for each. */
  #list(texts: readonly string[]): string {
    const line = `[${texts.join(', ')}]`;
    const { indent } = this.#w.style;
    return line.length <= longestList ? line : `[\n${texts.map((text) => `${indent}${text},\n`).join('')}]`;
  }

  #reading(observer: Observer): string {
    switch (observer.kind) {
      case 'state': return observer.expression;
      case 'statuses': return 'results.map(({ status }) => status)';
      case 'result': return `results[${observer.task}]`;
      case 'results': return `results.map((result) => (result.status === ${this.#w.string('fulfilled')} ? result.value : String(result.reason)))`;
      case 'calls': return this.#framework.callCount(this.#stub(observer.stub));
      case 'arguments': return this.#framework.name === 'node' ? `${this.#stub(observer.stub)}.mock.calls.map((call) => call.arguments)` : `${this.#stub(observer.stub)}.mock.calls`;
      case 'most': return `${this.#stub(observer.stub)}.most`;
      case 'finished': return this.#isKept ? 'isOver' : 'results.map(({ status }) => status)';
    }
  }
}

/** Answers by task: of the task that comes first, then of the next. What set-up has asked for comes before. */
function inSerialOrder(calls: readonly StubCall[], order: readonly string[]): StubCall[] {
  return [...calls.filter(({ task }) => !order.includes(task)), ...order.flatMap((name) => calls.filter(({ task }) => task === name))];
}

function stubsIn(value: Value, named: ReadonlySet<Stub>): Stub[] {
  switch (value.kind) {
    case 'stub': return named.has(value.stub) ? [value.stub] : [...stubsIn(value.stub.fallback, named), ...(value.stub.callback ? stubsIn(value.stub.callback.value, named) : [])];
    case 'object': return value.entries.flatMap(([, item]) => stubsIn(item, named));
    case 'array': return value.items.flatMap((item) => stubsIn(item, named));
    case 'class': return stubsIn(value.instance, named);
    default: return [];
  }
}

function isNothing(value: Value): boolean {
  return value.kind === 'literal' && value.value === undefined;
}

function isPrimitive(value: Value): boolean {
  return value.kind === 'literal';
}

function mockName(name: string): string {
  return `mock${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}

const longestLine = 110;
const longestList = 80;

/** Text as line comments, wrapped. */
function comment(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < longestLine) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`// ${word}`);
  }
  return lines.join('\n');
}

/** What an observation needs: answers by arguments, and values as data that a test could write down. */
const shown = String.raw`
function answering(name, isPromise, known, next, fallback) {
  return (...args) => {
    const key = JSON.stringify(args);
    const last = fallback();
    const value = Object.hasOwn(known, key) ? known[key]() : next.length > 0 ? next.shift()() : typeof last === 'string' ? [name, ...args].join(' ') : last;
    return isPromise ? Promise.resolve(value) : value;
  };
}

function shown(value, depth = 0) {
  if (value === undefined || value === null || typeof value === 'string' || typeof value === 'boolean') return { kind: 'literal', value, isUndefined: value === undefined };
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? { kind: 'literal', value } : { kind: 'expression', text: Object.is(value, -0) ? '-0' : String(value) };
  if (typeof value === 'bigint') return { kind: 'expression', text: value + 'n' };
  if (typeof value !== 'object' || depth > 4) return { kind: 'opaque' };
  if (Array.isArray(value)) return { kind: 'array', items: value.map((item) => shown(item, depth + 1)) };
  if (value instanceof Map) return { kind: 'collection', name: 'Map', items: [...value].map((item) => shown(item, depth + 1)) };
  if (value instanceof Set) return { kind: 'collection', name: 'Set', items: [...value].map((item) => shown(item, depth + 1)) };
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return { kind: 'opaque' };
  return { kind: 'object', entries: Object.entries(value).map(([key, item]) => [key, shown(item, depth + 1)]) };
}`;
