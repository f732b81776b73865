import { agent, scenario } from 'raceproof';
import { readFileSync, writeFileSync } from 'node:fs';

/** One process rewrites its settings in place, another one reads them. To write a file is to empty it first, and then to fill it. */
export default scenario(() => {
  writeFileSync('/settings.json', JSON.stringify({ port: 80 }));
  const seen = new Int32Array(new SharedArrayBuffer(4)); // the port that the reader found; only the invariant looks

  const save = (port: number) => {
    writeFileSync('/settings.json', JSON.stringify({ port }));
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
