import { ofKind } from '../model/effect.js';
import type { Effect, EffectOf } from '../model/effect.js';
import type { ModuleModel } from '../model/module.js';
import type { Study } from '../regions/study.js';
import type { Acquire } from './held.js';

/** A callback that has to say when it is done, and on some way does not. */
export interface Unfinished {
  readonly acquire: Acquire;
  /** What it is handed for that: `done`; undefined if it does not even take it. */
  readonly done: string | undefined;
  /** Where the way leaves: what fails, a return, or the acquisition itself if the callback never says so. */
  readonly exit: Effect;
  readonly isFailure: boolean;
}

export function unfinishedIn(study: Study, modelOf: (acquire: Acquire) => ModuleModel): Unfinished[] {
  const { effects, isPartial } = study.graph;
  return ofKind(effects, 'acquire').flatMap((effect) => {
    if (effect.form !== 'done' || isPartial) return [];
    const due = effects.find((other): other is EffectOf<'release'> => other.kind === 'release' && other.at === effect.at && other.isDue === true && other.frame === effect.frame);
    const uses = due && usesOfDone(effects, effect, modelOf(effect));
    if (!uses) return [];
    if (uses.own + uses.passed === 0) return [{ acquire: effect, done: uses.name, exit: effect, isFailure: false }];
    // Whoever else is handed it may call it at any time.
    if (uses.passed > 0) return [];
    const way = wayAround(effects, effect);
    return way ? [{ acquire: effect, done: uses.name, ...way }] : [];
  });
}

interface Uses {
  readonly name: string | undefined;
  /** Calls in the callback itself. */
  readonly own: number;
  /** All other uses: as an argument, in a function within. */
  readonly passed: number;
}

function usesOfDone(effects: readonly Effect[], acquire: Acquire, model: ModuleModel): Uses | undefined {
  const callback = effects.find(({ frame }) => frame.caller === acquire.frame && frame.at === acquire.at)?.frame.fn;
  if (!callback) return undefined;
  const [parameter] = callback.node.params;
  if (!parameter) return { name: undefined, own: 0, passed: 0 };
  const variable = parameter.type === 'Identifier' ? model.scopes.variableOf(parameter) : undefined;
  if (!variable) return undefined;
  const uses = variable.references.filter((reference) => reference.isRead()).map(({ identifier }) => identifier);
  const own = uses.filter((use) => use.parent.type === 'CallExpression' && use.parent.callee === use && model.table.around(use as never) === callback).length;
  return { name: variable.name, own, passed: uses.length - own };
}

/** The first way from the acquisition to the end of the callback on which nobody says that it is done. */
function wayAround(effects: readonly Effect[], acquire: Acquire): Pick<Unfinished, 'exit' | 'isFailure'> | undefined {
  const seen = new Set<number>();
  const pending: { readonly id: number; readonly exit: Effect; readonly isFailure: boolean }[] = acquire.next.map(({ to }) => ({ id: to, exit: acquire, isFailure: false }));
  for (let at = pending.shift(); at; at = pending.shift()) {
    if (seen.has(at.id)) continue;
    seen.add(at.id);
    const effect = effects[at.id]!;
    if ((effect.aside ?? 0) > (acquire.aside ?? 0)) continue;
    if (effect.kind === 'release' && effect.lock === acquire.lock) {
      if (effect.isDue) return { exit: at.exit, isFailure: at.isFailure };
      continue;
    }
    const isExit = effect.kind === 'return' || effect.kind === 'throw';
    const exit = isExit && !at.isFailure ? effect : at.exit;
    const isFailing = effect.kind === 'suspend' || effect.kind === 'throw';
    if (isFailing && effect.handler !== undefined) pending.push({ id: effect.handler, exit: effect, isFailure: true });
    pending.push(...effect.next.map(({ to }) => ({ id: to, exit, isFailure: at.isFailure })));
  }
  return undefined;
}
