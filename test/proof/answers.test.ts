import { describe, expect, it } from 'vitest';
import { useEngine } from './judging.js';

const engine = useEngine();

const board = (parameter: string, asked: string, types = '') => `
  import { api } from './api';
  ${types}
  export class Board {
    entries: unknown;
    async refresh(${parameter}): Promise<void> {
      const answer = await api.load(${asked});
      this.entries = answer.entries;
    }
  }`;

describe('an answer that overwrites that to a later question', () => {
  it('is seen where all that may be asked is optional', async () => {
    const judged = await engine.check(board('options?: Options', 'options', 'interface Options { readonly page?: number; readonly signal?: AbortSignal }'));
    expect(judged.map(({ finding, proof }) => [finding.rule, proof.verdict])).toEqual([['out-of-order-response', 'confirmed']]);
    expect(judged[0]!.proof.scenario!.tasks.map(({ name }) => name)).toEqual(['refresh({"page":1})', 'refresh({"page":2})']);
  });

  it('and where a field of what is asked has a default', async () => {
    const judged = await engine.check(board('{ page }: Options = {}', 'page', 'interface Options { readonly page?: number }'));
    expect(judged.map(({ proof }) => proof.verdict)).toEqual(['confirmed']);
  });

  it('is not refuted where all ask the same', async () => {
    const judged = await engine.check(board('', '"all"'));
    expect(judged.map(({ proof }) => proof.verdict)).not.toContain('refuted');
  });
});
