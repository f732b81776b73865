import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { agent, scenario } from 'raceproof';

const patience = 100; // milliseconds
const tries = 2;

interface Call { readonly key: string; readonly amount: number }

/** Sends the call, and sends it again if no answer comes in time. */
const call = (server: MessagePort, key: string, amount: number) => new Promise<string>((resolve) => {
  let left = tries;
  const send = () => {
    if (left-- === 0) return resolve('gave up');
    server.postMessage({ key, amount } satisfies Call);
    timer = setTimeout(send, patience);
  };
  let timer: ReturnType<typeof setTimeout>;
  server.once('message', (answer: string) => {
    clearTimeout(timer);
    resolve(answer);
  });
  send();
});

// A payment by a remote call. No answer in time may mean that the call got lost, or that the answer is on its way: from outside the two look the same. So the
// client tries again, and the server pays twice.
export default scenario(() => {
  const { port1: client, port2: server } = new MessageChannel();
  const paid = new Int32Array(new SharedArrayBuffer(4));

  const serve = () => {
    server.on('message', ({ amount }: Call) => {
      Atomics.add(paid, 0, amount);
      server.postMessage('paid');
    });
  };

  return {
    tasks: { server: agent(serve), client: agent(async () => { await call(client, 'order 17', 50); client.close(); }) },
    invariant: () => {
      if (paid[0] > 50) throw new Error(`one order of 50, and ${paid[0]} were paid`);
    },
  };
});
