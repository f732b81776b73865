import { generateKeyPairSync } from 'node:crypto';
import { Channel } from './channel';
import type { Hex, Ingredients } from './ingredients';
import { Mallory, type Packet } from './mallory';
import { Inbox } from './wire';

/** Alice gives Bob two orders and states that she did. Bob carries them out, and goes to a judge. Between them is Mallory. */
export function meeting(side: string, ingredients: Ingredients, mostActs = 1) {
  const identities = { alice: generateKeyPairSync('ed25519'), bob: generateKeyPairSync('ed25519') };
  const inboxes = { alice: new Inbox<Packet>(), bob: new Inbox<Packet>(), mallory: new Inbox<Packet>() };
  const mallory = new Mallory(ingredients, mostActs, inboxes.mallory, inboxes);
  const send = (...packets: readonly Packet[]) => inboxes.mallory.put(...packets);
  const headOf = (orders: readonly string[]) => orders.reduce((head, order) => ingredients.chain(head, order), '');

  let given: readonly string[] = []; // by Alice
  const done: string[] = []; // by Bob
  const heard: string[] = []; // by Alice, of Bob
  const upheld: (readonly string[])[] = []; // by the judge

  const callOfAlice = new Channel(ingredients, 'alice', identities.alice, identities.bob.publicKey);
  const alice = async () => {
    send({ kind: 'call', from: 'alice', half: callOfAlice.half });
    const answer = await inboxes.alice.take();
    if (answer?.kind !== 'answer') return;
    callOfAlice.meet(answer.half);
    if (!callOfAlice.isVouched(answer.signature)) return mallory.cut();
    given = [`${side} 10`, 'buy  10']; // on which side the first one is, nobody else shall know
    const texts = [...given.map((order) => `order ${order}`), `state ${ingredients.state(headOf(given), identities.alice.privateKey)}`];
    send({ kind: 'proof', from: 'alice', signature: callOfAlice.vouch() }, ...texts.map((text) => ({ kind: 'record' as const, from: 'alice' as const, ...callOfAlice.seal(text) })));
    inboxes.mallory.close(); // that was all
    for (let packet = await inboxes.alice.take(); packet; packet = await inboxes.alice.take()) {
      const text = packet.kind === 'record' ? callOfAlice.open(packet) : undefined;
      if (text !== undefined) heard.push(text);
    }
  };

  const callOfBob = new Channel(ingredients, 'bob', identities.bob, identities.alice.publicKey);
  const bob = async () => {
    const call = await inboxes.bob.take();
    if (call?.kind !== 'call') return;
    callOfBob.meet(call.half);
    send({ kind: 'answer', from: 'bob', half: callOfBob.half, signature: callOfBob.vouch() });
    const proof = await inboxes.bob.take();
    if (proof?.kind !== 'proof' || !callOfBob.isVouched(proof.signature)) return;
    for (let packet = await inboxes.bob.take(); packet; packet = await inboxes.bob.take()) {
      const text = packet.kind === 'record' ? callOfBob.open(packet) : undefined;
      if (text?.startsWith('order ')) done.push(text.slice('order '.length));
      if (text?.startsWith('state ')) goToCourt(text.slice('state '.length));
    }
  };

  /** Bob tells the judge what he was ordered: as it was, and all that he would rather have. */
  const goToCourt = (statement: Hex) => {
    const more = ['sell 99', ...done.slice(1)];
    judge(done, statement);
    judge(more, statement);
    judge(done.slice(1), statement); // the first one left out
    judge(more, ingredients.state(headOf(more), identities.bob.privateKey));
  };
  const judge = (orders: readonly string[], statement: Hex) => {
    if (ingredients.isStated(headOf(orders), identities.alice.publicKey, statement)) upheld.push(orders);
  };

  return {
    tasks: { alice, bob, mallory: () => mallory.carry() },
    observer: () => mallory.learnt.join(' | '),
    observe: () => ({ given, done, heard, upheld }),
    invariant: () => {
      if (!done.every((order, at) => order === given[at])) throw new Error(`Alice ordered ${said(given)}, and Bob did ${said(done)}`);
      if (heard.length > 0) throw new Error(`Bob said nothing, and Alice heard ${said(heard)} from him`);
      for (const orders of upheld) if (orders.join() !== given.join()) throw new Error(`Alice ordered ${said(given)}, and the judge holds that it was ${said(orders)}`);
      if (mallory.acts === 0 && upheld.length === 0) throw new Error('nobody was in the way, and yet it came to nothing');
    },
  };
}

const said = (texts: readonly string[]) => texts.join(' and ') || 'nothing';
