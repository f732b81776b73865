import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../../src/simulator/index.js';
import { bundledSimulator, counter, run } from './hostile.js';

let simulator: Simulator;
beforeAll(async () => { simulator = await bundledSimulator(); });
afterAll(() => simulator.dispose());

type Hostile = Parameters<typeof counter>[0];

/** Runs the counter with hostile text in it, and then without: nothing of the first run may be left. */
async function prove(hostile: Hostile): Promise<string> {
  const { verdict, reason } = await run(counter(hostile), simulator);
  expect(reason).not.toContain('\n');
  return `${verdict}: ${reason}`;
}

afterAll(async () => {
  expect((await run(counter({}), simulator)).verdict).toBe('confirmed');
  expect(existsSync('/tmp/raceproof-owned')).toBe(false);
});

describe('code that never comes to rest is stopped and its place is named', () => {
  const endless: Record<string, readonly [Hostile, number]> = {
    'at the top level': [{ top: 'while (true) {}' }, 3],
    'in the task': [{ inside: 'for (;;);' }, 5],
    'in a getter': [{ inside: '({ get x() { for (;;) {} } }).x;' }, 5],
    'in a promise job': [{ inside: 'Promise.resolve().then(() => { for (;;) {} });' }, 5],
    'in try, catch and finally': [{ inside: 'for (;;) { try { while (true) {} } catch {} finally { while (true) {} } }' }, 5],
    'with a return in finally': [{ inside: 'const f = () => { try { while (true) {} } finally { return 1; } }; f(); f();' }, 5],
    'in a comparator': [{ inside: '[3, 1, 2].sort(() => { while (true) {} });' }, 5],
    'over awaits': [{ inside: 'while (true) await null;' }, 5],
    'over nextTick': [{ inside: 'const f = (): void => process.nextTick(f); f();' }, 5],
    'over a generator': [{ inside: 'function* g() { for (;;) yield 1; } for (const x of g()) void x;' }, 5],
    'in a proxy that is shown': [{ result: 'new Proxy({}, { getPrototypeOf() { for (;;) {} } })' }, 10],
  };
  for (const [where, [hostile, line]] of Object.entries(endless)) {
    it(where, async () => {
      expect(await prove(hostile)).toBe(`bounded: the code ran 200000 steps without coming to rest (near subject.ts:${line})`);
    });
  }

  it('over external calls, timers and intervals: every run is cut off', async () => {
    expect(await prove({ inside: 'for (;;) await save(1);' })).toMatch(/^bounded: no run of \d+ scenarios reached the flagged accesses; runs were cut at the limit of turns in one execution; a scenario file \(simulate --export race\) /);
    expect(await prove({ inside: 'const f = () => { setTimeout(f, 1); }; f();' })).toMatch(/^(unproven|confirmed|bounded): /);
    expect(await prove({ inside: 'setInterval(() => {}, 1);' })).toMatch(/^confirmed: /);
  });

  it('recursion', async () => {
    expect(await prove({ inside: 'const f = (): void => f(); f();' })).toMatch(/^unproven: no run of \d+ scenarios reached the flagged accesses/);
  });
});

describe('code that cannot be interrupted is killed with its worker', () => {
  it('a catastrophic regular expression', async () => {
    expect(await prove({ inside: "/^(a+)+$/.test('a'.repeat(40) + '!');" })).toMatch(/^bounded: the code did not come to rest within \d+ s \(near subject\.ts:5\)$/);
  });
  it('a loop in evaluated text', async () => {
    expect(await prove({ inside: "new Function('for (;;);')();" })).toMatch(/^bounded: the code did not come to rest within \d+ s \(near subject\.ts:5\)$/);
  });
  it('and the next request is answered', async () => {
    expect(await prove({})).toMatch(/^confirmed: /);
  });
});

