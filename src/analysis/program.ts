import { noConfiguration } from '../model/index.js';
import type { Configuration } from '../model/index.js';
import { parseModule, Resolver, syntaxErrorIn } from '../language/index.js';
import type { Node, ParsedModule, ParseFailure, ReadModule, SourceText, Variable } from '../language/index.js';
import type { Location } from './model/location.js';
import { modelModule } from './model/module.js';
import type { Links, ModuleModel } from './model/module.js';
import { isTest } from './model/tests.js';
import { mayBeShared } from './prescan.js';
import { studyModule } from './regions/study.js';
import type { Study } from './regions/study.js';

/** Characters of the sources whose trees are kept. A tree and its model take some hundred times that in memory. */
const MOST_KEPT = 2_500_000;

type Modelled = ModuleModel | ParseFailure;

/**
 * The modules of a program, each read and modelled when somebody first asks for it.
 *
 * 1. While one file is analysed every module has one model: locations are compared by identity.
 * 2. A model is good until its own text, or that of a module it was linked with, changes; `forget` drops both.
 * 3. A tree is good as long as its text is: where only what it was linked with has changed, it is modelled anew, not read anew.
 */
export class Program implements Links {
  readonly configuration: Configuration;
  readonly #read: ReadModule | undefined;
  #resolver: Resolver | undefined;
  readonly #modelled = new Map<string, Modelled>();
  /** The least recently used first. */
  readonly #trees = new Map<string, ParsedModule>();
  /** By the file that asks, then by what it asks for. */
  readonly #resolved = new Map<string, Map<string, ModuleModel | undefined>>();
  /** For each file those that were linked with it; what nobody imports is not here. */
  readonly #dependents = new Map<string, Set<string>>();
  readonly #byTree = new WeakMap<Node, ModuleModel>();
  /** Whether what a file gives away can matter, for its latest text: the same is asked by everybody who imports it. */
  readonly #shared = new Map<string, { readonly text: string; readonly mayBe: boolean }>();
  /** Of the file at hand: graphs are large, and most are wanted once. */
  readonly #studies = new Map<ModuleModel, readonly Study[]>();
  #kept = 0;

  /** @param read Without it every file is a program of its own. */
  constructor(read?: ReadModule, configuration: Configuration = noConfiguration) {
    this.#read = read;
    this.#resolver = read && new Resolver(read);
    this.configuration = configuration;
  }

  /** The model of a text, made anew if it was another one before. */
  model(source: SourceText): Modelled {
    const known = this.#modelled.get(source.file);
    if (known && textOf(known) === source.text) return this.#used(source.file, known);
    if (known) this.#dropWithDependents(source.file);
    const parsed = this.#treeOf(source);
    const modelled = parsed.kind === 'failure' ? parsed : this.#modelOf(parsed);
    if ('module' in modelled) this.#byTree.set(modelled.module.program, modelled);
    this.#modelled.set(source.file, modelled);
    return modelled;
  }

