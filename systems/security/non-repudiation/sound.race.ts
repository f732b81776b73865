import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { scenario } from 'raceproof';

interface Order { readonly text: string; readonly proof: Buffer }

// Alice orders, Bob delivers and keeps the order. Later they are at odds, and a judge looks at what Bob has kept. The order is signed: Bob can see that it is
// Alice's, and cannot make one.
export default scenario(() => {
  const keys = generateKeyPairSync('ed25519'); // the private one is Alice's alone
  const proofOf = (text: string) => sign(null, Buffer.from(text), keys.privateKey);
  const isProof = ({ text, proof }: Order) => verify(null, Buffer.from(text), keys.publicKey, proof);
  /** What Bob can do without Alice, with all that he has. */
  const forged = (text: string): Order => ({ text, proof: sign(null, Buffer.from(text), generateKeyPairSync('ed25519').privateKey) });

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
