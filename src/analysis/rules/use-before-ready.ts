import { rangeOf } from '../../language/index.js';
import type { TSESTree } from '../../language/index.js';
import { unwrap } from '../model/unwrap.js';
import type { Finding } from '../../model/index.js';
import { calleeText } from '../model/functions.js';
import { describeLocation, shortName } from '../model/location.js';
import { nodeFinding } from '../node-finding.js';
import { lineOf, placeOf } from '../places.js';
import { earlyClosuresIn } from '../promises/early-closures.js';
import type { EarlyClosure } from '../promises/early-closures.js';
import { earlyFlagsIn } from '../promises/early-flags.js';
import type { EarlyFlag } from '../promises/early-flags.js';
import { usesBefore } from '../promises/early-callers.js';
import type { UseBeforeReady } from '../promises/early-callers.js';
import { passedWaitsIn } from '../promises/passed-waits.js';
import type { PassedWait } from '../promises/passed-waits.js';
import { setUpsIn } from '../promises/setups.js';
import type { SetUp } from '../promises/setups.js';
import { shortEntry } from '../stretch.js';
import type { ModuleRule, ModuleView } from './rule.js';

export const useBeforeReady: ModuleRule = {
  id: 'use-before-ready',
  category: 'ordering',
  summary: 'State is used by a function that can be called before the asynchronous set-up that fills it has completed.',
  explanation:
    'A constructor cannot wait, and neither can a `let` at the top of a module: whoever calls at once finds nothing there. ' +
    'Keep the promise of the set-up and await it in every function that needs its result, or make the object in an async factory.',
  findingsIn(view) {
    const found = new Map<string, Finding>();
    for (const setUp of setUpsIn(view)) {
      if (opensDoors(setUp)) continue;
      for (const use of usesBefore(setUp, view)) if (!found.has(use.fill.location.id)) found.set(use.fill.location.id, findingOf(view, use));
    }
    return [...found.values(), ...earlyClosuresIn(view.model).map((early) => earlyClosureFinding(view, early)), ...earlyFlagsIn(view.model).map((early) => earlyFlagFinding(view, early)), ...passedWaitsIn(view.model).map((passed) => passedWaitFinding(view, passed))];
  },
};

const OPENING = /^(?:listen|serve|start\w*|run\w*|bootstrap|mount|render|createRoot|hydrate|on|use|get|post|put|route|subscribe|register\w*|addEventListener|addListener|emit|resolve|main)$/;

/** True if nobody is let in before the set-up has filled its place: it opens the doors itself, afterwards. */
function opensDoors({ work, fills, owner }: SetUp): boolean {
  const last = Math.max(...fills.map(({ id }) => id));
  return !owner && work.late.some((effect) => effect.kind === 'call' && effect.id > last && OPENING.test(effect.callee));
}

function findingOf({ model }: ModuleView, { setUp: { work, starter, refilled }, fill, use, study }: UseBeforeReady): Finding {
  const { location } = fill;
  const start = rangeOf(work.at, work.frame.fn.module.source.file).start.line;
  const caller = study.entry!.point;
  const message = `\`${shortName(location)}\` is filled at ${lineOf(fill, model)} by \`${work.name}\`, which ${starter} starts at line ${start} without waiting: \`${shortEntry(caller)}\` uses it at ${lineOf(use, model)}, and called before that finds ${refilled.has(location.id) ? 'what was there before; others wait for it' : 'nothing there'}.`;
  return {
    rule: useBeforeReady.id, category: useBeforeReady.category, oracle: 'none', message, range: placeOf(use), location: describeLocation(location),
    accesses: [{ kind: 'read', range: placeOf(use), function: study.fn.name, locks: [] }, { kind: 'write', range: placeOf(fill), function: fill.frame.fn.name, locks: [] }],
    region: { location: describeLocation(location), dependence: 'guard', reads: [placeOf(use)], suspensions: [], acts: [placeOf(fill)] },
    overlaps: [[caller, caller]],
  };
}

function earlyClosureFinding({ model }: ModuleView, { fn, variable: { name }, use, declaration, wait }: EarlyClosure): Finding {
  return nodeFinding(useBeforeReady, model, {
    fn, location: name, dependence: 'guard', at: use, from: use, waits: [wait], to: declaration,
    message: `\`${name}\` gets its value at line ${declaration.loc.start.line}, after the wait at line ${wait.loc.start.line}: the callback that uses it at line ${use.loc.start.line} can be called before, and then throws.`,
  });
}

function earlyFlagFinding({ model }: ModuleView, { fn, flag, test, set, wait, caller }: EarlyFlag): Finding {
  const name = flag.replace(/^this\./, '');
  const work = calleeText((unwrap(wait.argument) as TSESTree.CallExpression).callee);
  return nodeFinding(useBeforeReady, model, {
    fn, location: name, dependence: 'guard', from: test, waits: [wait], to: set,
    message: `\`${name}\` is set at line ${set.loc.start.line}, before \`${work}\` has been waited for at line ${wait.loc.start.line}: whoever comes to line ${test.loc.start.line} meanwhile${caller ? `, as \`${caller.ownName || caller.name}\` does,` : ''} goes on as if it were done.`,
  });
}

function passedWaitFinding({ model }: ModuleView, { fn, flag, test, set, wait, needed, use, isRemade }: PassedWait): Finding {
  const name = flag.replace(/^this\./, '');
  const [sent, waited, asked, later] = [set, wait, test, use].map(({ loc }) => loc.start.line);
  const what = isRemade ? `\`${needed}\` is made anew from line ${waited} on` : `\`${needed}\` is waited for at line ${waited}`;
  const rest = isRemade ? 'and is given it half made' : 'without waiting';
  return nodeFinding(useBeforeReady, model, {
    fn, location: name, dependence: 'guard', from: test, waits: [wait], to: set, accesses: [['read', test], ['write', set], ['read', use]],
    message: `\`${name}\` is ${isRemade ? 'lowered' : 'set'} at line ${sent}, before ${what}: whoever comes to line ${asked} meanwhile goes on at line ${later} ${rest}.`,
  });
}
