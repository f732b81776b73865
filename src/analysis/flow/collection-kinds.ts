import type { Node, TSESTree } from '../../language/index.js';
import { collectionNamed } from '../catalog/collections.js';
import type { CollectionKind } from '../catalog/collections.js';
import { calleeText, keyName } from '../model/functions.js';
import type { Location, Step } from '../model/location.js';
import { unwrap } from '../model/unwrap.js';

/** What the code says of a place: the type it is declared with, else its first value. */
interface Declared {
  readonly type: Node | undefined;
  readonly value: Node | undefined;
}

/** What kind of collection a place holds, from its declared type or its first value; of what an object or a collection holds, from theirs. */
export function collectionKind(place: Location): CollectionKind {
  const declared = declaredAt(place);
  if (!declared) return 'unknown';
  const { type, value } = declared;
  if (type) return kindOfType(type);
  return value ? kindOfValue(unwrap(value)) : 'unknown';
}

function declaredAt({ root, path }: Location): Declared | undefined {
  const [first, ...rest] = path;
  if (root.kind === 'variable') return steps(declaredVariable(root.variable.defs[0]), path);
  const field = first?.kind === 'member' ? root.owner.fields.get(first.name) : undefined;
  return field && steps({ type: field.type, value: field.value }, rest);
}

type Definition = Extract<Location['root'], { kind: 'variable' }>['variable']['defs'][number] | undefined;

function declaredVariable(definition: Definition): Declared | undefined {
  if (definition?.type === 'Variable') {
    const { id, init } = definition.node;
    return id.type === 'Identifier' ? { type: id.typeAnnotation?.typeAnnotation, value: init ?? undefined } : undefined;
  }
  const name = definition?.name;
  return name?.type === 'Identifier' ? { type: name.typeAnnotation?.typeAnnotation, value: undefined } : undefined;
}

function steps(declared: Declared | undefined, path: readonly Step[]): Declared | undefined {
  return path.reduce<Declared | undefined>((at, step) => at && stepOf(at, step), declared);
}

function stepOf({ type, value }: Declared, step: Step): Declared | undefined {
  if (step.kind === 'member' && HELD.test(step.name)) {
    const held = type ? heldType(plain(type)) : value && heldValue(unwrap(value));
    if (held) return held;
  }
  if (type) return typed(step.kind === 'element' ? elementType(plain(type)) : memberType(plain(type), step.name));
  const init = value && unwrap(value);
  if (init?.type === 'NewExpression' && step.kind === 'element') return typed(elementOf(calleeText(init.callee), init.typeArguments));
  if (init?.type !== 'ObjectExpression' || step.kind !== 'member') return undefined;
  const property = init.properties.find((each) => each.type === 'Property' && keyName(each.key, each.computed) === step.name);
  return property?.type === 'Property' ? { type: undefined, value: property.value } : undefined;
}

/** What a state library calls the one value that its object holds: `ref([]).value`, `useRef(new Map()).current`. */
const HELD = /^(?:value|current)$/;

const HOLDER = /Ref(?:Object)?$|^(?:Writable)?Signal$|^BehaviorSubject$/;

const HOLDER_MAKER = /^(?:shallowRef|ref|useRef|signal|useSignal|BehaviorSubject)$/;

function heldType(type: Node): Declared | undefined {
  return type.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && HOLDER.test(type.typeName.name) ? typed(type.typeArguments?.params[0]) : undefined;
}

function heldValue(made: Node): Declared | undefined {
  if ((made.type !== 'CallExpression' && made.type !== 'NewExpression') || !HOLDER_MAKER.test(calleeText(made.callee))) return undefined;
  return typed(made.typeArguments?.params[0]) ?? (made.arguments[0] && { type: undefined, value: made.arguments[0] });
}

function typed(type: Node | undefined): Declared | undefined {
  return type && { type, value: undefined };
}

