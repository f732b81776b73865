import { useEffect, useRef } from 'preact/hooks';
import type { Host } from '../host.js';
import { save } from '../page/saved.js';
import type { PageState } from '../page/state.js';

/** Milliseconds of quiet before the page is saved: what is saved holds the whole proof, and steps come fast. */
const quiet = 150;

/** Keeps the page over a reload; what is not yet saved is saved when the page goes. */
export function useSaved(host: Host, state: PageState): void {
  const latest = useRef(state);
  latest.current = state;
  useEffect(() => {
    const saveNow = (): void => {
      const saved = save(latest.current);
      if (saved) host.save(saved);
    };
    const timer = setTimeout(saveNow, quiet);
    window.addEventListener('pagehide', saveNow);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pagehide', saveNow);
    };
  }, [host, state]);
}
