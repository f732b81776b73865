import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { useEngine } from './judging.js';

const engine = useEngine();
const imports = `import { promises as fs } from 'node:fs';\nimport yaml from 'yaml';\n`;

async function verdictsOf(code: string): Promise<string[]> {
  const judged = await engine.check(imports + code);
  return judged.map(({ finding, proof }) => `${finding.rule} ${proof.verdict}`);
}

describe('what a file holds is a place that tasks share', () => {
  it('the racy example of the page is confirmed', async () => {
    const page = readFileSync(new URL('../../docs/rules/file-lost-update.md', import.meta.url), 'utf8');
    const [{ proof } = expect.fail('nothing found')] = await engine.check(/^```ts racy\n([\s\S]*?)^```$/m.exec(page)![1]!);
    expect(proof.verdict).toBe('confirmed');
    expect(proof.witness!.outcome.state).toEqual({ 'file file': String.raw`"{\"name1\":\"value1\"}"` });
    expect(proof.witness!.expectedOutcomes).toHaveLength(2);
  });

  it('a number is counted up, lines are added, fields of which callers give some', async () => {
    expect(await verdictsOf(`export async function count(file: string) {
      const visits = Number(await fs.readFile(file, 'utf8'));
      await fs.writeFile(file, String(visits + 1));
    }`)).toEqual(['file-lost-update confirmed']);
    expect(await verdictsOf(`export async function note(file: string, line: string) {
      const known = await fs.readFile(file, 'utf8');
      await fs.writeFile(file, known + line);
    }`)).toEqual(['file-lost-update confirmed']);
    expect(await verdictsOf(`interface Options { size: number; color: string }
    export async function change(taskId: string, options: Partial<Options>) {
      const file = taskId + '.json';
      const known = JSON.parse(await fs.readFile(file, 'utf8'));
      await fs.writeFile(file, JSON.stringify({ ...known, ...options }));
    }`)).toEqual(['file-lost-update confirmed']);
  });

  it('lists that the parsed text has are there', async () => {
    expect(await verdictsOf(`export async function add(file: string, entry: string) {
      const data = JSON.parse(await fs.readFile(file, 'utf8'));
      data.entries.push(entry);
      await fs.writeFile(file, JSON.stringify(data));
    }`)).toEqual(['file-lost-update confirmed']);
  });

  it('tasks that put the same thing at the same place lose nothing, and nothing is refuted by a few texts', async () => {
    const [{ finding, proof } = expect.fail('nothing found')] = await engine.check(`${imports}export async function enable(file: string) {
      const options = JSON.parse(await fs.readFile(file, 'utf8'));
      options.enabled = true;
      await fs.writeFile(file, JSON.stringify(options));
    }`);
    expect(finding.rule).toBe('file-lost-update');
    expect(['bounded', 'unproven']).toContain(proof.verdict);
  });

  it('a text that something outside has made says nothing: twice through it may be as good as once', async () => {
    const [{ proof } = expect.fail('nothing found')] = await engine.check(`${imports}export async function enable(file: string, name: string) {
      const options = yaml.parse(await fs.readFile(file, 'utf8'));
      options[name] = true;
      await fs.writeFile(file, '# options' + yaml.stringify(options));
    }`);
    expect(proof).toMatchObject({ verdict: 'unproven', reason: 'what is written to the file is made by something outside, and has no model; a scenario file (simulate --export race) can put code of its own in its place' });
  });

  it('a file that only one can make may keep others out', async () => {
    const [{ proof } = expect.fail('nothing found')] = await engine.check(`${imports}export async function note(file: string, line: string) {
      const marker = await fs.open(file + '.busy', 'wx');
      const known = await fs.readFile(file, 'utf8');
      await fs.writeFile(file, known + line);
      await marker.close();
    }`);
    expect(proof).toMatchObject({ verdict: 'unproven', reason: '`open` may change a file, or keep other tasks out, and has no model; a scenario file (simulate --export race) can put code of its own in its place' });
  });
});
