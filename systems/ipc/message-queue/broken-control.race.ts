import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { agent, scenario } from 'raceproof';

const STOP = 0; // the poison: whoever reads it, stops

// The poison goes through a queue of its own, so that it need not wait behind the work. It does not: it overtakes it.
export default scenario(() => {
  const queues = [new MessageChannel(), new MessageChannel()]; // work, control
  const consumed = new Int32Array(new SharedArrayBuffer(4));

  const produce = (work: MessagePort, control: MessagePort) => {
    work.postMessage(1);
    work.postMessage(2);
    control.postMessage(STOP);
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
    tasks: { producer: agent(() => produce(queues[0].port1, queues[1].port1)), consumer: agent(consume) },
    invariant: () => {
      if (consumed[0] !== 3) throw new Error(`1 and 2 were sent, and ${consumed[0]} of 3 arrived`);
    },
  };
});
