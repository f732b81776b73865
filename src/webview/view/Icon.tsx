/** Drawn on a grid of 16; strokes take the colour of the text. */
const drawings = {
  first: 'M4 3v10M13 3.5 6.5 8l6.5 4.5z',
  back: 'M11 3.5 4.5 8l6.5 4.5z',
  forward: 'M5 3.5 11.5 8 5 12.5z',
  last: 'M12 3v10M3 3.5 9.5 8 3 12.5z',
  collision: 'M2 4h3.5L8 8l2.5-4H14M2 12h3.5L8 8l2.5 4H14',
  lanes: 'M4 2v3M4 7v7M8 2v6M8 10v4M12 2v1M12 5v9',
  confirmed: 'M8 2 14.5 13.5h-13zM8 6.5v3.5M8 11.6v.4',
  refuted: 'M3 8.5 6.5 12 13 4.5',
  bounded: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8M8 4.5V8l2.5 2',
  unproven: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8M6 6.2a2 2 0 1 1 2.6 2c-.4.1-.6.4-.6.8v.4M8 11.4v.2',
  failed: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8M5.5 5.5l5 5M10.5 5.5l-5 5',
  stale: 'M13.5 8A5.5 5.5 0 1 1 11.6 3.8M13.5 2v3h-3',
  replay: 'M2.5 8a5.5 5.5 0 1 0 1.9-4.2M2.5 2v3h3',
} as const;

export type IconName = keyof typeof drawings;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={drawings[name]} />
    </svg>
  );
}
