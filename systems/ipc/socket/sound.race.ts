import { connect, createServer } from 'node:net';
import { scenario } from 'raceproof';

// A client sends two commands, each ended by a new line. The server collects what comes, takes out what is whole, and
// keeps the rest for the next chunk.
export default scenario(() => {
  const received: string[] = [];

  const serve = () => new Promise<void>((resolve) => {
    const server = createServer((socket) => {
      let rest = '';
      socket.setEncoding('utf8');
      socket.on('data', (chunk: string) => {
        const lines = (rest + chunk).split('\n');
        rest = lines.pop()!;
        received.push(...lines);
      });
      socket.on('end', () => { server.close(); resolve(); });
    });
    server.listen(7000, () => send());
  });

  let send: () => void;
  const isListening = new Promise<void>((resolve) => { send = resolve; });

  const client = async () => {
    await isListening;
    const socket = connect(7000);
    socket.write('go\n');
    socket.end('up\n');
  };

  return {
    tasks: { server: serve, client },
    invariant: () => {
      if (received.join() !== 'go,up') throw new Error(`the commands go and up were sent, and ${JSON.stringify(received)} arrived`);
    },
  };
});
