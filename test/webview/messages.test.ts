import { describe, expect, it } from 'vitest';
import { parseHostMessage, parsePageMessage } from '../../src/webview/index.js';
import { accountShow, accountTrace, counterShow, showOf } from './proofs.js';

const range = { file: 'a.ts', start: { line: 1, column: 1 }, end: { line: 1, column: 5 } };

describe('messages to the page', () => {
  it.each([
    accountShow,
    counterShow(3, 2),
    showOf({ verdict: 'unproven' }),
    { type: 'busy', name: 'withdraw' },
    { type: 'busy', name: 'withdraw', note: '1,000 so far' },
    { type: 'idle' },
    { type: 'failed', message: 'no engine' },
    { type: 'stale', stale: true },
    { type: 'go', to: 'collision' },
    { type: 'go', to: { index: 3 } },
    { type: 'engine', text: '' },
    { type: 'no-engine', reason: 'not trusted' },
  ])('takes $type', (message) => {
    expect(parseHostMessage(structuredClone(message))).toEqual(message);
  });

  const { proof } = accountShow;
  const { witness } = proof;
  const withTrace = (trace: object) => ({ ...accountShow, proof: { ...proof, witness: { ...witness, trace: { ...accountTrace, ...trace } } } });
  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'message should be an object.'],
    ['a list', [], 'message should be an object.'],
    ['a text', 'show', 'message should be an object.'],
    ['no type', {}, 'message.type should be one of show, busy, idle, failed, stale, go, engine, no-engine.'],
    ['an inherited type', { type: 'toString' }, 'message.type should be one of'],
    ['a type of the other side', { type: 'ready' }, 'message.type should be one of'],
    ['a missing field', { type: 'stale' }, 'message.stale should be true or false.'],
    ['a field of another type', { type: 'failed', message: { toString: 1 } }, 'message.message should be a text.'],
    ['an unknown destination', { type: 'go', to: 'nowhere' }, 'message.to should be one of first, back, forward, last, collision.'],
    ['a negative step', { type: 'go', to: { index: -1 } }, 'message.to.index should be a whole number from 0.'],
    ['an unknown verdict', { ...accountShow, proof: { ...proof, verdict: 'sure' } }, 'message.proof.verdict should be one of'],
    ['values that are no text', { ...accountShow, proof: { ...proof, outcomes: [{ outcome: { state: { n: 1 }, results: {}, effects: {} }, count: 1, expected: true }] } }, 'message.proof.outcomes[0].outcome.state.n should be a text.'],
    ['steps out of order', withTrace({ steps: [...accountTrace.steps].reverse() }), 'message.proof.witness.trace.steps[0] should be step 0 of a known task.'],
    ['a step of an unknown task', withTrace({ tasks: [] }), 'message.proof.witness.trace.steps[0] should be step 0 of a known task.'],
    ['a conflict of steps that are not there', withTrace({ conflict: [3, 99] }), 'message.proof.witness.trace.conflict should be two of the steps.'],
    ['a conflict of three', withTrace({ conflict: [1, 2, 3] }), 'message.proof.witness.trace.conflict should be a pair.'],
    ['a scenario of another version', { ...accountShow, scenario: { version: 2 } }, 'message.scenario.version should be one of 1.'],
  ])('refuses %s', (_, message, complaint) => {
    expect(() => parseHostMessage(message)).toThrow(complaint);
  });
});

describe('messages to the host', () => {
  it.each([
    { type: 'ready' },
    { type: 'select', step: 0, range, label: 'alice reads n: 1' },
    { type: 'select', step: 0, range, label: 'alice reads n: 1', partner: range },
    { type: 'open', range },
    { type: 'again' },
    { type: 'write-test' },
    { type: 'cancel' },
    { type: 'engine' },
    { type: 'error', message: 'oh' },
  ])('takes $type', (message) => {
    expect(parsePageMessage(message)).toEqual(message);
  });

  it.each([null, 1, { type: 'show' }, { type: 'select', step: 1.5, range, label: '' }, { type: 'open' }, { type: 'open', range: { ...range, file: 1 } }, { type: 'error' }])('refuses %j', (message) => {
    expect(() => parsePageMessage(message)).toThrow('should be');
  });
});
