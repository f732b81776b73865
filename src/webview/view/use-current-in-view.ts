import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { makeRoom } from './use-bar-heights.js';

/**
 * Keeps the current row in sight, and the focus on it if a row had the focus.
 * The first step of a run that has just been opened is left where it is: what stands above it is to be read first.
 */
export function useCurrentInView(run: RefObject<HTMLElement | null>, step: number): void {
  const isFirst = useRef(true);
  useLayoutEffect(() => {
    const { current } = run;
    const row = current?.querySelector<HTMLElement>('[aria-current="step"]');
    if (!current || !row) return undefined;
    const wasOpened = isFirst.current && step === 0;
    isFirst.current = false;
    if (wasOpened) return undefined;
    makeRoom(current);
    const reveal = (): void => row.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    reveal();
    // What has just come into sight gets its true height only when it is drawn, and may push the row out again.
    let frame = requestAnimationFrame(() => (frame = requestAnimationFrame(reveal)));
    const { activeElement } = document;
    if (activeElement?.classList.contains('step-button') && current.contains(activeElement)) row.querySelector<HTMLElement>('.step-button')?.focus({ preventScroll: true });
    return () => cancelAnimationFrame(frame);
  }, [run, step]);
}
