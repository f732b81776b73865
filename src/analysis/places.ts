import type { SourceRange } from '../model/index.js';
import { rangeOf } from '../language/index.js';
import type { Effect } from './model/effect.js';
import type { ModuleModel } from './model/module.js';
import { textOf } from './model/text.js';

/** Where an effect stands, in whichever file. */
export function placeOf({ at, frame }: Pick<Effect, 'at' | 'frame'>): SourceRange {
  return rangeOf(at, frame.fn.module.source.file);
}

export function textAt({ at, frame }: Pick<Effect, 'at' | 'frame'>): string {
  return textOf(at, frame.fn);
}

/** The part of a module that leads to an effect: itself, or the call by which another module comes to it. */
export function squiggleOf({ at, frame }: Pick<Effect, 'at' | 'frame'>, model: ModuleModel): SourceRange {
  return frame.fn.module === model.module || !frame.caller ? placeOf({ at, frame }) : squiggleOf({ at: frame.at, frame: frame.caller }, model);
}

/** `line 4`, and for another file `line 4 of store.ts`. */
export function lineOf(effect: Pick<Effect, 'at' | 'frame'>, model: ModuleModel): string {
  const { file, start } = placeOf(effect);
  return file === model.file ? `line ${start.line}` : `line ${start.line} of ${file.slice(file.lastIndexOf('/') + 1)}`;
}
