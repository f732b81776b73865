import { describe, expect, it } from 'vitest';
import { replay } from '../../../src/simulator/explore/index.js';
import type { AgentsEnd } from '../../../src/simulator/agents/index.js';
import { cell, ops, plainSystem, type Plain } from './plain-agents.js';

/** The end of the execution that fires, time after time, the first enabled event of these tasks. */
function endOf(plain: Plain, ...tasks: string[]): AgentsEnd {
  const execution = plainSystem(plain).start();
  for (const task of tasks) execution.fire(execution.enabled().find((event) => event.task === task)!);
  return execution.result();
}

const text = ({ steps }: AgentsEnd) => steps.map(({ task, kind, resource, before, after, enabledBy }) => [task, kind, resource, before, after, enabledBy === undefined ? undefined : `after ${enabledBy}`].filter((part) => part !== undefined).join(' '));

describe('the log of an execution', () => {
  it('tells accesses with the values before and after', () => {
    const plain: Plain = { agents: { a: (port) => { port.perform(ops.write(0, 5)); port.perform(ops.read(0)); port.perform(ops.add(0, 2)); port.perform(ops.cas(0, 7, 9)); port.perform(ops.cas(0, 7, 9)); } } };
    expect(text(endOf(plain, 'a', 'a', 'a', 'a', 'a'))).toEqual(['a write m[0] 0 5', 'a read m[0] 5', 'a update m[0] 5 7', 'a update m[0] 7 9', 'a read m[0] 9']);
    expect(endOf(plain, 'a').steps[0]).toMatchObject({ isAtomic: false, bytes: { buffer: 'buffer 1', offset: 0, size: 4 } });
  });

  it('names the release behind an acquire, and when a task first stood before a lock in vain', () => {
    const user: Plain['agents'][string] = (port) => { port.perform(ops.lock('m')); port.perform(ops.unlock('m')); };
    const entering: Plain['agents'][string] = (port) => { port.perform(ops.load(0)); user(port, undefined as never); };
    expect(text(endOf({ agents: { a: user, b: entering } }, 'a', 'b', 'a', 'b', 'b'))).toEqual(['a acquire mutex m', 'b read m[0] 0', 'b request mutex m', 'a release mutex m', 'b acquire mutex m after 3', 'b release mutex m']);
  });

  it('names the notify behind a wake', () => {
    expect(text(endOf({ agents: { a: (port) => port.perform(ops.wait(0, 0)), b: (port) => port.perform(ops.notify(0)) } }, 'a', 'b'))).toEqual(['a wait m[0]', 'b notify m[0]', 'a wake m[0] after 1']);
  });

  it('tells what is held at the end, and who can never go on', () => {
    const end = endOf({ agents: { a: (port) => { port.perform(ops.lock('x')); port.perform(ops.lock('y')); }, b: (port) => { port.perform(ops.lock('y')); port.perform(ops.lock('x')); } } }, 'a', 'b');
    expect(end.holds).toEqual([{ task: 'a', resource: 'mutex x', step: 0 }, { task: 'b', resource: 'mutex y', step: 1 }]);
    expect(end.blocked).toEqual([
      { agent: 'a', task: 'a', site: -1, waits: 'lock', resource: 'mutex y' },
      { agent: 'b', task: 'b', site: -1, waits: 'lock', resource: 'mutex x' },
    ]);
    expect(end.isTruncated).toBe(false);
  });

  it('tells when a buffered store reaches memory', () => {
    const end = endOf({ memoryModel: 'tso', agents: { a: (port) => { port.perform(ops.write(0, 1)); port.perform(ops.read(1)); } } }, 'a', 'a', 'a');
    expect(text(end).sort()).toEqual(['a flush m[0] 0 1 after 0', 'a read m[1] 0', 'a write m[0] 0 1']);
  });

  it('is that of a schedule wherever it is replayed', () => {
    const plain: Plain = { agents: { a: (port) => port.perform(ops.write(0, 1)), b: (port) => port.perform(ops.read(0)) } };
    const schedule = { version: 1 as const, events: ['b/1', 'a/1'].map((id) => ({ id, task: id[0]!, label: '' })) };
    expect(text(replay(() => plainSystem(plain).start(), schedule).result)).toEqual(['b read m[0] 0', 'a write m[0] 0 1']);
  });
});

describe('elements of several sizes in the same bytes', () => {
  const byte = { buffer: 'buffer 1', offset: 1, type: 'Uint8', name: 'bytes[1]' } as const;
  it('see one another, and conflict', () => {
    const agents: Plain['agents'] = {
      a: (port) => { port.noteElements?.('buffer 1', 1); return port.perform({ site: -1, kind: 'store', cell: cell(0), value: -1, isAtomic: false }); },
      b: (port) => { port.noteElements?.('buffer 1', 1); return port.perform({ site: -1, kind: 'load', cell: byte, isAtomic: false }); },
      c: (port) => { port.noteElements?.('buffer 1', 1); return port.perform({ site: -1, kind: 'load', cell: { ...byte, offset: 5, name: 'bytes[5]' }, isAtomic: false }); },
    };
    const first = plainSystem({ agents }).start();
    const footprint = Object.fromEntries(first.enabled().map(({ task, footprint }) => [task, footprint!]));
    expect(footprint['a']!.conflictsWith(footprint['b']!)).toBe(true);
    expect(footprint['a']!.conflictsWith(footprint['c']!)).toBe(false);
    expect([endOf({ agents }, 'a', 'b'), endOf({ agents }, 'b', 'a')].map(({ outcome }) => outcome.results['b'])).toEqual(['returned 255', 'returned 0']);
  });
});