describe('memory', () => {
  const large: Record<string, readonly [Hostile, RegExp]> = {
    'a huge array': [{ inside: 'Array(1e9).fill(1);' }, /^bounded: an array of 1000000000 elements was asked for \(near subject\.ts:5\)$/],
    'an array-like': [{ inside: 'Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);' }, /^bounded: a loop over 9007199254740991 elements was asked for/],
    'a huge buffer': [{ inside: 'new Uint8Array(4e9).fill(1);' }, /^bounded: a buffer of 4000000000 elements was asked for/],
    'a doubled string': [{ inside: "let s = 'x'; for (;;) s += s;" }, /^unproven: no run of \d+ scenarios reached the flagged accesses: the task threw RangeError: Invalid string length; a scenario file \(simulate --export race\) can set up what spares bump\(\) that$/],
    'a growing array': [{ inside: 'const a: unknown[] = []; for (;;) a.push(new Array(1000).fill(0));' }, /^bounded: the code (used more than|did not come to rest|ran 200000 steps)/],
    'growing buffers': [{ inside: 'const a: unknown[] = []; for (;;) a.push(new Uint8Array(1e8).fill(1));' }, /^bounded: the code (used more than|did not come to rest)/],
  };
  for (const [what, [hostile, verdict]] of Object.entries(large)) it(what, async () => { expect(await prove(hostile)).toMatch(verdict); });

  it('a string of 50 MB is no harm', async () => {
    expect(await prove({ inside: "const s = 'x'.repeat(50_000_000);", result: 's' })).toMatch(/^(confirmed|bounded|unproven): /);
  });
});

describe('there is no way out', () => {
  const ends: Record<string, readonly [Hostile, string]> = {
    'process.exit': [{ inside: 'process.exit(1);' }, 'process.exit() was called (near subject.ts:5)'],
    'process.abort': [{ top: 'process.abort();' }, 'process.abort() was called (near subject.ts:3)'],
    'process.kill': [{ inside: "process.kill(process.pid, 'SIGKILL');" }, 'SIGKILL ended the process (near subject.ts:5)'],
    'globalThis.process': [{ inside: '(globalThis as any).process.exit(3);' }, 'process.exit() was called (near subject.ts:5)'],
    'the runtime by its name': [{ inside: "(__rp as any).enter.constructor('return process')();" }, "the name __rp is the runtime's own"],
  };
  for (const [how, [hostile, reason]] of Object.entries(ends)) it(how, async () => { expect(await prove(hostile)).toBe(`unproven: ${reason}`); });

  const opaque: Record<string, Hostile> = {
    'require of fs': { top: "const fs = require('fs'); fs.writeFileSync('/tmp/raceproof-owned', 'x');" },
    'import of fs': { top: "import { writeFileSync } from 'node:fs'; writeFileSync('/tmp/raceproof-owned', 'x');" },
    'require of child_process': { inside: "require('child_process').execSync('touch /tmp/raceproof-owned');" },
    'import() of worker_threads': { inside: "const { Worker } = await import('worker_threads'); new Worker('process.exit()', { eval: true });" },
    'frames of a stack': { inside: "try { (Error as any).prepareStackTrace = (_: unknown, frames: any) => frames.map((frame: any) => frame.getFunction()); } catch {} const s: any = new Error().stack; if (typeof s !== 'string') s[0].constructor('return process')().exit();" },
  };
  for (const [how, hostile] of Object.entries(opaque)) it(`${how} touches nothing outside`, async () => { expect(await prove(hostile)).toMatch(/^confirmed: /); });

  const refused: Record<string, string> = {
    'Function of a function': "(() => {}).constructor('return process')().exit();",
    'Function of a generator': "(Object.getPrototypeOf(function* () {}).constructor as any)('process.exit()')().next();",
    'Function of an async function': "(Object.getPrototypeOf(async function () {}).constructor as any)('process.exit()')();",
    'Function of what comes from outside': "(Object.getPrototypeOf(save).constructor.constructor as any)('process.exit()')();",
    'Function of the simulated process': "(process as any).constructor.constructor('return process')().exit();",
    'Function of a simulated timer': "(setTimeout(() => {}, 1) as any).constructor.constructor('process.exit()')();",
    'Function of a simulated signal': "(new AbortController().signal as any).constructor.constructor('process.exit()')();",
    'Function of an error of the host': "try { atob('é'); } catch (error) { (error as any).constructor.constructor('process.exit()')(); }",
    'direct eval': "eval('process.exit()');",
    'indirect eval': "(0, eval)('globalThis.process.exit()');",
    'arguments.callee': '(function () { return arguments.callee; })();',
  };
  for (const [how, inside] of Object.entries(refused)) {
    it(`${how} throws inside the task`, async () => {
      expect(await prove({ inside })).toMatch(/^unproven: no run of \d+ scenarios reached the flagged accesses: the task threw \w*Error/);
    });
  }
});

