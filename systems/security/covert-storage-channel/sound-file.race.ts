import { existsSync, mkdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { agent, scenario } from 'raceproof';

// Each level has a directory for its scratch files, and whatever it asks for is looked for there: what the other has made is not to be seen.
export default scenario((secret: number) => {
  const folderOfHigh = '/tmp/high';
  const folderOfLow = '/tmp/low';
  mkdirSync(folderOfHigh, { recursive: true });
  mkdirSync(folderOfLow, { recursive: true });
  const seen = new Int32Array(new SharedArrayBuffer(4));

  const high = () => {
    if (secret === 0) return;
    writeFileSync(`${folderOfHigh}/scratch`, '');
    unlinkSync(`${folderOfHigh}/scratch`);
  };

  const low = () => {
    seen[0] = existsSync(`${folderOfLow}/scratch`) ? 2 : 1;
  };

  return { tasks: { high: agent(high), low: agent(low) }, observer: () => (seen[0] === 1 ? 'no file' : 'a file') };
}, { secrets: [0, 1] });
