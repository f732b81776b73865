import type { Node } from '../../language/index.js';
import { lineOf } from './class-line.js';
import { calleeText, keyName } from './functions.js';
import type { ClassInfo } from './functions.js';
import type { Location } from './location.js';

/** Lit, Stencil, Glimmer, the class components of Vue. */
const RENDERED = /^(?:state|property|internalProperty|State|Prop|tracked|Data)$/;

const known = new WeakMap<ClassInfo, ReadonlySet<string>>();

/** True for (a part of) a field that a component shows: whatever is put there renders it anew, and what is rendered looks at it again. */
export function isRenderedField({ root, path: [step] }: Location): boolean {
  return root.kind === 'instance' && step?.kind === 'member' && lineOf(root.owner).some((owner) => renderedIn(owner).has(step.name));
}

function renderedIn(owner: ClassInfo): ReadonlySet<string> {
  const fields = known.get(owner) ?? new Set(owner.node.body.body.flatMap((member) => ('key' in member ? namesIn(member) : [])));
  known.set(owner, fields);
  return fields;
}

/** `@state() _open = false`, `static properties = { open: { type: Boolean } }` */
function namesIn(member: Node & { readonly key: Node; readonly computed: boolean }): string[] {
  const name = keyName(member.key, member.computed);
  if (name === undefined || (member.type !== 'PropertyDefinition' && member.type !== 'AccessorProperty' && member.type !== 'MethodDefinition')) return [];
  if (member.static) return member.type === 'PropertyDefinition' && name === 'properties' && member.value?.type === 'ObjectExpression' ? member.value.properties.flatMap((property) => (property.type === 'Property' ? (keyName(property.key, property.computed) ?? []) : [])) : [];
  return member.decorators.some(({ expression }) => RENDERED.test(calleeText(expression))) ? [name] : [];
}
