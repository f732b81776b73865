import { scenario } from 'raceproof';

interface Settings { readonly isOpen: boolean; readonly tokens: readonly string[] }

// Shut by default: until the settings are there nobody gets in, and then those with a token.
export default scenario(() => {
  let settings: Settings = { isOpen: false, tokens: [] };
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
