import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { scenario } from 'raceproof';

// A child writes to its output, a pipe that holds 8 bytes here. The parent waits for its end before it reads: the pipe is full, the child waits for
// room, and nobody makes any.
export default scenario(() => {
  let output = '';

  const parent = async () => {
    const child = spawn(process.execPath, [fileURLToPath(new URL('./child.ts', import.meta.url))], { stdio: ['ignore', 'pipe', 'ignore'] });
    await once(child, 'exit');
    for await (const chunk of child.stdout!) output += String(chunk);
  };

  return { tasks: { parent }, invariant: () => output === 'twenty-four bytes of text' };
}, { pipeCapacity: 8 });
