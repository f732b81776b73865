import { describe, expect, it } from 'vitest';
import { Tally, type ExecutionEnd } from '../../../src/simulator/oracle/index.js';
import { end, outcome, step, type EndParts } from './ends.js';

/** Two withdrawals of 80 from 100, one after the other. */
function ended(first: string, second: string, balance: string, results: Record<string, string>, more: EndParts = {}): ExecutionEnd {
  return end({ steps: [step('alice', 'start'), step('bob', 'start'), step(first, 'update', 'balance'), step(first, 'end'), step(second, 'update', 'balance'), step(second, 'end')], outcome: outcome({ balance }, results), ...more });
}

const took = 'returned true';
const refused = 'returned false';

function tally(): Tally {
  const made = new Tally({ serializable: true });
  made.addSerial(ended('alice', 'bob', '20', { alice: took, bob: refused }));
  made.addSerial(ended('bob', 'alice', '20', { alice: refused, bob: took }));
  return made;
}

const overlapping = [step('alice', 'read', 'balance'), step('bob', 'read', 'balance'), step('alice', 'end'), step('bob', 'end')];

describe('strict serializability', () => {
  it('the outcome of some serial order is fine', () => {
    expect(tally().add(end({ steps: overlapping, outcome: outcome({ balance: '20' }, { bob: took, alice: refused }) }))).toEqual([]);
  });

  it('an outcome of no serial order is not', () => {
    expect(tally().add(end({ steps: overlapping, outcome: outcome({ balance: '-60' }, { alice: took, bob: took }) }))).toEqual([{
      kind: 'serializability', steps: [],
      message: [
        'balance = -60, alice returned true, bob returned true: no serial order of the tasks ends so',
        '  alice, then bob: balance = 20, alice returned true, bob returned false', '  bob, then alice: balance = 20, alice returned false, bob returned true',
      ].join('\n'),
    }]);
  });

  it('nor that of an order which real time forbids', () => {
    expect(tally().add(ended('alice', 'bob', '20', { alice: refused, bob: took }))).toEqual([{
      kind: 'serializability', steps: [3, 4],
      message: 'balance = 20, alice returned false, bob returned true: only bob, then alice ends so, but alice had ended (step 4) before bob began (step 5)',
    }]);
  });

  it('where both orders end alike, either will do', () => {
    const both = new Tally({ serializable: true });
    both.addSerial(ended('alice', 'bob', '2', { alice: 'returned undefined', bob: 'returned undefined' }));
    both.addSerial(ended('bob', 'alice', '2', { alice: 'returned undefined', bob: 'returned undefined' }));
    expect(both.add(ended('bob', 'alice', '2', { alice: 'returned undefined', bob: 'returned undefined' }))).toEqual([]);
  });

  it('is not asked for by itself, and says nothing of executions that do not end', () => {
    const wrong: EndParts = { outcome: outcome({ balance: '-60' }) };
    expect(new Tally({}).add(end(wrong))).toEqual([]);
    expect(tally().add(end({ ...wrong, isTruncated: true }))).toEqual([]);
    expect(tally().add(end({ ...wrong, blocked: [{ agent: 'a', task: 'alice', site: -1, waits: 'lock', resource: 'm' }] })).map(({ kind }) => kind)).toEqual(['deadlock']);
  });

  it('a serial order that blocks has no outcome to compare with', () => {
    const made = new Tally({ serializable: true });
    made.addSerial(end({ blocked: [{ agent: 'a', task: 'consumer', site: -1, waits: 'signal', resource: 'c' }] }));
    expect(made.add(end({ outcome: outcome({ x: '1' }) }))).toEqual([]);
  });
});
