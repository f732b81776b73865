import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { scenario } from 'raceproof';

// The other way round: the child reads, up to the end of the file. The parent keeps its end of the pipe open, though it has written all that there is. The child
// waits for more, the parent for the answer.
export default scenario(() => {
  let answer = '';

  const parent = async () => {
    const child = spawn(process.execPath, [fileURLToPath(new URL('./reader.ts', import.meta.url))], { stdio: ['pipe', 'pipe', 'ignore'] });
    child.stdin!.write('six...');
    answer = await text(child.stdout!);
  };

  return { tasks: { parent }, invariant: () => answer === '6' };
}, { pipeCapacity: 8 });
