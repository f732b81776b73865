import { scenario } from 'raceproof';

// A compiler that anybody may call. It may write to the bill, since it notes there what each call costs; and it writes its output where the caller
// says. Whose right it uses for that, it cannot tell: told to write its output to the bill, it does so with its own (the confused deputy, Hardy 1988).
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
  const writerOf = (_caller: string) => 'compiler';

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
