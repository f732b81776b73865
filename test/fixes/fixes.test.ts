import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fileURLToPath } from 'node:url';
import { applyEdits } from '../../src/fixes/index.js';
import { analyse } from '../../src/analysis/index.js';
import type { JudgedFix } from '../../src/model/index.js';
import { proveFixes } from '../../src/proof/index.js';
import { useEngine } from '../proof/judging.js';
import { typeErrorsIn } from './type-errors.js';

const engine = useEngine();
const folder = new URL('fixtures/', import.meta.url);
const names = readdirSync(folder).filter((name) => /^[^.]+\.[jt]s$/.test(name) && name !== 'world.ts');

interface Fixed {
  readonly fix: JudgedFix;
  readonly text: string;
}

/** The first proved fix of each finding of a file, by itself. */
async function fixedTexts(file: string, text: string): Promise<Fixed[]> {
  const fixed: Fixed[] = [];
  for (const finding of analyse({ file, text }).findings) {
    const [fix] = await proveFixes(finding, { file, text }, engine.simulator);
    expect(fix, `${finding.rule} has no fix`).toBeDefined();
    expect(fix!.verdict, fix!.reason).toBe('proved');
    fixed.push({ fix: fix!, text: applyEdits(text, fix!.edits) });
  }
  return fixed;
}

describe('a proved fix of', () => {
  it.each(names)('%s reads like the rest of the file, and type-checks', async (name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    const fixed = await fixedTexts(name, text);
    expect(fixed).toHaveLength(1);
    const [{ fix, text: after }] = fixed as [Fixed];
    await expect(`// ${fix.title}\n${after}`).toMatchFileSnapshot(fileURLToPath(new URL(name.replace(/\.([jt]s)$/, '.fixed.$1'), folder)));
    expect(typeErrorsIn(folder, name, text)).toEqual([]);
    expect(typeErrorsIn(folder, name, after)).toEqual([]);
  });
});

