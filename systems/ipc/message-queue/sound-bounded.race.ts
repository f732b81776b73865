import { once } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { agent, scenario } from 'raceproof';

const items = 2;
const room = 1; // in the queue of the consumer

// A queue has a bound, and the sender knows it: it has as many credits as there is room, spends one for each message, and waits for another when it has none. The
// consumer gives one back for each message that it has taken out.
export default scenario(() => {
  const { port1, port2 } = new MessageChannel();
  const consumed = new Int32Array(new SharedArrayBuffer(4));

  const produce = async (queue: MessagePort) => {
    let credits = room;
    queue.on('message', () => { credits++; });
    for (let item = 1; item <= items; item++) {
      while (credits === 0) await once(queue, 'message');
      credits--;
      queue.postMessage(item);
    }
    while (credits < room) await once(queue, 'message');
    queue.close();
  };

  const consume = (queue: MessagePort) => new Promise<void>((resolve) => {
    const waiting: number[] = [];
    queue.on('message', (item: number) => {
      if (waiting.length === room) return; // full
      waiting.push(item);
      setTimeout(() => {
        waiting.shift();
        Atomics.add(consumed, 0, 1);
        queue.postMessage('credit');
      }, 1);
    });
    queue.on('close', resolve);
  });

  return {
    tasks: { producer: agent(() => produce(port1)), consumer: agent(() => consume(port2)) },
    invariant: () => {
      if (consumed[0] !== items) throw new Error(`${items} messages were sent, and ${consumed[0]} consumed`);
    },
  };
});
