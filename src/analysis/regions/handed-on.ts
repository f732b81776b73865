import { ofKind } from '../model/effect.js';
import type { EffectOf } from '../model/effect.js';
import type { FunctionInfo } from '../model/functions.js';
import { lastName } from '../model/location.js';
import type { ModuleView } from '../rules/rule.js';
import { leadsTo } from './order.js';
import { PARAMETER, provenancesOf } from './provenance.js';
import type { Study } from './study.js';

/** What belongs to one request is put where all requests have it, and the next handler looks for it there. */
export interface HandedOn {
  readonly study: Study;
  readonly own: EffectOf<'write'>;
  readonly next: EffectOf<'call'>;
  readonly reader: Study;
  readonly again: EffectOf<'read'>;
}

/** What each request has one of. */
const OF_A_REQUEST = /user|tenant|session|account|principal|identity|actor|customer|locale|auth|permission|request|(?:^|_)req$|context|^ctx$|current/i;

/** `currentUser = await authenticate(request); next();` in one handler, and `respond(currentUser)` in another. */
export function handedOnIn({ studies, studiesAround, model }: ModuleView): HandedOn[] {
  return studies.flatMap((study) => {
    if (!study.entry || !isMiddleware(study.fn)) return [];
    const { graph } = study;
    const next = ofKind(graph.effects, 'call').filter(({ callee, frame }) => callee === 'next' && frame.fn === study.fn);
    for (const own of study.writes) {
      if (own.mode !== 'replace' || own.frame.fn.module !== model.module || own.location.path.some(({ kind }) => kind === 'element') || !OF_A_REQUEST.test(lastName(own.location))) continue;
      const handing = next.find((call) => leadsTo(graph, own, call));
      if (!handing || !provenancesOf(graph.effects).of(own.value).makers.has(PARAMETER)) continue;
      for (const reader of studiesAround(own.location)) {
        const again = reader !== study && reader.entry && answers(reader.fn) ? lateRead(reader, own) : undefined;
        if (again) return [{ study, own, next: handing, reader, again }];
      }
    }
    return [];
  });
}

/** Who is called at once, and reads at once, finds what was put there for the same request; after a wait it may be that of another. */
function lateRead({ graph }: Study, { location }: EffectOf<'write'>): EffectOf<'read'> | undefined {
  const waits = ofKind(graph.effects, 'suspend');
  return ofKind(graph.effects, 'read').find((read) => read.location.id === location.id && waits.some((wait) => leadsTo(graph, wait, read)));
}

/** A function of a request, of its answer and of what comes next. */
function isMiddleware(fn: FunctionInfo): boolean {
  return fn.node.params.length === 3 && answers(fn) && nameOf(fn, 2) === 'next';
}

function answers(fn: FunctionInfo): boolean {
  return /^_?req(?:uest)?$/.test(nameOf(fn, 0)) && /^_?res(?:ponse)?$|^reply$/.test(nameOf(fn, 1));
}

function nameOf({ node }: FunctionInfo, index: number): string {
  const parameter = node.params[index];
  return parameter?.type === 'Identifier' ? parameter.name : '';
}
