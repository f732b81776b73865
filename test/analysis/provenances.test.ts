import { expect, test } from 'vitest';
import { Program } from '../../src/analysis/program.js';
import type { ModuleModel } from '../../src/analysis/model/module.js';
import { provenancesOf } from '../../src/analysis/regions/provenance.js';

test('what a value was made from is worked out once for a graph', () => {
  const program = new Program();
  const model = program.model({ file: 'a.ts', text: 'let n = 0;\nexport async function add(by: number) { const before = n; await save(); n = before + by; }' }) as ModuleModel;
  const [{ graph }] = program.studiesOf(model) as [ReturnType<Program['studiesOf']>[number]];
  const write = graph.effects.find((effect) => effect.kind === 'write')!;
  const provenance = provenancesOf(graph.effects).of(write.value);
  expect([...provenance.makers].sort()).toEqual(['+', 'parameter']);
  expect(provenancesOf(graph.effects).of(write.value)).toBe(provenance);
});
