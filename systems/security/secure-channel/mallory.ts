import { generateKeyPairSync } from 'node:crypto';
import { MessageChannel } from 'node:worker_threads';
import { Channel, type Name, type Record } from './channel';
import type { Hex, Ingredients } from './ingredients';
import type { Inbox } from './wire';

/** First the halves of the key, and who vouches for them; then what is said. */
export type Packet = SealedPacket
  | { readonly kind: 'call'; readonly from: Name; readonly half: Hex }
  | { readonly kind: 'answer'; readonly from: Name; readonly half: Hex; readonly signature: Hex }
  | { readonly kind: 'proof'; readonly from: Name; readonly signature: Hex };
type SealedPacket = Record & { readonly kind: 'record'; readonly from: Name };

/** One of these is done: the one that the scheduler lets come first. All schedules are all choices. */
const oneOf = (acts: readonly (() => void)[]) => new Promise<void>((resolve) => {
  let isDone = false;
  for (const act of acts) {
    const { port1, port2 } = new MessageChannel();
    port2.on('message', () => {
      if (isDone) return;
      isDone = true;
      act();
      resolve();
    });
    port1.postMessage('act');
  }
});

/** The network. Whatever Alice and Bob send comes to Mallory, and what becomes of it is hers to choose. */
export class Mallory {
  /** What she has read, and what she has seen of the rest. */
  readonly learnt: string[] = [];
  acts = 0;
  readonly #mostActs: number;
  readonly #from: Inbox<Packet>;
  readonly #to: { readonly [name in Name]: Inbox<Packet> };
  /** She plays Bob for Alice, and Alice for Bob, with all that they have but their private keys. */
  readonly #ends: { readonly [name in Name]: Channel };
  #plan: 'listen' | 'between' | 'alone' = 'listen';
  readonly #seen: Hex[] = [];
  #late: readonly Packet[] = [];

  /** `mostActs`: how often she does something with a packet other than to pass it on. */
  constructor(ingredients: Ingredients, mostActs: number, from: Inbox<Packet>, to: { readonly [name in Name]: Inbox<Packet> }) {
    const identity = generateKeyPairSync('ed25519');
    this.#mostActs = mostActs;
    this.#from = from;
    this.#to = to;
    this.#ends = { alice: new Channel(ingredients, 'bob', identity, identity.publicKey), bob: new Channel(ingredients, 'alice', identity, identity.publicKey) };
  }

  async carry(): Promise<void> {
    for (let packet = await this.#from.take(); packet; packet = await this.#from.take()) {
      const [pass, ...others] = packet.kind === 'record' ? this.#withRecord(packet) : this.#withHandshake(packet);
      if (this.acts === this.#mostActs) pass();
      else await oneOf([pass, ...others.map((act) => () => { this.acts++; act(); })]);
    }
    this.cut();
  }

  cut(): void {
    for (const inbox of [this.#to.alice, this.#to.bob, this.#from]) inbox.close();
  }

  /** To pass it on, to cut the line, or to put her own half and her own signature in the place of theirs. */
  #withHandshake(packet: Exclude<Packet, SealedPacket>): readonly (() => void)[] {
    const { alice, bob } = this.#to;
    const { alice: bobForAlice, bob: aliceForBob } = this.#ends;
    const pass = (to: Inbox<Packet>) => () => to.put(packet);
    const cut = () => this.cut();
    if (packet.kind === 'call') {
      bobForAlice.meet(packet.half);
      const call = (plan: 'between' | 'alone') => () => { this.#plan = plan; bob.put({ kind: 'call', from: 'alice', half: aliceForBob.half }); };
      return [pass(bob), cut, call('between'), call('alone')];
    }
    if (packet.kind === 'answer') {
      aliceForBob.meet(packet.half);
      const answer = () => alice.put({ kind: 'answer', from: 'bob', half: bobForAlice.half, signature: bobForAlice.vouch() });
      const goOnAlone = () => { bob.put({ kind: 'proof', from: 'alice', signature: aliceForBob.vouch() }, { kind: 'record', from: 'alice', ...aliceForBob.seal('order sell 99') }); this.cut(); };
      return { listen: [pass(alice), cut, answer], between: [answer], alone: [goOnAlone] }[this.#plan];
    }
    const prove = () => bob.put({ kind: 'proof', from: 'alice', signature: aliceForBob.vouch() });
    return this.#plan === 'between' ? [prove] : [pass(bob), cut, prove];
  }

  /** To pass it on, or whatever else there is to do. What was sealed for her she seals anew, so that nobody notices. */
  #withRecord(packet: SealedPacket): readonly (() => void)[] {
    const { from } = packet;
    const to = from === 'alice' ? 'bob' : 'alice';
    const { opened } = this.#read(packet);
    const record = opened === undefined ? packet : { ...packet, ...this.#ends[to].seal(opened) };
    const late = this.#late;
    this.#late = [];
    const put = (...packets: readonly Packet[]) => this.#to[to].put(...packets, ...late);
    return [
      () => put(record),
      () => put(), // drops it
      () => put(record, record), // replays it
      () => put({ ...record, sealed: altered(record.sealed) }),
      () => put({ ...record, ...this.#ends[to].seal('order sell 99') }), // forges one
      () => { put(); this.#late = [record]; }, // delays it: it comes behind the next one
      () => { put(); this.#to[from].put(record); }, // sends it back to where it came from
    ];
  }

  /** What she can read, with the keys that she has or as it stands there. */
  #read(packet: SealedPacket): { readonly opened?: string } {
    const bytes = packet.sealed.slice(0, -32); // without the tag
    const [opened, clear] = [this.#ends[packet.from].open(packet), Buffer.from(bytes, 'hex').toString('latin1')].map((text) => (/^(order|state) /.test(text ?? '') ? text : undefined));
    this.learnt.push(opened ?? clear ?? `${bytes.length / 2} bytes${this.#seen.includes(bytes) ? ', the same again' : ''}`);
    this.#seen.push(bytes);
    return { opened };
  }
}

/** With one bit turned: where it stands for 10, it now stands for 90. */
function altered(sealed: Hex): Hex {
  const at = 2 * 'order buy  '.length;
  const digit = (Number.parseInt(sealed.slice(at, at + 2), 16) ^ 8).toString(16).padStart(2, '0');
  return sealed.slice(0, at) + digit + sealed.slice(at + 2);
}
