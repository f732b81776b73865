import { rangeOf } from '../../language/index.js';
import { runAnew } from '../catalog/callbacks.js';
import type { Node } from '../../language/index.js';
import type { Finding, SourceRange } from '../../model/index.js';
import type { EffectGraph } from '../model/effect.js';
import { calleeText } from '../model/functions.js';
import type { FunctionInfo } from '../model/functions.js';
import { describeLocation, shortName } from '../model/location.js';
import { lineOf, placeOf } from '../places.js';
import { announcedTooEarly, earlyAnnouncement } from '../promises/announcements.js';
import type { Announcement } from '../promises/announcements.js';
import { earlyClosing } from '../promises/closings.js';
import type { Closing } from '../promises/closings.js';
import { droppedChainsIn } from '../promises/dropped-chains.js';
import { droppedIn } from '../promises/started.js';
import type { StartedWork } from '../promises/started.js';
import { cutShortIn } from '../promises/cut-short.js';
import type { CutShort } from '../promises/cut-short.js';
import { droppedOnceIn } from '../promises/dropped-once.js';
import type { DroppedOnce } from '../promises/dropped-once.js';
import { earlyUseOf } from '../promises/early-use.js';
import type { EarlyUse } from '../promises/early-use.js';
import { droppingGraphsIn } from '../promises/graphs.js';
import { lateWritesOf } from '../promises/late-writes.js';
import type { LateWrite } from '../promises/late-writes.js';
import { escapedPromisesIn } from '../promises/lost-errors.js';
import type { EscapedPromise } from '../promises/lost-errors.js';
import { unawaitedChangesIn } from '../promises/unawaited-files.js';
import type { UnawaitedChange } from '../promises/unawaited-files.js';
import { unawaitedRowsIn } from '../promises/unawaited-rows.js';
import { unfinishedObjectsIn } from '../promises/unfinished-objects.js';
import { unfinishedCallsIn } from '../promises/unfinished-calls.js';
import type { UnfinishedCall } from '../promises/unfinished-calls.js';
import { unresolvedIn } from '../promises/unresolved.js';
import type { Unresolved } from '../promises/unresolved.js';
import type { ModuleRule, ModuleView } from './rule.js';

export const missingAwait: ModuleRule = {
  id: 'missing-await',
  category: 'ordering',
  summary: 'A promise is dropped, and later code counts on what the work behind it has yet to do.',
  explanation:
    'Nothing waits for work whose promise nobody has: what follows runs first and sees the old state, and an error of the work comes to no `catch`. ' +
    'Await it, return it, or collect the promises and await `Promise.all`; `forEach` waits for no async callback.',
  findingsIn(view) {
    const found = new Map<unknown, Finding>();
    const note = (at: Node, finding: Finding | undefined): void => {
      if (finding && !found.has(at)) found.set(at, finding);
    };
    for (const escaped of escapedPromisesIn(view.model)) note(escaped.call, escapeFinding(view, escaped));
    for (const graph of droppingGraphsIn(view)) {
      for (const work of droppedIn(graph, view)) if (work.frame.fn.module === view.model.module) note(work.at, findingOn(view, graph, work));
      const early = announcedTooEarly(graph, view.model);
      if (early && early.announcement.effect.frame.fn.module === view.model.module) note(early.announcement.effect.at, tooEarlyFinding(view, graph, early));
    }
    for (const unfinished of unfinishedCallsIn(view.model)) note(unfinished.call, unfinishedFinding(view, unfinished));
    for (const unawaited of [...unawaitedChangesIn(view.model), ...unawaitedRowsIn(view.model), ...unfinishedObjectsIn(view.model), ...droppedChainsIn(view.model)]) note(unawaited.call, unawaitedFinding(view, unawaited));
    for (const cut of cutShortIn(view.model)) note(cut.call, cutShortFinding(view, cut));
    for (const dropped of droppedOnceIn(view.model)) note(dropped.call, droppedOnceFinding(view, dropped));
    for (const unresolved of unresolvedIn(view.model)) note(unresolved.at, unresolvedFinding(view, unresolved));
    return [...found.values()];
  },
};

