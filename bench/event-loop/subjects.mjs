// Programs as people write them: a few tasks of one event loop that share fields and maps, call what lies outside, and wait for timers.

/** Each withdrawal is suspended three times between the balance that it has read and the end. */
export const account = {
  name: 'accounts', file: 'account.ts',
  text: `import { authorise, audit } from './bank';

export class Account {
  balance = 100;
  history = new Map<string, number>();

  async withdraw(name: string, amount: number): Promise<string> {
    const before = this.balance;
    if (before < amount) return 'refused';
    await authorise(name, amount);
    this.history.set(name, amount);
    await new Promise((resolve) => setTimeout(resolve, 10));
    this.balance = before - amount;
    await audit(amount);
    return 'paid';
  }
}
`,
  root: 'Account',
  calls: [['withdraw', 'ann', 80], ['withdraw', 'bob', 30], ['withdraw', 'cid', 50]],
};

/** Four readers of two keys; whoever misses loads, stores and counts. */
export const cache = {
  name: 'cache', file: 'cache.ts',
  text: `import { load, persist } from './store';

export class Cache {
  entries = new Map<string, unknown>();
  misses = 0;

  async get(key: string): Promise<unknown> {
    if (this.entries.has(key)) return this.entries.get(key);
    this.misses++;
    const value = await load(key);
    this.entries.set(key, value);
    await this.save(key);
    return value;
  }

  private async save(key: string): Promise<void> {
    await persist(key, this.misses);
  }
}
`,
  root: 'Cache',
  calls: [['get', 'a'], ['get', 'b'], ['get', 'a'], ['get', 'b']],
};

/** Two producers and two consumers of a list of jobs, each of which polls by timer. */
export const queue = {
  name: 'queue', file: 'queue.ts',
  text: `import { perform } from './worker';

export class Queue {
  jobs: number[] = [1, 2];
  done = 0;

  async run(count: number): Promise<number> {
    for (let turn = 0; turn < count; turn++) {
      if (this.jobs.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      else {
        const job = this.jobs[0];
        await perform(job, turn);
        this.jobs.shift();
        this.done = this.done + 1;
      }
    }
    return this.done;
  }
}
`,
  root: 'Queue',
  calls: [['run', 2], ['run', 2], ['run', 2]],
};

/** Every turn of each task touches the same field, so that no two orders are equivalent: nothing is saved, all are run. */
export const tally = {
  name: 'tally', file: 'tally.ts',
  text: `import { next } from './source';

export class Tally {
  total = 0;

  async add(amount: number): Promise<void> {
    this.total += amount;
    await next(1);
    this.total += amount;
    await next(2);
    this.total += amount;
    await next(3);
    this.total += amount;
  }
}
`,
  root: 'Tally',
  calls: [['add', 1], ['add', 10], ['add', 100]],
};

/** The same programs with one more task, or more turns each: enough work for a rate to settle. */
export const larger = [
  { ...account, name: 'accounts+', calls: [...account.calls, ['withdraw', 'dan', 20]] },
  { ...cache, name: 'cache+', calls: [...cache.calls, ['get', 'c']] },
  { ...queue, name: 'queue+', calls: [['run', 3], ['run', 3], ['run', 3]] },
  { ...tally, name: 'tally+', calls: [...tally.calls, ['add', 1000]] },
];

export const subjects = [account, cache, queue, tally];

/**
 * Bugs for the race to the first witness: what they import (`externals`), and what is wrong at the end, for the property. Raceproof is
 * not told: its oracle finds the torn region.
 */
export const bugs = [
  {
    // Any overlap of the two loses an update.
    name: 'counter', file: 'counter.ts',
    text: `import { save } from './store';

export class Counter {
  count = 0;

  async add(): Promise<void> {
    const before = this.count;
    await save(before);
    this.count = before + 1;
  }
}
`,
    root: 'Counter', calls: [['add'], ['add']], externals: ['save'],
    isBroken: (subject) => subject.count !== 2,
  },
  {
    // The window is one suspension of six: the others come before the read and after the write.
    name: 'stock', file: 'stock.ts',
    text: `import { authenticate, loadPrices, reserve, charge, notify } from './shop';

export class Stock {
  left = 5;

  async buy(customer: string): Promise<boolean> {
    await authenticate(customer);
    await loadPrices();
    const left = this.left;
    await reserve(customer);
    this.left = left - 1;
    await charge(customer);
    await notify(customer);
    return true;
  }
}
`,
    root: 'Stock', calls: [['buy', 'ann'], ['buy', 'bob']], externals: ['authenticate', 'loadPrices', 'reserve', 'charge', 'notify'],
    isBroken: (subject) => subject.left !== 3,
  },
  {
    // The file has to be taken in while the transfer waits once.
    name: 'ledger', file: 'ledger.ts',
    text: `import { authenticate, convert, download, parse, quote, rates, validate, verify } from './bank';

export class Ledger {
  balance = 100;

  async transfer(amount: number): Promise<void> {
    const before = this.balance;
    await verify(amount);
    this.balance = before - amount;
  }

  async take(file: string): Promise<void> {
    await authenticate();
    await download(file);
    await parse(file);
    await validate(file);
    await rates();
    await quote(file);
    const amount = 10;
    await convert(amount);
    this.balance = this.balance + amount;
  }
}
`,
    root: 'Ledger', calls: [['transfer', 30], ['take', 'may.csv']], externals: ['authenticate', 'convert', 'download', 'parse', 'quote', 'rates', 'validate', 'verify'],
    isBroken: (subject) => subject.balance !== 80,
  },
  {
    // Twelve steps of a release have to fit into the one in which a rollback looks up what it goes back to.
    name: 'release', file: 'release.ts',
    text: `import { announce, build, check, clone, install, lint, lookUp, pack, publish, sign, stage, test, upload } from './pipeline';

export class Site {
  version = 7;

  async rollBack(): Promise<void> {
    const current = this.version;
    await lookUp(current);
    this.version = current - 1;
  }

  async release(): Promise<void> {
    await clone();
    await install();
    await lint();
    await check();
    await build();
    await test();
    await pack();
    await sign();
    await upload();
    await stage();
    await publish();
    this.version = this.version + 1;
    await announce();
  }
}
`,
    root: 'Site', calls: [['rollBack'], ['release']],
    externals: ['announce', 'build', 'check', 'clone', 'install', 'lint', 'lookUp', 'pack', 'publish', 'sign', 'stage', 'test', 'upload'],
    isBroken: (subject) => subject.version !== 7,
  },
];

/** The subject's tasks, one call each, on one object: a scenario as the proof room closes it, with more tasks. */
export function scenarioOf({ file, text, root, calls }, { analyse, checkModule, compile }) {
  return {
    version: 1, program: compile(checkModule({ file, text })), setup: {}, prelude: [], regions: analyse({ file, text }).findings.slice(0, 1).map(({ region }) => region),
    effects: 'changing', assumptions: {}, seed: 1,
    tasks: calls.map(([member, ...values], index) => ({
      id: `task${index + 1}`, name: `${member}(${values.join(', ')})`, path: { root, steps: [{ kind: 'construct' }, { kind: 'member', name: member }] },
      arguments: values.map((value) => ({ kind: 'json', text: JSON.stringify(value) })),
    })),
  };
}
