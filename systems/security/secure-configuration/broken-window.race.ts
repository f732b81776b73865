import { scenario } from 'raceproof';

interface Settings { readonly isOpen: boolean; readonly tokens: readonly string[] }

// The settings restrict it, but they are read after the endpoint was opened: until they are there, it is open to everybody.
export default scenario(() => {
  let settings: Settings = { isOpen: true, tokens: [] };
  let isRunning = true;

  const handle = (command: string, token: string) => {
    if (!settings.isOpen && !settings.tokens.includes(token)) return 'refused';
    if (command === 'stop') isRunning = false;
    return 'done';
  };

  const start = async () => {
    settings = await load();
  };

  const load = () => new Promise<Settings>((resolve) => setTimeout(resolve, 5, { isOpen: false, tokens: ['t0k3n'] }));

  return {
    tasks: { operator: start, intruder: () => handle('stop', '') },
    invariant: () => {
      if (!isRunning) throw new Error('somebody without a token has stopped the server');
    },
  };
});
