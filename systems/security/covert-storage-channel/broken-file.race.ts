import { existsSync, mkdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { agent, scenario } from 'raceproof';

// Both levels keep their scratch files in one directory. Low cannot open the files of high; but a name can be there only once, and low can ask
// whether it is: high makes the file for a one, and makes none for a zero.
export default scenario((secret: number) => {
  const folderOfHigh = '/tmp';
  const folderOfLow = '/tmp';
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