function findingOn(view: ModuleView, graph: EffectGraph, work: StartedWork): Finding | undefined {
  if (!isCalledAnew(graph.entry)) {
    const use = earlyUseOf(work, lateWritesOf(work, view.model.links), graph, view.model);
    if (use) return earlyUseFinding(view, graph, work, use);
    const announcement = earlyAnnouncement(work, graph, view.model);
    if (announcement) return announcementFinding(view, graph, work, announcement);
  }
  const closing = earlyClosing(work, graph, view.model.links);
  return closing && closingFinding(view, graph, work, closing);
}

/** True for a method of a component that is called again when the work has changed it. A class that stands by itself is no component, whatever its methods are called. */
function isCalledAnew({ owner, ownName }: FunctionInfo): boolean {
  return owner !== undefined && (owner.node.superClass !== null || owner.node.decorators.length > 0) && runAnew.test(ownName);
}

function earlyUseFinding(view: ModuleView, graph: EffectGraph, work: StartedWork, { write, use, isLater }: EarlyUse): Finding {
  const name = nameOf(write);
  const when = isLater ? 'may be read' : 'is read';
  const message = `${startOf(work)}: \`${name}\` ${when} at ${lineOf(use, view.model)} before it is written at ${lineOf(write.effect, view.model)}.`;
  return orderFinding(view, graph.entry, { message, at: work.at, location: write.location ? describeLocation(write.location) : name, early: placeOf(use), late: placeOf(write.effect) });
}

function announcementFinding(view: ModuleView, { entry }: EffectGraph, work: StartedWork, { effect, name }: Announcement): Finding {
  const message = `${startOf(work)}: \`${name}\` is told at ${lineOf(effect, view.model)} while it is still under way.`;
  return orderFinding(view, entry, { message, at: work.at, location: name, early: placeOf(effect), late: rangeOf(work.at, view.model.file) });
}

function closingFinding(view: ModuleView, { entry }: EffectGraph, work: StartedWork, { effect, name, lateUse }: Closing): Finding {
  const harm = lateUse ? `\`${name}\` is closed at ${lineOf(effect, view.model)} before it is used at ${lineOf(lateUse, view.model)}` : `the process ends at ${lineOf(effect, view.model)} while it is still under way`;
  return orderFinding(view, entry, { message: `${startOf(work)}: ${harm}.`, at: work.at, location: name, early: placeOf(effect), late: lateUse ? placeOf(lateUse) : rangeOf(work.at, view.model.file) });
}

function unfinishedFinding(view: ModuleView, { call, closing, name, fn, isWaitedForLate }: UnfinishedCall): Finding {
  const line = rangeOf(closing, view.model.file).start.line;
  const message = isWaitedForLate
    ? `\`${name}\` is given up at line ${line} while \`${calleeText(call.callee)}\`, which works with it, is still under way: its promise is waited for only afterwards.`
    : `The promise of \`${calleeText(call.callee)}\` is dropped: \`${name}\` is closed at line ${line} while it is still under way.`;
  return orderFinding(view, fn, { message, at: call, location: name, early: rangeOf(closing, view.model.file), late: rangeOf(call, view.model.file) });
}

function cutShortFinding(view: ModuleView, { call, exit, fn }: CutShort): Finding {
  const [at, end] = [rangeOf(call, view.model.file), rangeOf(exit, view.model.file)];
  const message = `The promise of \`${calleeText(call.callee)}\` is dropped at line ${at.start.line}: the process ends at line ${end.start.line} while it is still under way.`;
  return orderFinding(view, fn, { message, at: call, location: 'the process', early: end, late: at });
}

function unawaitedFinding(view: ModuleView, { call, use, path, fn }: UnawaitedChange): Finding {
  const [at, early] = [rangeOf(call, view.model.file), rangeOf(use, view.model.file)];
  const message = `The promise of \`${calleeText(call.callee)}\` is dropped at line ${at.start.line}: \`${path}\` is used at line ${early.start.line} while it is still under way.`;
  return orderFinding(view, fn, { message, at: call, location: path, early, late: at });
}

