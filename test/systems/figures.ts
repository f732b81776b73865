import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RaceExploration } from '../../src/model/index.js';
import type { Chosen } from '../../src/systems/index.js';
import { systemsFolder } from './bench.js';

/** Numbers that a system's page tells of a variant: "- `broken`: 4 of 28 executions …", "- `sound`: 64 classes …". */
export function figuresOn({ system, variant }: Chosen): readonly string[] {
  const path = join(systemsFolder, system.name, 'README.md');
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  return lines.filter((line) => line.startsWith(`- \`${variant.name}\`:`)).flatMap((line) => /^- `[^`]+`: ([\d,]+ of [\d,]+ executions|[\d,]+ (?:classes|executions))/.exec(line)?.[1] ?? []);
}

/** The same numbers as an exploration has them. */
export function figuresOf(told: readonly string[], { wrong, executions }: RaceExploration): readonly string[] {
  const number = (count: number): string => count.toLocaleString('en-US');
  return told.map((figure) => (figure.includes(' of ') ? `${number(wrong)} of ${number(executions)} executions` : `${number(executions)} ${figure.split(' ')[1]!}`));
}
