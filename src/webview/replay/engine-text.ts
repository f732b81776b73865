import type { Host } from '../host.js';

/** The simulator's web bundle, asked of the host at most once in a page's life, and only when something is to be replayed. */
export function engineTextOf(host: Host): () => Promise<string> {
  let asked: Promise<string> | undefined;
  const ask = (): Promise<string> =>
    new Promise((resolve, reject) => {
      const stop = host.listen((message) => {
        if (message.type === 'engine') resolve(message.text);
        else if (message.type === 'no-engine') reject(new Error(message.reason));
        else return;
        stop();
      });
      host.post({ type: 'engine' });
    });
  return () => {
    asked ??= ask();
    asked.catch(() => (asked = undefined));
    return asked;
  };
}
