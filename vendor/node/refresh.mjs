// Copies the parts of Node's library that simulated programs run on from the Node that runs this: `node --no-warnings vendor/node/refresh.mjs`.
// Node 20 is the one whose behaviour the simulator shows; tests compare the two.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const parts = [
  'stream', 'stream/promises', 'stream/consumers',
  ...'add-abort-signal compose destroy duplex duplexify duplexpair end-of-stream from legacy operators passthrough pipeline readable state transform utils writable'.split(' ').map((name) => `internal/streams/${name}`),
  'path', 'querystring', 'internal/querystring', 'internal/util/inspect', 'internal/util/comparisons', 'internal/validators',
];

const sources = process.binding('natives');
for (const part of parts) {
  const file = join(import.meta.dirname, 'lib', `${part}.js`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, sources[part]);
}
writeFileSync(join(import.meta.dirname, 'VERSION'), `${process.version}\n`);
