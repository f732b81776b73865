import { describe, expect, it } from 'vitest';
import { explore } from '../../../src/simulator/explore/index.js';
import { lifeOf, type AgentsEnd, type SharedObjectKind } from '../../../src/simulator/agents/index.js';
import { cell, ops, plainSystem, type Plain } from './plain-agents.js';

/** Every execution, by both strategies, which must agree on the outcomes. */
function endsOf(plain: Plain): AgentsEnd[] {
  const ends: AgentsEnd[] = [];
  const seen = { naive: new Set<string>(), optimal: new Set<string>() };
  for (const strategy of ['naive', 'optimal'] as const) {
    const system = plainSystem(plain);
    explore(() => system.start(), { maxExecutions: 100_000, strategy }, (end) => {
      seen[strategy].add(JSON.stringify(end.outcome));
      if (strategy === 'optimal') ends.push(end);
      return 'continue';
    });
  }
  expect([...seen.optimal].sort()).toEqual([...seen.naive].sort());
  return ends;
}

const resultsOf = (plain: Plain, task: string) => [...new Set(endsOf(plain).map(({ outcome }) => outcome.results[task]!.replace('returned ', '')))].sort();

describe('Atomics.wait and notify', () => {
  it('wait returns at once if the value differs, else when it is notified', () => {
    expect(resultsOf({ agents: { waiter: (port) => port.perform(ops.wait(0, 0)), other: (port) => { port.perform(ops.store(0, 1)); port.perform(ops.notify(0)); } } }, 'waiter')).toEqual(['"not-equal"', '"ok"']);
  });

  it('a notify before the wait is lost', () => {
    const ends = endsOf({ agents: { waiter: (port) => port.perform(ops.wait(0, 0)), other: (port) => port.perform(ops.notify(0)) } });
    expect(ends.map(({ outcome, blocked }) => [outcome.results['waiter'], blocked.map(({ task, waits, resource }) => `${task} ${waits} ${resource}`)]).sort()).toEqual([
      ['never finished', ['waiter notify m[0]']], ['returned "ok"', []],
    ]);
  });

  it('a finite time-out may come first', () => {
    expect(resultsOf({ agents: { waiter: (port) => port.perform(ops.wait(0, 0, 10)), other: (port) => port.perform(ops.notify(0)) } }, 'waiter')).toEqual(['"ok"', '"timed-out"']);
    expect(resultsOf({ agents: { waiter: (port) => port.perform(ops.wait(0, 0, 0)), other: (port) => port.perform(ops.notify(0)) } }, 'waiter')).toEqual(['"timed-out"']);
  });

  it('notify wakes in the order of waiting, and as many as it says', () => {
    const waiter: Plain['agents'][string] = (port) => port.perform(ops.wait(0, 0));
    const ends = endsOf({ agents: { a: waiter, b: waiter, c: (port) => port.perform(ops.notify(0, 1)) } });
    expect(new Set(ends.map(({ outcome, blocked }) => `${outcome.results['c']}, ${blocked.length} wait`))).toEqual(new Set(['returned 0, 2 wait', 'returned 1, 1 wait']));
  });

  it('waitAsync goes on as an event of its own loop, woken or timed out', () => {
    const waiter: Plain['agents'][string] = (port) => {
      port.onInput('waiter token', (payload) => port.perform(ops.observe(`waiter ${String(payload)}`)));
      return port.perform({ site: -1, kind: 'wait-async', cell: cell(0), expected: 0, timeout: 5, token: 'waiter token' });
    };
    const seen = endsOf({ agents: { waiter, other: (port) => port.perform(ops.notify(0)) } }).map(({ outcome }) => `${outcome.results['other']} ${outcome.state['output']}`);
    expect(new Set(seen)).toEqual(new Set(['returned 1 waiter ok', 'returned 0 waiter timed-out']));
  });
});

describe('locks', () => {
  it('a condition wait gives the mutex back, and is signalled in the order of waiting', () => {
    const waiter: Plain['agents'][string] = (port) => {
      port.perform(ops.lock('m'));
      if (port.perform(ops.read(0)) === 0) { port.perform(ops.await('c', 'm')); port.perform(ops.lock('m')); }
      const seen = port.perform(ops.read(0));
      port.perform(ops.unlock('m'));
      return seen;
    };
    const setter: Plain['agents'][string] = (port) => { port.perform(ops.lock('m')); port.perform(ops.write(0, 7)); port.perform(ops.signal('c')); port.perform(ops.unlock('m')); };
    const ends = endsOf({ agents: { waiter, setter } });
    expect(ends.map(({ outcome }) => outcome.results['waiter'])).toEqual(['returned 7', 'returned 7']);
    expect(ends.every(({ blocked, holds, misuses }) => blocked.length + holds.length + misuses.length === 0)).toBe(true);
  });

  it('waiting without the mutex, and unlocking what is not held, are misuses', () => {
    const [end] = endsOf({ agents: { a: (port) => [port.perform(ops.await('c', 'm')), port.perform(ops.unlock('m'))] } });
    expect(end!.outcome.results['a']).toBe('returned ["not-held","not-held"]');
    expect(end!.misuses.map(({ text }) => text)).toEqual(['a waits for condition c without holding its mutex', 'a unlocks mutex m, which nobody holds']);
  });

  it('a semaphore lets in as many as it counts', () => {
    const user: Plain['agents'][string] = (port) => { port.perform(ops.acquire('s', 2)); const inside = (port.perform(ops.add(0, 1)) as number) + 1; port.perform(ops.add(0, -1)); port.perform(ops.release('s', 2)); return inside; };
    expect(resultsOf({ agents: { a: user, b: user, c: user } }, 'a')).toEqual(['1', '2']);
  });

  it('tryLock fails while another holds it, and acquires nothing', () => {
    const taker: Plain['agents'][string] = (port) => { const isMine = port.perform(ops.tryLock('m')); if (isMine === true) port.perform(ops.unlock('m')); return isMine; };
    expect(endsOf({ agents: { a: taker, b: taker } }).map(({ outcome }) => `${outcome.results['a']} ${outcome.results['b']}`).sort()).toEqual(['returned false returned true', 'returned true returned false', 'returned true returned true', 'returned true returned true']);
  });
});

