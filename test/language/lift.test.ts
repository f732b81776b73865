import { describe, expect, it } from 'vitest';
import { checkModule, compile, compileSubject } from '../../src/language/index.js';
import type { Exploration, Program, Scenario } from '../../src/model/index.js';
import type { Subject } from '../../src/simulator/runtime/runner.js';
import { KeptClasses } from '../../src/simulator/runtime/kept-classes.js';
import { exploreScenario } from '../../src/simulator/scenario.js';

const compiled = (text: string): Program => compile(checkModule({ file: 'subject.ts', text }));
const isLifted = ({ code }: Program): boolean => code.includes('__rpLoad');

/** Every order of two calls of `run`, each from the start. */
function explore(program: Program): Exploration {
  const task = (id: string): Scenario['tasks'][number] => ({ id, name: 'run', path: { root: 'Subject', steps: [{ kind: 'construct' }, { kind: 'member', name: 'run' }] }, arguments: [{ kind: 'json', text: '2' }] });
  const scenario: Scenario = { version: 1, program, setup: {}, prelude: [], regions: [], effects: 'changing', assumptions: {}, seed: 1, tasks: [task('task1'), task('task2')] };
  return exploreScenario(scenario, (0, eval)(program.code) as Subject, { strategy: 'naive', maxExecutions: 1_000, maxMilliseconds: 60_000, stopAtFirst: false });
}

/** How the tasks ended, in whatever execution. */
function ends({ failure, executions, outcomes }: Exploration): string[] {
  expect(failure).toBeUndefined();
  expect(executions).toBeGreaterThan(5);
  return [...new Set(outcomes.map(({ outcome }) => `${outcome.results['task1']}, ${outcome.results['task2']}`))].sort();
}

const subject = (body: string, rest = ''): string => `import { next } from './outside';
${rest}
export class Subject {
  async run(amount: number): Promise<unknown> {
    await next(1);
    ${body}
  }
}
`;

describe('a module that is loaded for one execution after the other', () => {
  it('finds no trace of the one before in its variables', () => {
    const program = compiled(subject('seen.set(amount, ++count); last = last === undefined ? count : last; return [count > 2, seen.size, last];', 'let count = 0;\nlet last: number | undefined;\nconst seen = new Map<number, number>();'));
    expect(isLifted(program)).toBe(true);
    expect(ends(explore(program))).toEqual(['returned [false, 1, 1], returned [false, 1, 1]']);
  });

  it.each([
    ['a member of the prototype', "const shared = Subject.prototype as any; const before = 'extra' in shared; await next(2); if (!before) shared.extra = 1; return before && amount > 5;"],
    ['a member of the class', 'const shared = Subject as any; shared.calls = (shared.calls ?? 0) + 1; return shared.calls > 2;'],
    ['a member of a method', 'const shared = Subject.prototype.run as any; shared.calls = (shared.calls ?? 0) + 1; return shared.calls > 2;'],
    ['a method that is replaced', "const shared = Subject.prototype as any; shared.depth = (shared.depth ?? 0) + 1; const old = shared.run; shared.run = function (n: number) { return old.call(this, n); }; return shared.depth > 2;"],
    ['what it inherits from', 'const old = Object.getPrototypeOf(Subject.prototype); Object.setPrototypeOf(Subject.prototype, { __proto__: old, depth: (old.depth ?? 0) + 1 }); return (Subject.prototype as any).depth > 2;'],
    ['that it can be changed', "const was = Object.isFrozen(Subject); await next(2); await next(3); Object.freeze(Subject); return was && amount > 5;"],
    ['a name that is deleted', "const had = Object.hasOwn(Subject.prototype.run, 'name'); delete (Subject.prototype.run as any).name; await next(2); return had || amount < 5;"],
  ])('finds no trace of the one before in its classes: %s', (_what, body) => {
    const program = compiled(subject(body));
    expect(isLifted(program)).toBe(true);
    const twice = { ...program, code: program.code.replace('__rp.kept(', '((known, make) => __rp.kept(undefined, make))(') };
    expect(explore(program)).toEqual({ ...explore(twice) });
  });

  it('hands each call of an async function its own arguments, and keeps its length, its name, its defaults and what they throw', () => {
    const rest = `async function add(left: number, right: number) { await next(left); left += right; return [left, add.length, add.name]; }
async function fail(value: any, { part } = value.nothing.at.all) { return part; }
async function several(first: number, ...others: number[]) { await next(first); return others.length; }
`;
    const program = compiled(subject(`const all = [await add(amount, 1), await add(amount, 10), await several(1, 2, 3)];
    const failed = await fail({}).catch((error: Error) => error.constructor === TypeError);
    return [all.flat().join(), failed, this.run.length, this.run.name, Object.keys(Subject.prototype).length];`, rest));
    expect(isLifted(program)).toBe(true);
    expect(ends(explore(program))).toEqual(['returned ["3,2,add,12,2,add,2", true, 1, "run", 0], returned ["3,2,add,12,2,add,2", true, 1, "run", 0]']);
  });

  it('has a class of its own in each, as far as anybody can tell, where one extends another', () => {
    const program = compiled(subject("return [new Derived() instanceof Base, Derived.name, Base.name, Object.keys(new Derived()).join(), new Derived().whole()];", `class Base { #part = 1; whole() { return this.#part + 1; } }
class Derived extends Base { own = 2; }`));
    expect(isLifted(program)).toBe(true);
    expect(ends(explore(program))).toEqual(['returned [true, "Derived", "Base", "own", 2], returned [true, "Derived", "Base", "own", 2]']);
  });

  it('exports in the order in which it did', () => {
    const text = "import { next } from './outside';\nexport async function later() { await next(1); }\nexport const first = 1;\nexport class Last { async run() { await later(); } }\n";
    const program = compiled(text);
    expect(isLifted(program)).toBe(true);
    const assignments = [...program.code.matchAll(/exports\.(\w+) = (?!void|exports)/g)].map(([, name]) => name);
    expect(assignments).toEqual(['later', 'first', 'Last']);
  });
});

