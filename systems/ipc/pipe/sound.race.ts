import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { scenario } from 'raceproof';

// A child writes to its output, a pipe that holds 8 bytes here. The parent reads while the child writes, up to the end of the file, which comes when
// the last writer is gone; only then does it ask how the child has ended.
export default scenario(() => {
  let output = '';

  const parent = async () => {
    const child = spawn(process.execPath, [fileURLToPath(new URL('./child.ts', import.meta.url))], { stdio: ['ignore', 'pipe', 'ignore'] });
    const ended = once(child, 'close');
    for await (const chunk of child.stdout!) output += String(chunk);
    await ended;
  };

  return { tasks: { parent }, invariant: () => output === 'twenty-four bytes of text' };
}, { pipeCapacity: 8 });
