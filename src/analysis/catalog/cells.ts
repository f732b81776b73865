/** Objects of state libraries that hold one value: what makes them, and what reads and changes the value. */
export interface CellKind {
  readonly modules: RegExp;
  /** Names of the constructors and functions that make one. */
  readonly makers: readonly string[];
  /** Methods that give the value. `()` for a cell that is called itself. */
  readonly read: readonly string[];
  /** Methods that put another value in its place. */
  readonly write: readonly string[];
  /** Methods that are given a function from the value as it then is to the next. */
  readonly update: readonly string[];
}

export const cellKinds: readonly CellKind[] = [
  { modules: /^rxjs$/, makers: ['BehaviorSubject'], read: ['getValue'], write: ['next'], update: [] },
  { modules: /^svelte\/store$/, makers: ['writable'], read: [], write: ['set'], update: ['update'] },
  { modules: /^@angular\/core$/, makers: ['signal', 'model'], read: ['()'], write: ['set'], update: ['update'] },
  { modules: /^nanostores$/, makers: ['atom', 'map'], read: ['get'], write: ['set'], update: [] },
];

/** Functions that give the value of a cell they are handed. */
export const cellReaders: readonly { readonly module: string; readonly name: string }[] = [{ module: 'svelte/store', name: 'get' }];
