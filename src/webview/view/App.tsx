import { useEffect, useMemo, useReducer } from 'preact/hooks';
import type { Host } from '../host.js';
import { moveFor } from '../page/keys.js';
import type { Move } from '../page/moves.js';
import { restore } from '../page/saved.js';
import { reduce, type PageAction } from '../page/state.js';
import { engineTextOf } from '../replay/engine-text.js';
import { ProofPage } from './ProofPage.js';
import { BusyNotice, EmptyPage, FailedPage } from './notices.js';
import { useSaved } from './use-saved.js';
import { useSelection } from './use-selection.js';

export function App({ host }: { readonly host: Host }) {
  const [state, dispatch] = useReducer(reduce, undefined, () => restore(host.load()));
  useEffect(() => {
    const stop = host.listen((message) => {
      if (message.type !== 'engine' && message.type !== 'no-engine') dispatch(message);
    });
    host.post({ type: 'ready' });
    return () => void stop();
  }, [host]);
  useEffect(() => handleKeys(dispatch), []);
  const engineText = useMemo(() => engineTextOf(host), [host]);
  useSaved(host, state);
  useSelection(host, state.content);

  const { content, busy } = state;
  const move = (to: Move): void => dispatch({ type: 'move', move: to });
  return (
    <>
      {busy && <BusyNotice busy={busy} onCancel={() => host.post({ type: 'cancel' })} />}
      {content.kind === 'empty' && !busy && <EmptyPage />}
      {content.kind === 'failed' && <FailedPage failure={content} onAgain={() => host.post({ type: 'again' })} />}
      {content.kind === 'shown' && <ProofPage key={content.shown.id} host={host} content={content} engineText={engineText} onMove={move} />}
    </>
  );
}

/** Arrow keys and the like step wherever the focus is: there is nothing else on the page that they could mean. */
function handleKeys(dispatch: (action: PageAction) => void): () => void {
  const press = (event: KeyboardEvent): void => {
    const move = moveFor(event);
    if (!move) return;
    event.preventDefault();
    dispatch({ type: 'move', move });
  };
  document.addEventListener('keydown', press);
  return () => document.removeEventListener('keydown', press);
}