describe('a module is left as it is', () => {
  it.each([
    ['that runs code of its own when it is loaded', "import { next } from './outside';\nexport class A { async run() { await next(value); } }\nconst use = new A();\nuse.run();\nlet value = 1;"],
    ['whose variables are asked for before they have a value', "import { next } from './outside';\nconst early = late;\nconst late = 1;\nexport async function run() { await next(early); }"],
    ['that asks an import for something when it is loaded', "import { next } from './outside';\nconst made = next;\nexport async function run() { await made(1); }"],
    ['that assigns to a constant', "import { next } from './outside';\nconst fixed = 1;\nexport async function run() { await next(1); (fixed as any) = 2; }"],
    ['that replaces one of its functions', "import { next } from './outside';\nasync function one() { await next(1); }\nexport async function two() { (one as any) = two; await one(); }"],
    ['whose class has something computed', "import { next } from './outside';\nconst key = 'run';\nexport class A { async [key]() { await next(1); } }"],
    ['from which nothing would be kept', 'export const one = 1;'],
  ])('%s', (_what, text) => expect(isLifted(compiled(text))).toBe(false));

  it('where imports lead back to it', () => {
    const files: Record<string, string> = {
      'one.ts': "import { two } from './two';\nexport class One { async run() { return two(this); } }\n",
      'two.ts': "import { One } from './one';\nimport { three } from './three';\nexport async function two(one: unknown) { return one instanceof One && three(); }\n",
      'three.ts': 'export async function three() { return 3; }\n',
    };
    const read = (file: string): { readonly kind: 'file'; readonly text: string } | undefined => (files[file] === undefined ? undefined : { kind: 'file', text: files[file] });
    const { program } = compileSubject({ file: 'one.ts', text: files['one.ts']! }, { closures: new Set(), places: [{ file: 'one.ts', start: { line: 2, column: 41 }, end: { line: 2, column: 50 } }], read, hasModel: () => false, matters: () => false });
    const loads = (file: string): string => program.code.slice(program.code.indexOf(`"${file}": [`)).slice(0, 140);
    expect([loads('one.ts'), loads('two.ts'), loads('three.ts')].map((text) => text.includes('__rpLoad'))).toEqual([false, false, true]);
  });
});

describe('classes that are kept', () => {
  const made = (): [{ new (): object; prototype: Record<string, unknown> }] => [class Kept { get part() { return 1; } act() { return 2; } } as never];
  it.each<[string, (kept: { new (): object; prototype: Record<string, unknown> }) => void]>([
    ['a member more', (kept) => { kept.prototype['more'] = 1; }],
    ['a member less', (kept) => { delete kept.prototype['act']; }],
    ['another member', (kept) => { kept.prototype['act'] = () => 3; }],
    ['another getter', (kept) => { Object.defineProperty(kept.prototype, 'part', { get: () => 2 }); }],
    ['a member that shows', (kept) => { Object.defineProperty(kept.prototype, 'act', { enumerable: true }); }],
    ['a member of a member', (kept) => { (kept.prototype['act'] as { more?: number }).more = 1; }],
    ['another prototype', (kept) => { Object.setPrototypeOf(kept, null); }],
    ['nothing that can be added', (kept) => { Object.preventExtensions(kept); }],
  ])('are changed by %s', (_what, change) => {
    const values = made();
    const kept = new KeptClasses(values);
    expect(kept.areUnchanged).toBe(true);
    change(values[0]);
    expect(kept.areUnchanged).toBe(false);
  });
});
