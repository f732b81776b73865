import type { Verdict } from '../../model/index.js';

const advice: Readonly<Record<Verdict, readonly string[]>> = {
  confirmed: [],
  refuted: ['Nothing needs to be done. The finding is not shown in the editor.'],
  bounded: ['A race may still hide in the interleavings that were not reached.', 'Fewer suspension points or a smaller function make the rest reachable; the command takes a larger --budget.'],
  unproven: ['The finding rests on reading the code alone and stays in the editor as information.', 'What keeps a scenario from being closed is often an argument that cannot be made from its type, or a callee that needs a real environment.'],
};

/** What a verdict leaves to do. */
export function WhatNow({ verdict }: { readonly verdict: Verdict }) {
  if (advice[verdict].length === 0) return null;
  return (
    <section class="what-now" aria-label="What this means">
      {advice[verdict].map((sentence) => (
        <p>{sentence}</p>
      ))}
    </section>
  );
}
