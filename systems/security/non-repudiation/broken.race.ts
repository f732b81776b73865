import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { scenario } from 'raceproof';

interface Order { readonly text: string; readonly proof: Buffer }

// Alice orders, Bob delivers and keeps the order. Later they are at odds, and a judge looks at what Bob has kept. The order carries a code of a key that both
// have: enough for Bob, who knows that it was not he. To the judge it might as well have been.
export default scenario(() => {
  const key = randomBytes(32); // of Alice and Bob
  const proofOf = (text: string) => createHmac('sha256', key).update(text).digest();
  const isProof = ({ text, proof }: Order) => timingSafeEqual(proof, proofOf(text));
  /** What Bob can do without Alice, with all that he has. */
  const forged = (text: string): Order => ({ text, proof: proofOf(text) });

  const ordered: string[] = [];
  let kept: Order | undefined;
  let verdict = 'none';

  const alice = () => {
    ordered.push('10 apples');
    const order = { text: '10 apples', proof: proofOf('10 apples') };
    if (isProof(order)) kept = order;
  };
  const bob = () => { if (kept) kept = forged('90 apples'); };
  const judge = () => { if (kept && isProof(kept)) verdict = kept.text; };

  return {
    tasks: { alice, bob, judge },
    invariant: () => {
      if (verdict !== 'none' && !ordered.includes(verdict)) throw new Error(`the judge holds that Alice ordered ${verdict}, and she never did`);
    },
  };
});
