import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { agent, scenario } from 'raceproof';

const STOP = 0; // the poison: whoever reads it, stops

// Two producers send to one consumer, and each sends the poison when it is done. The consumer stops at the first one, though the other producer may still be
// about to send: there is no order between two queues.
export default scenario(() => {
  const queues = [new MessageChannel(), new MessageChannel()];
  const consumed = new Int32Array(new SharedArrayBuffer(4));

  const produce = (queue: MessagePort, item: number) => {
    queue.postMessage(item);
    queue.postMessage(STOP);
  };

  const consume = () => new Promise<void>((resolve) => {
    const receive = (item: number) => {
      if (item !== STOP) {
        Atomics.add(consumed, 0, item);
        return;
      }
      for (const { port2 } of queues) port2.close();
      resolve();
    };
    for (const { port2 } of queues) port2.on('message', receive);
  });

  return {
    tasks: { producer1: agent(() => produce(queues[0].port1, 1)), producer2: agent(() => produce(queues[1].port1, 2)), consumer: agent(consume) },
    invariant: () => {
      if (consumed[0] !== 3) throw new Error(`1 and 2 were sent, and ${consumed[0]} of 3 arrived`);
    },
  };
});