function tooEarlyFinding(view: ModuleView, { entry }: EffectGraph, { announcement: { effect, name }, write }: NonNullable<ReturnType<typeof announcedTooEarly>>): Finding {
  const message = `\`${name}\` is told at ${lineOf(effect, view.model)}, but \`${shortName(write.location)}\` is written only at ${lineOf(write, view.model)}, after a suspension: whoever hears of it finds the old state.`;
  return orderFinding(view, entry, { message, at: effect.at, location: describeLocation(write.location), early: placeOf(effect), late: placeOf(write) });
}

function escapeFinding(view: ModuleView, { call, name, clause, kind, others }: EscapedPromise): Finding {
  const { file, table } = view.model;
  const [at, line] = [rangeOf(call, file), rangeOf(clause, file).start.line];
  const harm = kind === 'uncaught' ? `its failure does not come to the \`catch\` at line ${line}` : kind === 'unfinished' ? `the \`finally\` at line ${line} runs before it has ended` : `what line ${line} holds is given back before it has ended`;
  return orderFinding(view, table.around(call), { message: `The promise of \`${name}\` at line ${at.start.line} leaves the ${kind === 'disposed' ? 'block' : '`try`'} without being awaited: ${harm}.${others.length === 0 ? '' : ` So ${others.length === 1 ? 'does that' : 'do those'} at ${linesOf(others.map((other) => rangeOf(other, file).start.line))}.`}`, at: call, location: name, early: rangeOf(clause, file), late: at });
}

/** `line 4`, `lines 4, 7 and 9` */
function linesOf(lines: readonly number[]): string {
  const all = [...new Set(lines)];
  return all.length === 1 ? `line ${all[0]}` : `lines ${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

function droppedOnceFinding(view: ModuleView, { call, awaited, fn }: DroppedOnce): Finding {
  const { file } = view.model;
  const [at, name] = [rangeOf(call, file), calleeText(call.callee)];
  const message = `The promise of \`${name}\` is dropped at line ${at.start.line}, and waited for at ${linesOf(awaited.map((other) => rangeOf(other, file).start.line))}: here what follows goes on while it is still under way, and nobody hears if it fails.`;
  return orderFinding(view, fn, { message, at: call, location: name, early: at, late: at });
}

function unresolvedFinding(view: ModuleView, { at, name, harm }: Unresolved): Finding {
  const range = rangeOf(at, view.model.file);
  return orderFinding(view, view.model.table.around(at), { message: `\`${name}\` is not awaited at line ${range.start.line}: ${harm}.`, at, location: name, early: range, late: range });
}

function startOf({ at, frame, name }: StartedWork): string {
  return `\`${name}\` is started at line ${rangeOf(at, frame.fn.module.source.file).start.line} and nobody waits for it`;
}

function nameOf({ location, variable }: LateWrite): string {
  return location ? shortName(location) : variable!.name;
}

interface Disorder {
  readonly message: string;
  /** Where the promise is lost. */
  readonly at: Node;
  readonly location: string;
  /** What happens first, and should come second. */
  readonly early: SourceRange;
  readonly late: SourceRange;
}

function orderFinding({ model }: ModuleView, entry: FunctionInfo | undefined, { message, at, location, early, late }: Disorder): Finding {
  const own = entry && model.entryFinder.pointOf(entry, model.entryOf(entry) !== undefined);
  const name = entry?.name ?? '<module>';
  return {
    rule: missingAwait.id, category: missingAwait.category, oracle: 'none', message, range: rangeOf(at, model.file), location,
    accesses: [{ kind: 'read', range: early, function: name, locks: [] }, { kind: 'write', range: late, function: name, locks: [] }],
    region: { location, dependence: 'update', reads: [early], suspensions: [], acts: [late] },
    overlaps: own ? [[own, own]] : [],
  };
}