/** What stands for a name of this module, and for all but one part of a union: nothing. */
function plain(type: Node): Node {
  if (type.type === 'TSTypeOperator' && type.typeAnnotation) return plain(type.typeAnnotation);
  if (type.type === 'TSUnionType') {
    const parts = type.types.filter((part) => part.type !== 'TSUndefinedKeyword' && part.type !== 'TSNullKeyword');
    return parts.length === 1 ? plain(parts[0]!) : type;
  }
  if (type.type !== 'TSTypeReference' || type.typeArguments || type.typeName.type !== 'Identifier') return type;
  const { name } = type.typeName;
  const declaration = collectionNamed(name) === 'other' ? typesOf(type).get(name) : undefined;
  if (!declaration) return type;
  return declaration.type === 'TSTypeAliasDeclaration' ? (declaration.typeAnnotation === type ? type : plain(declaration.typeAnnotation)) : declaration.body;
}

function elementType(type: Node): Node | undefined {
  switch (type.type) {
    case 'TSArrayType':
      return type.elementType;
    case 'TSTypeReference':
      return type.typeName.type === 'Identifier' ? elementOf(type.typeName.name, type.typeArguments) : undefined;
    case 'TSTypeLiteral': case 'TSInterfaceBody': {
      const members = type.type === 'TSTypeLiteral' ? type.members : type.body;
      return members.find((member) => member.type === 'TSIndexSignature')?.typeAnnotation?.typeAnnotation;
    }
    default:
      return undefined;
  }
}

/** The last of the arguments: a map and a record have a key before it. */
function elementOf(name: string, given: TSESTree.TSTypeParameterInstantiation | undefined): Node | undefined {
  return /^(?:map|set|array|record)$/.test(collectionNamed(name)) ? given?.params.at(-1) : undefined;
}

function memberType(type: Node, name: string): Node | undefined {
  const members = type.type === 'TSTypeLiteral' ? type.members : type.type === 'TSInterfaceBody' ? type.body : [];
  const member = members.find((each) => each.type === 'TSPropertySignature' && keyName(each.key, each.computed) === name);
  return member?.type === 'TSPropertySignature' ? member.typeAnnotation?.typeAnnotation : undefined;
}

type TypeDeclaration = TSESTree.TSInterfaceDeclaration | TSESTree.TSTypeAliasDeclaration;

const declaredTypes = new WeakMap<Node, ReadonlyMap<string, TypeDeclaration>>();

/** The interfaces and aliases at the top of the module that a node is part of. */
function typesOf(node: Node): ReadonlyMap<string, TypeDeclaration> {
  let program: Node = node;
  while (program.parent) program = program.parent;
  let types = declaredTypes.get(program);
  if (!types) {
    const statements = program.type === 'Program' ? program.body.map((statement) => (statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement)) : [];
    types = new Map(statements.flatMap((statement) => (statement?.type === 'TSInterfaceDeclaration' || statement?.type === 'TSTypeAliasDeclaration' ? [[statement.id.name, statement] as const] : [])));
    declaredTypes.set(program, types);
  }
  return types;
}

function kindOfValue(init: Node): CollectionKind {
  if (init.type === 'NewExpression') return collectionNamed(calleeText(init.callee));
  if (init.type === 'ArrayExpression') return 'array';
  if (init.type === 'ObjectExpression') return 'record';
  return init.type === 'Literal' || init.type === 'TemplateLiteral' ? 'other' : 'unknown';
}

function kindOfType(given: Node): CollectionKind {
  const type = plain(given);
  if (type.type === 'TSArrayType' || type.type === 'TSTupleType') return 'array';
  if (type.type === 'TSUnionType') return type.types.map(kindOfType).find((kind) => kind !== 'other') ?? 'other';
  if (type.type === 'TSTypeReference') return type.typeName.type === 'Identifier' ? collectionNamed(type.typeName.name) : 'other';
  return type.type === 'TSTypeLiteral' || type.type === 'TSInterfaceBody' ? 'record' : 'other';
}
