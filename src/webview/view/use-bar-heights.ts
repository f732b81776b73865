import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/**
 * Tells the style sheet how high the bars are that stick to the page's edges, and the scroller to keep clear of them.
 * They change with the width of the page and with what they say.
 */
export function useBarHeights(run: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const { current } = run;
    if (!current) return undefined;
    const bars = [...current.querySelectorAll<HTMLElement>('.toolbar, .lane-heads, .state')];
    const measure = (): void => makeRoom(current);
    measure();
    const observer = new ResizeObserver(measure);
    for (const bar of bars) observer.observe(bar);
    return () => observer.disconnect();
  }, [run]);
}

/** To be called before scrolling too: what the bars say changes with the step. */
export function makeRoom(run: HTMLElement): void {
  const heightOf = (selector: string): number => run.querySelector<HTMLElement>(selector)?.offsetHeight ?? 0;
  const state = run.querySelector('.state');
  const isBelow = state !== null && getComputedStyle(state).bottom !== 'auto';
  const { style } = document.documentElement;
  style.setProperty('--toolbar-height', `${heightOf('.toolbar')}px`);
  style.scrollPaddingTop = `${heightOf('.toolbar') + heightOf('.lane-heads') + 12}px`;
  style.scrollPaddingBottom = `${(isBelow ? heightOf('.state') : 0) + 12}px`;
}
