import { analyzeScopes, parseModule, walk, type Node, type ParsedModule, type Scopes, type SourceText } from '../language/index.js';
import type { Finding, SourceRange } from '../model/index.js';
import { Draft } from './draft.js';
import { Layout } from './layout.js';
import { Lines } from './lines.js';
import { allNodes } from './syntax.js';

/** A fix on its way: the title, and the changed text. */
export interface Cure {
  readonly title: string;
  readonly draft: Draft;
  /** Why a person has to look at it, whatever is proved of this file: it asks something of code that is not seen here. */
  readonly caution?: string;
}

/** One way to cure a finding; undefined where it does not apply. It need not be right: what it makes is proved, or not offered. */
export type Technique = (code: FlaggedCode) => Cure | undefined;

/** The file that holds a finding, as techniques read it. Offsets are those of its text. */
export class FlaggedCode {
  readonly layout: Layout;
  readonly scopes: Scopes;
  /** Names of the packages that the project may import. */
  readonly packages: ReadonlySet<string>;
  readonly #lines: Lines;
  readonly #names: ReadonlySet<string>;
  #variables: ReadonlySet<string> | undefined;
  #tokensFixed: readonly (readonly [number, number])[] | undefined;

  constructor(readonly finding: Finding, readonly module: ParsedModule, packages: ReadonlySet<string>) {
    this.layout = new Layout(module.source);
    this.scopes = analyzeScopes(module);
    this.packages = packages;
    this.#lines = new Lines(module.source.text);
    this.#names = new Set(module.source.text.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu));
  }

  get text(): string {
    return this.module.source.text;
  }

  draft(): Draft {
    return new Draft(this.module.source);
  }

  textOf({ range }: { readonly range: readonly [number, number] }): string {
    return this.text.slice(range[0], range[1]);
  }

  /** The outermost node that covers exactly the stretch. */
  nodeAt(range: SourceRange): Node | undefined {
    if (range.file !== this.module.source.file) return undefined;
    const [start, end] = [this.#lines.offsetOf(range.start), this.#lines.offsetOf(range.end)];
    let found: Node | undefined;
    walk(this.module.program, (node) => {
      if (!found && node.range[0] === start && node.range[1] === end && node.type !== 'Program') found = node;
    });
    return found;
  }

  nodesAt(ranges: readonly SourceRange[]): Node[] {
    return ranges.flatMap((range) => this.nodeAt(range) ?? []);
  }

  /** Stretches whose lines must keep their indentation. */
  get fixed(): readonly (readonly [number, number])[] {
    if (!this.#tokensFixed) {
      const found: [number, number][] = [];
      walk(this.module.program, (node) => {
        if (node.type === 'TemplateElement' || (node.type === 'Literal' && typeof node.value === 'string') || node.type === 'JSXText') found.push([node.range[0], node.range[1]]);
      });
      this.#tokensFixed = found;
    }
    return this.#tokensFixed;
  }

  /** As `fresh`, for a local: what only members are called is free. */
  freshLocal(...names: readonly string[]): string {
    this.#variables ??= new Set(allNodes(this.module.program).flatMap((node) => (node.type === 'Identifier' && !isMemberName(node) ? [node.name] : [])));
    return this.#variables.has(names[0]!) ? this.fresh(...names) : names[0]!;
  }

  /** The first of these names that means nothing in the file yet; the last gets a number if all do. */
  fresh(...names: readonly string[]): string {
    const free = names.find((name) => !this.#names.has(name));
    if (free !== undefined) return free;
    for (let number = 2; ; number++) if (!this.#names.has(`${names.at(-1)}${number}`)) return `${names.at(-1)}${number}`;
  }
}

function isMemberName({ parent, ...node }: Node): boolean {
  if (parent?.type === 'MemberExpression') return !parent.computed && parent.property.range[0] === node.range[0];
  if (parent?.type === 'MethodDefinition' || parent?.type === 'PropertyDefinition') return !parent.computed && parent.key.range[0] === node.range[0];
  return parent?.type === 'Property' && !parent.computed && !parent.shorthand && parent.key.range[0] === node.range[0];
}

/** Undefined if the finding's file cannot be read as it stands. */
export function flaggedCode(finding: Finding, source: SourceText, packages: ReadonlySet<string>): FlaggedCode | undefined {
  const module = parseModule(source);
  return module.kind === 'module' && finding.range.file === source.file ? new FlaggedCode(finding, module, packages) : undefined;
}
