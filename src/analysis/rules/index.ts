import { checkThenAct } from './check-then-act.js';
import { doubleInitialization } from './double-initialization.js';
import { lostUpdate } from './lost-update.js';
import { nonAtomicUpdate } from './non-atomic-update.js';
import { uncheckedWait } from './unchecked-wait.js';
import type { ModuleRule, Rule, RuleDescription } from './rule.js';

export type { ModuleRule, ModuleView, Rule, RuleDescription, RegionInQuestion } from './rule.js';

/** In the order in which they claim an act: one act is accused once. */
export const rules: readonly Rule[] = [lostUpdate, doubleInitialization, checkThenAct];

export const moduleRules: readonly ModuleRule[] = [nonAtomicUpdate, uncheckedWait];

export const ruleCatalogue: readonly RuleDescription[] = [...rules, ...moduleRules].map(({ id, category, summary, explanation }) => ({ id, category, summary, explanation }));