  #treeOf(source: SourceText): ParsedModule | ParseFailure {
    const known = this.#trees.get(source.file);
    this.#letGo(source.file);
    const parsed = known?.source.text === source.text ? known : parseModule(source);
    if (parsed.kind === 'failure') return parsed;
    this.#trees.set(source.file, parsed);
    this.#kept += source.text.length;
    return parsed;
  }

  /** A tree that no program can have may be more than the analysis of scopes bears; then the text says why. */
  #modelOf(parsed: ParsedModule): Modelled {
    try {
      return modelModule(parsed, this);
    } catch (error) {
      const failure = syntaxErrorIn(parsed.source);
      if (failure) return failure;
      throw error;
    }
  }

  moduleAt(from: string, specifier: string): ModuleModel | undefined {
    const known = this.#resolved.get(from) ?? new Map<string, ModuleModel | undefined>();
    this.#resolved.set(from, known);
    if (!known.has(specifier)) known.set(specifier, this.#resolve(from, specifier));
    return known.get(specifier);
  }

  modelOf({ program }: ParsedModule): ModuleModel {
    return this.#byTree.get(program)!;
  }

  moduleOf({ scope }: Variable): ModuleModel {
    let at = scope;
    while (at.block.type !== 'Program' && at.upper) at = at.upper;
    return this.#byTree.get(at.block)!;
  }

  /** @param isWhole False if functions that only the module itself runs need not be followed by themselves. */
  studiesOf(model: ModuleModel, isWhole = false): readonly Study[] {
    let studies = this.#studies.get(model);
    if (!studies) this.#studies.set(model, (studies = studyModule(model, isWhole)));
    return studies;
  }

  /** The studies of a module, and those of the module that a place belongs to. */
  studiesAround(model: ModuleModel, { root }: Location): readonly Study[] {
    const home = root.kind === 'variable' ? this.moduleOf(root.variable) : this.modelOf(root.owner.module);
    return home === model ? this.studiesOf(model) : [...this.studiesOf(model), ...this.studiesOf(home)];
  }

  /** The studies of a module, and those of the modules whose functions it calls. */
  studiesNearby(model: ModuleModel): readonly Study[] {
    const own = this.studiesOf(model);
    const modules = new Set(own.flatMap(({ graph }) => [...graph.inlined].map(({ module }) => module)));
    modules.delete(model.module);
    return [...own, ...[...modules].flatMap((module) => this.studiesOf(this.modelOf(module)))];
  }

  /** Says that a file has changed, come or gone: what was concluded from it is concluded anew. */
  forget(file: string): void {
    this.#resolver = this.#read && new Resolver(this.#read);
    // What is not known may be what others looked for in vain.
    if (!this.#modelled.has(file)) for (const [from, known] of [...this.#resolved]) if ([...known.values()].includes(undefined)) this.#dropWithDependents(from);
    this.#dropWithDependents(file);
  }

  #dropWithDependents(file: string): void {
    const pending = [file];
    const dropped = new Set<string>();
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      if (dropped.has(at)) continue;
      dropped.add(at);
      this.#drop(at);
      pending.push(...(this.#dependents.get(at) ?? []));
      this.#dependents.delete(at);
    }
  }

  /**
   * Between two files: lets go of what was followed, and of trees if there are too many. What nobody has imported goes first, as it is
   * likely to be asked for only once; then what was not used for long.
   */
  tidy(): void {
    this.#studies.clear();
    if (this.#kept <= MOST_KEPT) return;
    const files = [...this.#trees.keys()];
    for (const file of [...files.filter((one) => !this.#dependents.has(one)), ...files]) {
      if (this.#kept <= MOST_KEPT) return;
      this.#dropWithDependents(file);
      this.#letGo(file);
    }
  }

  #resolve(from: string, specifier: string): ModuleModel | undefined {
    if (!this.#resolver || isTest(from)) return undefined;
    const found = this.#resolver.resolve(from, specifier);
    if (!found || found.dependency !== undefined || !/\.[cm]?[jt]sx?$/.test(found.file) || /\.d\.[cm]?ts$/.test(found.file) || !this.#mayBeShared(found)) return undefined;
    const model = this.model(found);
    if (!('module' in model)) return undefined;
    this.#dependents.set(model.file, (this.#dependents.get(model.file) ?? new Set()).add(from));
    return model;
  }

  #mayBeShared({ file, text }: SourceText): boolean {
    const known = this.#shared.get(file);
    if (known?.text === text) return known.mayBe;
    const mayBe = mayBeShared(text);
    this.#shared.set(file, { text, mayBe });
    return mayBe;
  }

  #used(file: string, modelled: Modelled): Modelled {
    const tree = this.#trees.get(file);
    if (tree) {
      this.#trees.delete(file);
      this.#trees.set(file, tree);
    }
    return modelled;
  }

  #drop(file: string): void {
    this.#resolved.delete(file);
    this.#modelled.delete(file);
  }

  #letGo(file: string): void {
    this.#kept -= this.#trees.get(file)?.source.text.length ?? 0;
    this.#trees.delete(file);
  }
}

function textOf(modelled: Modelled): string | undefined {
  return 'module' in modelled ? modelled.module.source.text : undefined;
}
