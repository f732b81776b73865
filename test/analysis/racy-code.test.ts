import { describe, expect, test } from 'vitest';
import { compareWithCarets, findings, findingsIn } from './expectations.js';

/** Races as fixed in real projects, modelled; and every kind of place. Carets mark the act. */
const racy: Record<string, string> = {
  'a field of an object that another sets meanwhile': `
export class Chase {
  readonly #sessions = new Map<string, { price: number }>();
  #timer: unknown;
  constructor() { this.#schedule(); }
  #schedule() { this.#timer = setTimeout(() => { this.#tick().catch(report); }, 100); }
  async #tick() {
    const session = this.#sessions.get('a');
    if (!session) return;
    const price = session.price;
    await quote();
    session.price = price + 1;
//  ^^^^^^^^^^^^^ lost-update
    this.#schedule();
  }
  reset() { this.#sessions.get('a')!.price = 0; }
}`,
  'a balance checked before an audit': `
export class Account {
  balance = 100;
  async withdraw(amount: number) {
    if (this.balance >= amount) {
      await audit(amount);
      this.balance -= amount;
//    ^^^^^^^^^^^^ check-then-act
    }
  }
}`,
  'a balance that an event changes too, once, which is no lock': `
export class Seats {
  private free = 3;
  async book(id: string) {
    if (this.free > 0) {
      await charge(id);
      this.free -= 1;
//    ^^^^^^^^^ check-then-act
    }
  }
  watch(terminal: Terminal) { terminal.once('exit', () => { this.free -= 1; }); }
}`,
  'a promise in a field of an entry, that nobody asks about': `
interface Entry { files: string[]; pending: Promise<string[]> | null }
const entries = new Map<string, Entry>();
async function list(dir: string) {
  const text = await new Promise<string>((resolve) => { const child = spawn('ls', [dir]); child.on('close', (code: number) => { if (code === 0) resolve(''); }); });
  return text.split(' ');
}
export async function filesOf(dir: string) {
  const known = entries.get(dir);
  if (known) return known.files;
  return list(dir).then((files) => {
    entries.set(dir, { files, pending: null });
//  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ double-initialization
    return files;
  });
}`,
  'the same with an early return': `
export class Account {
  #balance = 100;
  async withdraw(amount: number) {
    if (this.#balance < amount) throw new Error('no funds');
    await audit(amount);
    this.#balance = this.#balance - amount;
//  ^^^^^^^^^^^^^ check-then-act
  }
}`,
  'a compound assignment with an await': `
let total = 0;
export async function add() {
  total += await measure();
//^^^^^ lost-update
}`,
  'a copy in a local variable': `
export class Counter {
  static n = 0;
  async inc() {
    const { n } = Counter;
    await work();
    Counter.n = n + 1;
//  ^^^^^^^^^ lost-update
  }
}`,
  'a helper that reads and one that writes': `
export class Counter {
  private n = 0;
  private get() { return this.n; }
  private set(n: number) { this.n = n; }
//                         ^^^^^^ lost-update
  async inc() {
    const n = this.get();
    await work();
    this.set(n + 1);
  }
}`,
  'accessors': `
export class Counter {
  #n = 0;
  private get n() { return this.#n; }
  private set n(value: number) { this.#n = value; }
//                               ^^^^^^^ lost-update
  async inc() {
    const before = this.n;
    await work();
    this.n = before + 1;
  }
}`,
  'self = this': `
export class Counter {
  n = 0;
  async inc() {
    const self = this;
    const n = self.n;
    await work();
    self.n = n + 1;
//  ^^^^^^ lost-update
  }
}`,
  'a suspension in a helper': `
export class Account {
  balance = 1;
  private async check() { await audit(); }
  async pay() {
    if (this.balance > 0) {
      await this.check();
      this.balance--;
//    ^^^^^^^^^^^^ check-then-act
    }
  }
}`,
  'then': `
export class Counter {
  n = 0;
  inc() {
    const n = this.n;
    return work().then(() => {
      this.n = n + 1;
//    ^^^^^^ lost-update
    });
  }
}`,
  'for await': `
let n = 0;
export async function drain(source: AsyncIterable<number>) {
  let sum = n;
  for await (const x of source) sum += x;
  n = sum;
//^ lost-update
}`,
  'an async generator': `
let n = 0;
export async function* numbers() {
  const before = n;
  yield before;
  n = before + 1;
//^ lost-update
}`,
  'a captured variable of a factory': `
export function createStore() {
  let count = 0;
  return {
    async inc() {
      const before = count;
      await save(before);
      count = before + 1;
//    ^^^^^ lost-update
    },
  };
}`,
  'an object of a factory': `
export function createStore() {
  const state = { count: 0 };
  const inc = async () => {
    const { count } = state;
    await save(count);
    state.count = count + 1;
//  ^^^^^^^^^^^ lost-update
  };
  return { inc };
}`,
  'raced by its own Promise.all': `
export async function size(files: string[]) {
  let total = 0;
  await Promise.all(files.map(async (file) => {
    total += await stat(file);
//  ^^^^^ lost-update
  }));
  return total;
}`,
  'an element of a Map': `
export class Bank {
  private balances = new Map<string, number>();
  async deposit(id: string, amount: number) {
    const before = this.balances.get(id) ?? 0;
    await audit(id);
    this.balances.set(id, before + amount);
//  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ lost-update
  }
}`,
  'an element of a record': `
const balances: Record<string, number> = {};
export async function deposit(id: string, amount: number) {
  const before = balances[id] ?? 0;
  await audit(id);
  balances[id] = before + amount;
//^^^^^^^^^^^^ lost-update
}`,
  'the length of an array': `
export class Room {
  private seats: string[] = [];
  async join(name: string) {
    if (this.seats.length >= 4) throw new Error('full');
    await greet(name);
    this.seats.push(name);
//  ^^^^^^^^^^^^^^^^^^^^^ check-then-act
  }
}`,
  'a position in an array': `
const jobs: Job[] = [];
export async function cancel(job: Job) {
  const at = jobs.indexOf(job);
  await job.stop();
  jobs.splice(at, 1);
//^^^^^^^^^^^^^^^^^^ lost-update
}`,
  'a member of a Set': `
const seen = new Set<string>();
export async function handle(id: string) {
  if (seen.has(id)) return;
  await sendMail(id);
  seen.add(id);
//^^^^^^^^^^^^ double-initialization
}`,
  'an instance made twice (a telemetry client)': `
let instance: Client | null = null;
export async function getInstance() {
  if (!instance) {
    instance = await Client.create();
//  ^^^^^^^^ double-initialization
  }
  return instance;
}`,
  'by ??=': `
export class Db {
  #connection?: Connection;
  async connection() {
    return (this.#connection ??= await connect());
//          ^^^^^^^^^^^^^^^^ double-initialization
  }
}`,
  'a token that expires': `
export class Session {
  private token?: string;
  private expiresAt = 0;
  async bearer() {
    if (!this.token || this.expiresAt < Date.now()) {
      const answer = await login();
      this.token = answer.token;
//    ^^^^^^^^^^ double-initialization
      this.expiresAt = answer.expiresAt;
    }
    return this.token;
  }
}`,
  'a flag set only after the await': `
let started = false;
export async function start() {
  if (started) return;
  await listen();
  started = true;
//^^^^^^^ double-initialization
}`,
  'a copy made before the lock': `
import { Mutex } from 'async-mutex';
export class Tokens {
  private mutex = new Mutex();
  private tokens: string[] = [];
  async add(token: string) {
    const tokens = [...this.tokens];
    const release = await this.mutex.acquire();
    try {
      tokens.push(token);
      this.tokens = [...tokens, token];
//    ^^^^^^^^^^^ stale-write-back
    } finally {
      release();
    }
  }
}`,
  'a check that is not renewed under the lock': `
import { Mutex } from 'async-mutex';
const mutex = new Mutex();
let connection: Connection | undefined;
export async function get() {
  if (!connection) {
    await mutex.runExclusive(async () => {
      connection = await connect();
//    ^^^^^^^^^^ double-initialization
    });
  }
  return connection;
}`,
  'a semaphore of two is no mutex': `
import { Semaphore } from 'async-mutex';
const semaphore = new Semaphore(2);
let n = 0;
export async function inc() {
  await semaphore.runExclusive(async () => {
    n += await work();
//  ^ lost-update
  });
}`,
  'a state that moves on late': `
export class Job {
  status = 'idle';
  async start() {
    if (this.status === 'idle') {
      await prepare();
      this.status = 'running';
//    ^^^^^^^^^^^ check-then-act
    }
  }
}`,
  'try and finally': `
export class Counter {
  n = 0;
  async inc() {
    let n = 0;
    try {
      n = this.n;
      await work();
    } finally {
      this.n = n + 1;
//    ^^^^^^ lost-update
    }
  }
}`,
};

