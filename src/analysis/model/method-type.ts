import type { Node, TSESTree } from '../../language/index.js';
import { lineOf } from './class-line.js';
import { classOfExpression, fieldOf } from './class-of.js';
import { keyName } from './functions.js';
import type { ModuleModel } from './module.js';
import { initialiserOf, originOf } from './origin.js';
import { unwrap } from './unwrap.js';

/** What a method gives, as the interface, type or class that its object is declared with says: `store.load` of `store: Store`. */
export function methodType(callee: Node, model: ModuleModel): Node | undefined {
  const member = unwrap(callee);
  const name = member.type === 'MemberExpression' ? keyName(member.property, member.computed) : undefined;
  if (member.type !== 'MemberExpression' || name === undefined) return undefined;
  const owner = classOfExpression(member.object, model);
  const inherited = owner && lineOf(owner).flatMap(({ node }) => node.body.body as Node[]);
  const declared = declaredType(member.object, model);
  return returned(inherited ?? (declared ? membersOf(declared.type, declared.model) : []), name);
}

/** The type of a field, as the interface or type that its object is declared with says: `frame.pixels` of `frame: Frame`. */
export function memberType(member: TSESTree.MemberExpression, model: ModuleModel): Node | undefined {
  const name = keyName(member.property, member.computed);
  const declared = declaredType(member.object, model);
  if (name === undefined || !declared) return undefined;
  const types = membersOf(declared.type, declared.model).flatMap((each) => (each.type === 'TSPropertySignature' && keyName(each.key, each.computed) === name ? [each.typeAnnotation?.typeAnnotation] : []));
  return types.length === 1 ? types[0] : undefined;
}

interface Declared {
  readonly type: Node;
  readonly model: ModuleModel;
}

/** The type that a variable, a parameter or a field is declared with. */
function declaredType(object: Node, model: ModuleModel): Declared | undefined {
  const node = unwrap(object);
  if (node.type === 'MemberExpression') {
    const name = keyName(node.property, node.computed);
    const field = name === undefined ? undefined : fieldOf(node.object, name, model);
    return field?.type && { type: field.type, model: field.model };
  }
  const variable = node.type === 'Identifier' ? model.scopes.variableOf(node) : undefined;
  const origin = variable && originOf(variable, model);
  const name = origin?.kind === 'variable' ? origin.variable.defs[0]?.name : undefined;
  if (origin && name?.type === 'Identifier' && name.typeAnnotation) return { type: name.typeAnnotation.typeAnnotation, model: origin.model };
  const init = initialiserOf(origin);
  return origin && init?.type === 'TSAsExpression' ? { type: init.typeAnnotation, model: origin.model } : undefined;
}

/** Types that name types are followed so far. */
const MOST_HOPS = 4;

function membersOf(type: Node, model: ModuleModel, hops = 0): readonly Node[] {
  if (type.type === 'TSTypeLiteral') return type.members;
  if (type.type === 'TSUnionType') {
    const solid = type.types.filter((part) => part.type !== 'TSUndefinedKeyword' && part.type !== 'TSNullKeyword');
    return solid.length === 1 ? membersOf(solid[0]!, model, hops) : [];
  }
  if (type.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier' || hops > MOST_HOPS) return [];
  const variable = model.scopes.variableOf(type.typeName);
  const origin = variable && originOf(variable, model);
  const node = origin?.kind === 'variable' ? (origin.variable.defs[0]?.node as Node | undefined) : undefined;
  if (node?.type === 'TSInterfaceDeclaration') return node.body.body;
  return origin && node?.type === 'TSTypeAliasDeclaration' ? membersOf(node.typeAnnotation, origin.model, hops + 1) : [];
}

/** The return type that members declare for a name; none if they declare several. */
function returned(members: readonly Node[], name: string): Node | undefined {
  const types = members.flatMap((member) => {
    if (!('key' in member) || keyName(member.key as Node, 'computed' in member && member.computed === true) !== name) return [];
    switch (member.type) {
      case 'TSMethodSignature':
        return [member.returnType?.typeAnnotation];
      case 'MethodDefinition': case 'TSAbstractMethodDefinition':
        return [member.value.returnType?.typeAnnotation];
      case 'TSPropertySignature': case 'PropertyDefinition': case 'TSAbstractPropertyDefinition': {
        const type = member.typeAnnotation?.typeAnnotation;
        return [type?.type === 'TSFunctionType' ? type.returnType?.typeAnnotation : undefined];
      }
      default:
        return [];
    }
  });
  return types.length === 1 ? types[0] : undefined;
}
