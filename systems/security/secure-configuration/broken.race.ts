import { scenario } from 'raceproof';

interface Settings { readonly isOpen: boolean; readonly tokens: readonly string[] }

// An endpoint that everybody can reach, as it came out of the box: it does what it is asked, whoever asks.
export default scenario(() => {
  const settings: Settings = { isOpen: true, tokens: [] };
  let isRunning = true;

  const handle = (command: string, token: string) => {
    if (!settings.isOpen && !settings.tokens.includes(token)) return 'refused';
    if (command === 'stop') isRunning = false;
    return 'done';
  };

  const start = async () => {};

  return {
    tasks: { operator: start, intruder: () => handle('stop', '') },
    invariant: () => {
      if (!isRunning) throw new Error('somebody without a token has stopped the server');
    },
  };
});