test.each(Object.entries(racy))('%s', (_name, marked) => {
  const { expected, found } = compareWithCarets(marked);
  expect(found).toEqual(expected);
});

describe('one finding for one race', () => {
  test('that several entries run through a private helper', () => {
    const [finding, ...others] = findings(`export class A { n = 0;
      private async bump() { const n = this.n; await work(); this.n = n + 1; }
      async a() { await this.bump(); }
      async b() { await this.bump(); } }`);
    expect(others).toEqual([]);
    expect(finding?.overlaps.map(([one, other]) => `${one.name} | ${other.name}`)).toEqual(['A.a | A.a', 'A.b | A.b', 'A.a | A.b', 'A.b | A.a']);
  });

  test('that writes its place on two ways', () => {
    expect(findingsIn(`let n = 0; export async function f(up: boolean) { const old = n; await work(); if (up) { n = old + 1; } else { n = old - 1; } }`)).toEqual(['lost-update n']);
  });
});

describe('what a finding says', () => {
  const [finding] = findings(`export class Account {
  balance = 100;
  async withdraw(amount: number) {
    if (this.balance >= amount) {
      await audit(amount);
      this.balance -= amount;
    }
  }
  deposit(amount: number) { this.balance += amount; }
}`);
  const lines = (ranges: readonly { start: { line: number; column: number } }[] = []): string[] => ranges.map(({ start }) => `${start.line}:${start.column}`);

  test('in words', () => {
    expect(finding?.message).toBe('`balance` is checked at line 4, `withdraw` suspends at line 5, and another `withdraw` can write it before line 6.');
  });

  test('as a region', () => {
    expect([lines(finding?.region.reads), lines(finding?.region.suspensions), lines(finding?.region.acts)]).toEqual([['4:9'], ['5:7'], ['6:7']]);
    expect([finding?.region.location, finding?.region.dependence]).toEqual(['Account#balance', 'guard']);
  });

  test('of who may meet', () => {
    expect(finding?.overlaps.map(([, other]) => other.path)).toEqual([
      { root: 'Account', steps: [{ kind: 'construct' }, { kind: 'member', name: 'withdraw' }] },
      { root: 'Account', steps: [{ kind: 'construct' }, { kind: 'member', name: 'deposit' }] },
    ]);
  });

  test('of the accesses', () => {
    expect(finding?.accesses.map(({ kind, range, function: name }) => `${kind} ${range.start.line} ${name}`)).toEqual(['read 4 Account.withdraw', 'update 6 Account.withdraw', 'write 9 Account.deposit']);
  });

  test('a place that others take away is told of once, with every use that may come too late', () => {
    const found = findings(`export class Link {
  private socket: Socket | undefined;
  open() { this.socket = connect(); }
  close() { this.socket = undefined; }
  async say(text: string) {
    if (!this.socket) return;
    await encode(text);
    this.socket.send(text);
  }
  async leave() {
    if (!this.socket) return;
    await flush();
    this.socket.end();
  }
}`);
    expect(found.map(({ message }) => message)).toEqual([
      '`socket` is checked at line 6, `say` suspends at line 7, and `close` can leave nothing there before it is used at line 8. So it is with line 13.',
    ]);
  });
});
