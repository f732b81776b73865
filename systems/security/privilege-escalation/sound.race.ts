import { scenario } from 'raceproof';

// The compiler writes the output with the right of its caller, and the bill with its own: with a name comes the right that goes with it, as with a capability.
export default scenario(() => {
  const files = new Map([['bill', 'ann owes 5'], ['out', '']]);
  const mayWrite = new Map([['compiler', ['bill', 'out']], ['bob', ['out']]]);

  const write = (who: string, file: string, text: string) => {
    if (!mayWrite.get(who)!.includes(file)) throw new Error(`${who} may not write to ${file}`);
    files.set(file, text);
  };

  const compile = async (caller: string, source: string, output: string) => {
    const text = await translate(source);
    write(writerOf(caller), output, text);
    write('compiler', 'bill', `${files.get('bill')}, ${caller} owes 1`);
  };

  /** With whose right the output is written. */
  const writerOf = (caller: string) => caller;

  const translate = async (source: string) => `compiled ${source}`;

  return {
    tasks: {
      honest: () => compile('bob', 'a.ts', 'out'),
      greedy: () => compile('bob', 'b.ts', 'bill').catch(() => 'refused'),
    },
    invariant: () => {
      if (!files.get('bill')!.startsWith('ann owes 5')) throw new Error(`the bill reads: ${files.get('bill')}`);
    },
  };
});
