#!/usr/bin/env node
// Makes the picture of every textbook system anew: the witness of its first variant that goes wrong, as `raceproof simulate --export svg`
// draws it. Usage: node test/systems/pictures.mjs [NAME…]   (npm run systems:pictures builds first; names as `raceproof systems` takes them)
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);
const command = async (...args) => (await run(process.execPath, ['dist/cli.js', ...args], { cwd: root, maxBuffer: 1 << 28 }).catch((error) => (error.code === 1 ? error : Promise.reject(error)))).stdout;

const variants = JSON.parse(await command('systems', '--list', '--format', 'json', ...process.argv.slice(2)));
const pictured = [...new Map(variants.filter(({ expected }) => expected === 'confirmed').reverse().map((variant) => [variant.name, variant])).values()].reverse();
await Promise.all(Array.from({ length: availableParallelism() }, async () => {
  for (let next = pictured.shift(); next; next = pictured.shift()) {
    const picture = await command('simulate', next.file, ...next.flags, '--export', 'svg');
    writeFileSync(join(root, 'systems', next.name, 'timeline.svg'), picture);
    console.log(`systems/${next.name}/timeline.svg  ${(picture.length / 1024).toFixed(0)} kB`);
  }
}));
