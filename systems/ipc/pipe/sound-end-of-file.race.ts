import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { scenario } from 'raceproof';

// The other way round: the child reads, up to the end of the file. That comes when the last writer is gone, so the parent closes its end of the pipe when it has
// written all that there is.
export default scenario(() => {
  let answer = '';

  const parent = async () => {
    const child = spawn(process.execPath, [fileURLToPath(new URL('./reader.ts', import.meta.url))], { stdio: ['pipe', 'pipe', 'ignore'] });
    child.stdin!.write('six...');
    child.stdin!.end();
    answer = await text(child.stdout!);
  };

  return { tasks: { parent }, invariant: () => answer === '6' };
}, { pipeCapacity: 8 });
