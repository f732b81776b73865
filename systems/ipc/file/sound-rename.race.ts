import { agent, scenario } from 'raceproof';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** One process writes its settings aside and renames them into place; another one reads them. A rename is one step. */
export default scenario(() => {
  writeFileSync('/settings.json', JSON.stringify({ port: 80 }));
  const seen = new Int32Array(new SharedArrayBuffer(4)); // the port that the reader found; only the invariant looks

  const save = (port: number) => {
    writeFileSync('/settings.json.new', JSON.stringify({ port }));
    renameSync('/settings.json.new', '/settings.json');
  };

  const load = () => {
    const text = readFileSync('/settings.json', 'utf8');
    Atomics.store(seen, 0, text === '' ? -1 : JSON.parse(text).port);
  };

  return {
    tasks: { writer: agent(() => save(8080)), reader: agent(load) },
    observe: () => ({ port: seen[0] }),
    invariant: () => seen[0] === 80 || seen[0] === 8080,
  };
});
