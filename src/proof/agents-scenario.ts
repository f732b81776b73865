import { isClass, isFunction, parseModule, walk, type FunctionNode, type Node, type ParsedModule, type SourceText } from '../language/index.js';
import type { EntryPoint } from '../model/index.js';

/** Bytes of shared memory that a parameter is given: more than examples index. */
const bytesOfMemory = 256;
const view = /^(?:(?:Big)?(?:Int|Uint)(?:8|16|32|64)|Uint8Clamped|Float(?:32|64))Array(?:<.*>)?$/;

/**
 * The text of a module with a scenario at its end: an agent for each entry, all of which share the module's memory, and that which parameters of one name are given. Undefined where an
 * entry cannot be called with values that are known, or the module exports something by default already.
 */
export function scenarioOfAgents(source: SourceText, entries: readonly EntryPoint[], isSerializable: boolean): SourceText | undefined {
  const parsed = parseModule(source);
  if (parsed.kind !== 'module' || parsed.program.body.some(({ type }) => type === 'ExportDefaultDeclaration') || /\bmodule\.exports\b|\bexports\.\w/.test(source.text)) return undefined;
  const writer = new AgentsWriter(parsed);
  const calls = entries.map((entry) => writer.callOf(entry));
  if (calls.includes(undefined)) return undefined;
  const tasks = calls.map((call, at) => `agent${at + 1}: agent(() => ${call})`);
  const text = [
    source.text,
    "import { agent, scenario } from 'raceproof';",
    'export default scenario(() => {',
    ...[...writer.memory].map((name) => `  const ${name} = new SharedArrayBuffer(${bytesOfMemory});`),
    `  return { tasks: { ${tasks.join(', ')} }${isSerializable ? ', serializable: true' : ''} };`,
    '});', '',
  ].join('\n');
  // The scenario's own names must not be taken.
  return /\b(?:agent|scenario)\b/.test(source.text) ? undefined : { file: source.file, text };
}

class AgentsWriter {
  readonly #module: ParsedModule;
  /** Names of buffers that are handed in. */
  readonly memory = new Set<string>();

  constructor(module: ParsedModule) {
    this.#module = module;
  }

  callOf({ path, range }: EntryPoint): string | undefined {
    if (!path) return undefined;
    const [first, second, ...others] = path.steps;
    const fn = this.#functionAt(range);
    const given = fn && this.#given(fn);
    if (given === undefined || others.length > 0) return undefined;
    if (!first) return `${path.root}(${given})`;
    if (first.kind !== 'construct' || second?.kind !== 'member') return undefined;
    const made = this.#constructed(fn!);
    return made === undefined || second.name.startsWith('#') ? undefined : `new ${path.root}(${made}).${second.name}(${given})`;
  }

  /** The largest function inside the range, which may begin before it: with `export`, a modifier, a name. */
  #functionAt({ start, end }: EntryPoint['range']): FunctionNode | undefined {
    let found: FunctionNode | undefined;
    walk(this.#module.program, (node) => {
      const { loc } = node;
      const isInside = loc.start.line >= start.line && loc.end.line <= end.line && (loc.start.line > start.line || loc.start.column + 1 >= start.column) && (loc.end.line < end.line || loc.end.column + 1 <= end.column);
      if (!found && isInside && isFunction(node)) found = node;
    });
    return found;
  }

  #constructed(method: FunctionNode): string | undefined {
    let owner: Node | undefined = method;
    while (owner && !isClass(owner)) owner = owner.parent;
    const maker = owner && isClass(owner) ? owner.body.body.find((member) => member.type === 'MethodDefinition' && member.kind === 'constructor') : undefined;
    if (!maker) return '';
    return maker.type === 'MethodDefinition' ? this.#given(maker.value as FunctionNode) : undefined;
  }

  /** Arguments for the parameters, up to the first that need not be given. */
  #given({ params }: FunctionNode): string | undefined {
    const values: string[] = [];
    for (const parameter of params) {
      const bound = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
      if (bound.type === 'AssignmentPattern' || bound.type === 'RestElement' || (bound.type === 'Identifier' && bound.optional)) break;
      const value = bound.type === 'Identifier' && bound.typeAnnotation ? this.#valueOf(bound.name, this.#textOf(bound.typeAnnotation.typeAnnotation)) : undefined;
      if (value === undefined) return undefined;
      values.push(value);
    }
    return values.join(', ');
  }

  #valueOf(name: string, type: string): string | undefined {
    if (type === 'number') return '1';
    if (type === 'string') return `'${name}'`;
    if (type === 'boolean') return 'true';
    if (type !== 'SharedArrayBuffer' && !view.test(type)) return undefined;
    const buffer = `memoryOf_${name}`;
    this.memory.add(buffer);
    return type === 'SharedArrayBuffer' ? buffer : `new ${type.replace(/<.*$/, '')}(${buffer})`;
  }

  #textOf({ range }: Node): string {
    return this.#module.source.text.slice(range[0], range[1]);
  }
}
