import type { Move } from './moves.js';

/** The part of a key press that matters. */
export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

const moves: Readonly<Record<string, Move>> = {
  ArrowLeft: 'back',
  ArrowUp: 'back',
  k: 'back',
  ArrowRight: 'forward',
  ArrowDown: 'forward',
  j: 'forward',
  Home: 'first',
  End: 'last',
  c: 'collision',
};

const shifted: Readonly<Record<string, Move>> = {
  ArrowLeft: 'previous-turn',
  ArrowUp: 'previous-turn',
  ArrowRight: 'next-turn',
  ArrowDown: 'next-turn',
};

/** The move that a key asks for. Keys with Ctrl, Alt or Cmd belong to the editor. */
export function moveFor({ key, shiftKey, ctrlKey, altKey, metaKey }: KeyPress): Move | undefined {
  if (ctrlKey || altKey || metaKey) return undefined;
  const table = shiftKey ? shifted : moves;
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