describe('guards over memory', () => {
  it('block-until goes on in states where its condition holds', () => {
    const ends = endsOf({ agents: { waiter: (port) => { port.perform(ops.until(0, 1)); return port.perform(ops.read(1)); }, other: (port) => { port.perform(ops.write(1, 5)); port.perform(ops.write(0, 1)); port.perform(ops.write(0, 2)); } } });
    expect(ends.map(({ outcome }) => outcome.results['waiter']).sort()).toEqual(['never finished', 'returned 5']);
    expect(ends.flatMap(({ blocked }) => blocked.map(({ waits, resource }) => `${waits} ${resource}`))).toEqual(['condition m[0] === 1']);
  });
});

describe('turns of one agent', () => {
  it('do not overlap, though they suspend at shared memory', () => {
    const twice: Plain['agents'][string] = (port) => [port.perform(ops.add(0, 1)), port.perform(ops.add(0, 1))];
    const ends = endsOf({ agents: {}, tasks: { alice: twice, bob: twice } });
    expect(ends.map(({ outcome }) => `${outcome.results['alice']} ${outcome.results['bob']}`).sort()).toEqual(['returned [0,1] returned [2,3]', 'returned [2,3] returned [0,1]']);
  });

  it('interleave with other agents at each operation', () => {
    const twice: Plain['agents'][string] = (port) => [port.perform(ops.add(0, 1)), port.perform(ops.add(0, 1))];
    const ends = endsOf({ agents: { other: twice }, tasks: { alice: twice } });
    expect(ends).toHaveLength(6);
  });

  it('are explored in both orders, with what other agents do between: 2 * 3 * 2 classes', () => {
    const load: Plain['agents'][string] = (port) => port.perform(ops.load(1));
    const ends = endsOf({ agents: { a: (port) => port.perform(ops.load(0)), b: (port) => { port.perform(ops.store(1, 1)); port.perform(ops.store(0, 1)); } }, tasks: { alice: load, bob: load } });
    expect(ends).toHaveLength(12);
  });

  it('that use no shared memory commute', () => {
    expect(endsOf({ agents: {}, tasks: { alice: () => 1, bob: () => 2 } })).toHaveLength(1);
  });
});

/** A mailbox: what is put in arrives at the main agent in order. A worker that is started runs at once up to its first operation. */
const mailbox: SharedObjectKind = {
  name: 'mailbox',
  create: (world) => ({
    areTouchesFixed: true,
    touches: ({ method, payload }) => ({ writes: [method === 'send' ? 'mailbox tail' : lifeOf(method === 'spawn' ? `worker of ${String(payload)}` : String(payload))] }),
    perform: ({ method, payload }) => {
      if (method === 'spawn') world.spawn({ agent: `worker of ${String(payload)}`, entry: payload });
      else if (method === 'terminate') world.terminate(String(payload));
      else world.post({ agent: 'main', address: 'mailbox 1', payload, label: `message ${String(payload)} arrives`, channel: 'mailbox 1', touches: { writes: ['mailbox head'] } });
      return undefined;
    },
    logged: ({ method }) => (method === 'send' ? 'send' : method === 'spawn' ? 'spawn' : undefined),
  }),
};
const call = (method: string, payload: unknown) => ({ site: -1, kind: 'shared', object: 'mailbox 1', method, payload, name: 'mailbox 1' }) as const;

describe('shared objects', () => {
  const setUp: Plain['setUp'] = (port) => { if (port.agent === 'main') port.onInput('mailbox 1', (payload) => port.perform(ops.observe(String(payload)))); };

  it('messages of one channel arrive in order, those of two agents in the order of sending', () => {
    const ends = endsOf({ kinds: [mailbox], setUp, agents: { a: (port) => { port.perform(call('send', 'a1')); port.perform(call('send', 'a2')); }, b: (port) => port.perform(call('send', 'b')) } });
    expect(ends.map(({ outcome }) => outcome.state['output']).sort()).toEqual(['a1, a2, b', 'a1, b, a2', 'b, a1, a2']);
    const receives = ends[0]!.steps.filter(({ kind }) => kind === 'receive');
    expect(receives.map(({ enabledBy }) => ends[0]!.steps[enabledBy!]!.kind)).toEqual(['send', 'send', 'send']);
  });

  it('an agent that is spawned takes part, and does nothing more once it is terminated', () => {
    const spawner: Plain['agents'][string] = (port) => { port.perform(call('spawn', 'adder')); port.perform(call('terminate', 'worker of adder')); };
    const ends = endsOf({ kinds: [mailbox], agents: { spawner }, spawned: { adder: (port) => { port.perform(ops.add(0, 1)); port.perform(ops.add(0, 1)); } } });
    expect(new Set(ends.map(({ outcome }) => outcome.state['m[0]']))).toEqual(new Set([undefined, '1', '2']));
  });
});