describe('nothing is left behind for the next execution', () => {
  const polluting: Record<string, string> = {
    'Object.prototype': '(Object.prototype as any).then = (resolve: any) => resolve(1);',
    '__proto__': '({} as any).__proto__.polluted = 1;',
    'Array.prototype.push': 'Array.prototype.push = () => 0;',
    'Map.prototype.get': 'Map.prototype.get = () => 0;',
    'Reflect.apply': '(Reflect as any).apply = () => 0;',
    'Promise.prototype.then': 'Promise.prototype.then = (() => 0) as any;',
    'Promise.resolve': '(Promise as any).resolve = () => 0;',
    'the prototype of timers': '(setTimeout(() => {}, 1) as any).constructor.prototype.refresh = () => 0;',
  };
  for (const [what, top] of Object.entries(polluting)) {
    it(`${what} is frozen`, async () => {
      expect(await prove({ top })).toMatch(/^unproven: loading the module threw TypeError: Cannot (assign to read only|add) property /);
    });
  }
  const leaking: Record<string, string> = {
    'the global object': 'globalThis', 'a function of the host': 'atob', 'the module': 'module', 'the console': 'console', 'what comes from outside': 'save',
  };
  for (const [what, name] of Object.entries(leaking)) {
    it(`${what} starts anew`, async () => {
      const top = `try { (${name} as any).leak = ((${name} as any).leak === undefined || typeof (${name} as any).leak === 'function' ? 0 : (${name} as any).leak) + 1; } catch {} if ((${name} as any).leak > 1) throw new Error('leaked');`;
      expect(await prove({ top })).toMatch(/^confirmed: /);
    });
  }
});

describe('values that refuse to be looked at are shown without running them', () => {
  const results: Record<string, string> = {
    'a proxy': "new Proxy({}, { ownKeys() { throw new Error('trap'); }, getPrototypeOf() { throw new Error('trap'); } })",
    getters: "({ get a() { throw new Error('a'); }, toString() { throw new Error('b'); }, toJSON() { throw new Error('c'); } })",
    'a cycle': '(() => { const a: any = {}; a.a = a; return a; })()',
    'a map that iterates for ever': '(() => { class M extends Map { override *[Symbol.iterator](): any { for (;;) yield 1; } } return new M(); })()',
  };
  for (const [what, result] of Object.entries(results)) it(what, async () => { expect(await prove({ result })).toMatch(/^confirmed: /); });

  for (const thrown of ['null', '{ get message() { for (;;) {} } }', "new Proxy(new Error('x'), { get() { throw new Error('deep'); } })"]) {
    it(`throw ${thrown}`, async () => { expect(await prove({ between: `throw ${thrown};` })).toMatch(/^unproven: no run of \d+ scenarios reached the flagged accesses: the task threw /); });
  }

  it('an argument of an external call', async () => {
    expect(await prove({ inside: "(save as any)({ get x() { throw new Error('ran'); } });" })).toMatch(/^confirmed: /);
  });
});

describe('text that cannot run', () => {
  it('says why', async () => {
    expect(await prove({ top: 'const = 5;' })).toBe('unproven: syntax error: Variable declaration expected.');
    expect(await prove({ top: 'with ({}) {}' })).toBe('unproven: SyntaxError: Strict mode code may not include a with statement');
    expect(await prove({ top: "throw new Error('at load');" })).toBe('unproven: loading the module threw Error: at load (near subject.ts:3)');
    expect(await prove({ top: 'Atomics.wait(new Int32Array(new SharedArrayBuffer(8)), 0, 0);' })).toBe("unproven: loading the module threw TypeError: Cannot read properties of undefined (reading 'wait')");
  });
});

describe('the caller', () => {
  it('may abort at any time, and the next request is answered', async () => {
    const controller = new AbortController();
    const proof = run(counter({ inside: "/^(a+)+$/.test('a'.repeat(40) + '!');" }), simulator, controller.signal);
    setTimeout(() => controller.abort(new Error('no longer wanted')), 200);
    await expect(proof).rejects.toThrow('no longer wanted');
    await expect(run(counter({}), simulator, AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
    expect(await prove({})).toMatch(/^confirmed: /);
  });
});
