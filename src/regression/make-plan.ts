import { ModuleOutline, type Declared, type ReadModule, type Reader, type SourceText } from '../language/index.js';
import { comparePositions, jointStart, pathKey, type Assumption, type EntryPath, type OutsideUses, type Scenario, type SourceRange, type TaskPlan, type Witness } from '../model/index.js';
import { wantedOf } from './conditions.js';
import { lastName, Names } from './names.js';
import { actsOutside, computesOnly, isBuiltin, mayReachOutside } from './builtins.js';
import { NoTest, type Call, type Observer, type Replaced, type StandIn, type Step, type Stub, type TestPlan, type Value } from './plan.js';
import { storyOf, titleOf } from './story.js';
import type { Subject } from './subject.js';
import { Uses } from './uses.js';
import { Values } from './values.js';

/** A confirmed finding, with what its witness did with values from outside. */
export interface Confirmed {
  readonly source: SourceText;
  readonly finding: Subject;
  readonly scenario: Scenario;
  readonly witness: Witness;
  readonly uses: OutsideUses;
  readonly read?: ReadModule;
}

/** What of a confirmed finding a test needs. @throws NoTest with the reason why no test can force what the simulator did. */
export function planTest(confirmed: Confirmed, replaced: Replaced = 'all'): TestPlan {
  return new Planner(confirmed, replaced).plan();
}

class Planner {
  readonly #confirmed: Confirmed;
  readonly #replaced: Replaced;
  readonly #outline: ModuleOutline;
  readonly #uses: Uses;
  readonly #names = new Names();
  readonly #values: Values;
  readonly #imports = new Set<string>();
  readonly #objects: { name: string; call: Call; isAwaited: boolean }[] = [];
  /** Variables of what paths lead to, by `pathKey`. */
  readonly #made = new Map<string, string>();

  constructor(confirmed: Confirmed, replaced: Replaced) {
    this.#replaced = replaced;
    const { source, scenario, witness, uses, read } = confirmed;
    this.#confirmed = confirmed;
    this.#outline = new ModuleOutline(source, read);
    this.#uses = new Uses(uses);
    const scheduled = new Set(witness.schedule.events.map(({ id }) => id));
    this.#values = new Values({
      uses: this.#uses, outline: this.#outline, assumptions: assumptionsOf(witness.assumptions, uses.assumptions), trace: witness.trace, names: this.#names, rootType: (label) => this.#rootType(label),
      isToldApart: confirmed.finding.region.dependence === 'response', isScheduled: (event) => scheduled.has(event), failureOf: (text) => witness.schedule.events.find(({ label }) => label === `${text} rejects`)?.id, tasks: new Set(scenario.tasks.map(({ id }) => id)),
    });
    for (const name of this.#outline.exported.byLocal.keys()) this.#names.take(name === 'default' ? 'subject' : name);
  }

  plan(): TestPlan {
    const { source, finding, scenario } = this.#confirmed;
    if (scenario.files !== undefined) throw new NoTest('what goes wrong is seen in a file, and a test touches none');
    for (const { path } of [...scenario.tasks, ...scenario.prelude]) this.#check(path);
    const modules = this.#modules();
    const globals = this.#globals();
    const environment = this.#environment();
    const prelude = scenario.prelude.map((task) => this.#call(task));
    const tasks = scenario.tasks.map((task) => ({ name: task.id, call: this.#call(task) }));
    const assignments = [...this.#leftToOthers(), ...this.#assignments()];
    const steps = this.#steps();
    const observers = this.#observers();
    return {
      file: source.file, title: titleOf(finding, scenario), story: storyOf(finding), imports: [...this.#imports].map((local) => ({ local, exported: this.#outline.exported.byLocal.get(local)! })), isCommonJs: this.#outline.exported.isCommonJs,
      modules, globals, environment, stubs: this.#values.stubs, objects: this.#objects, assignments, prelude, tasks, steps, observers,
      isOrdered: finding.region.dependence === 'response', isTogether: scenario.together === true, ...this.#remedy(observers),
    };
  }

  #check({ root, steps }: EntryPath): void {
    if (root === '<module>' || steps.some(({ kind }) => kind === 'closure')) throw new NoTest('what runs is a function that the module hands to others; a test cannot name it');
    if (steps[0]?.kind === 'call' && this.#confirmed.scenario.program.code.includes('require("react")')) throw new NoTest('what runs belongs to a component, which has to be rendered; a test that only calls it does not');
    if (!this.#outline.exported.byLocal.has(root) && this.#instanceOf({ root, steps }) === undefined) throw new NoTest(`the module does not export ${root}`);
  }

  #modules(): TestPlan['modules'] {
    const bySpecifier = new Map<string, (readonly [string, Value])[]>();
    for (const root of this.#uses.roots) {
      if (root.kind !== 'import' || !this.#uses.has(root.value) || !this.#isReplaced(root)) continue;
      const entries = bySpecifier.get(root.specifier) ?? [];
      if (!entries.some(([name]) => name === root.name)) entries.push([root.name, this.#values.of(root.value)]);
      bySpecifier.set(root.specifier, entries);
    }
    const used = [...bySpecifier].map(([specifier, entries]) => {
      const { file, outline } = this.#importerOf(specifier);
      return { specifier, importer: file, entries, isRequired: outline.imports(specifier) && outline.isRequired(specifier), isPart: computesOnly(specifier) || (this.#replaced === 'timely' && !actsOutside(specifier)) };
    });
    return this.#replaced === 'alone' ? [...used, ...this.#unused(new Set(bySpecifier.keys()))] : used;
  }

  /** What is loaded with files that take part and plays no part itself, but for modules of Node. */
  #unused(used: ReadonlySet<string>): StandIn[] {
    const taking = new Set([this.#confirmed.source.file, ...this.#confirmed.scenario.program.sites.map(({ range }) => range.file)]);
    const found = [...taking].flatMap((importer) => {
      const outline = this.#outlineOf(importer);
      const others = outline?.loadedWith.filter(({ specifier, file }) => !used.has(specifier) && !isBuiltin(specifier) && !(file !== undefined && taking.has(file))) ?? [];
      return others.map(({ specifier }): StandIn => ({ specifier, importer, entries: [], isRequired: false, isPart: false }));
    });
    return [...new Map(found.map((one) => [one.specifier, one])).values()];
  }

  #outlineOf(file: string): ModuleOutline | undefined {
    const { source, read } = this.#confirmed;
    if (file === source.file) return this.#outline;
    const found = read?.(file);
    return found?.kind === 'file' ? new ModuleOutline({ file, text: found.text }, read) : undefined;
  }

  /** The module itself, or one that takes part with it: what is imported there is named from there. */
  #importerOf(specifier: string): { readonly file: string; readonly outline: ModuleOutline } {
    const { source, scenario } = this.#confirmed;
    const own = { file: source.file, outline: this.#outline };
    if (this.#outline.imports(specifier)) return own;
    const others = [...new Set(scenario.program.sites.map(({ range }) => range.file))].filter((file) => file !== source.file);
    for (const file of others) {
      const outline = this.#outlineOf(file);
      if (outline?.imports(specifier)) return { file, outline };
    }
    return own;
  }

  #isReplaced({ specifier, value }: { readonly specifier: string; readonly value: string }): boolean {
    return (this.#replaced !== 'timely' && !computesOnly(specifier)) || mayReachOutside(specifier) || this.#uses.isTimely(value);
  }

  #globals(): TestPlan['globals'] {
    const used = this.#uses.roots.flatMap((root) => (root.kind === 'global' && this.#uses.has(root.value) ? [[root.value, this.#values.of(root.value)] as const] : []));
    const supposed = this.#supposedGlobals();
    // Code asks the window for them where there is one.
    const isOfWindow = supposed.length > 0 && /\bwindow\b/.test(this.#confirmed.source.text);
    return [...used, ...supposed, ...(isOfWindow ? [['window', { kind: 'expression', text: 'globalThis' }] as const] : [])];
  }

  /** What the witness takes for granted that the environment says. */
  #environment(): TestPlan['environment'] {
    const { members } = this.#uses.of('process.env');
    const isAsked = (label: string): boolean => {
      const { isTruthy, isMissing, equal } = wantedOf(label, this.#confirmed.witness.assumptions);
      return isTruthy === true || isMissing === false || equal.length > 0;
    };
    return [...members].filter(([, label]) => isAsked(label)).map(([name, label]) => [name, this.#values.of(label)] as const).filter(([, value]) => value.kind === 'literal' && typeof value.value === 'string');
  }

  /** Globals that the witness takes for granted. */
  #supposedGlobals(): (readonly [string, Value])[] {
    return this.#confirmed.witness.assumptions.flatMap(({ condition, value }) => {
      const name = /^globalThis\.([\w$]+) is set$/.exec(condition)?.[1];
      return name === undefined || !value ? [] : [[name, this.#supposed(`globalThis.${name}`)] as const];
    });
  }

  /** What stands for a value of which it is only known that there is one. */
  #supposed(label: string): Value {
    return this.#uses.has(label) ? this.#values.of(label) : { kind: 'literal', value: true };
  }

  #rootType(label: string): Declared | undefined {
    const root = this.#uses.roots.find(({ value }) => value === label);
    if (root) return root.kind === 'import' ? this.#outline.importedType(root.specifier, root.name) : undefined;
    const { scenario, finding } = this.#confirmed;
    for (const { path } of scenario.tasks) {
      const declared = this.#outline.setupParameter(path, label);
      if (declared) return declared;
    }
    for (const { range } of finding.overlaps.flat()) {
      const declared = this.#outline.parameterAt(range, label);
      if (declared) return declared;
    }
    return undefined;
  }

  /** The call that is a task, on an object that all tasks with the same path share. */
  #call({ path, arguments: plans }: TaskPlan): Call {
    return { callee: this.#callee(path), isNew: false, arguments: plans.map((plan) => this.#values.ofPlan(plan)) };
  }

  #callee(path: EntryPath): string {
    const instance = this.#instanceOf(path);
    let text = instance ?? (path.root === 'default' ? 'subject' : path.root);
    this.#imports.add(instance ?? path.root);
    if (instance !== undefined) this.#made.set(pathKey(path, 1), instance);
    path.steps.forEach((step, index) => {
      if (instance !== undefined && index === 0) return;
      if (step.kind === 'member') text = memberOf(text, step.name);
      else if (step.kind === 'construct' || step.kind === 'call') text = this.#object(path, index, text, step.kind === 'construct');
    });
    return text;
  }

  /** The one that the module exports of a class that it keeps to itself. */
  #instanceOf({ root, steps }: EntryPath): string | undefined {
    return steps[0]?.kind === 'construct' && !this.#outline.exported.byLocal.has(root) ? this.#outline.exportedInstanceOf(root) : undefined;
  }

  #object(path: EntryPath, index: number, callee: string, isNew: boolean): string {
    const key = pathKey(path, index + 1);
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const given = (this.#confirmed.scenario.setup[key] ?? []).map((plan) => this.#values.ofPlan(plan));
    const name = this.#names.of(isNew ? lowerFirst(path.root === 'default' ? 'subject' : path.root) : lowerFirst(lastName(callee).replace(/^(?:create|make|build|new|get|use)(?=[A-Z])/, '')));
    this.#objects.push({ name, call: { callee: isNew ? this.#constructible(callee) : callee, isNew, arguments: given }, isAwaited: false });
    this.#made.set(key, name);
    return name;
  }

  /** An abstract class can be made as well, once what it leaves to others is played; TypeScript has to be told. */
  #constructible(callee: string): string {
    const { file, text } = this.#confirmed.source;
    const isAbstract = /\.[cm]?tsx?$/.test(file) && /^\w+$/.test(callee) && new RegExp(`\\babstract\\s+class\\s+${callee}\\b`).test(text);
    return isAbstract ? `(${callee} as unknown as new (...given: unknown[]) => ${callee})` : callee;
  }

  /** Abstract methods, and inherited ones that hold the order, which the simulator takes as coming from outside, under the names of their classes: the test plays them. */
  #leftToOthers(): { target: string; value: Value }[] {
    const object = this.#objects.at(-1)?.name;
    const isAbstract = (label: string): boolean => /^[\w$]+\.[\w$]+$/.test(label) && !this.#uses.originOf(label) && !this.#uses.roots.some(({ value }) => value === label);
    const isInherited = (label: string): boolean => /^[\w$]+\.prototype\.[\w$]+$/.test(label) && this.#uses.isTimely(label);
    const labels = new Set(this.#uses.called.filter((label) => isAbstract(label) || isInherited(label)));
    if (object === undefined || labels.size === 0) return [];
    return [...labels].map((label) => ({ target: this.#fieldOf(object, lastName(label)), value: this.#values.of(label) }));
  }

  /** What the witness takes for granted of fields that set-up leaves empty. */
  #assignments(): { target: string; value: Value }[] {
    return this.#confirmed.witness.assumptions.flatMap(({ condition, value }) => {
      const match = / (?:is set|has .*)$/.exec(condition);
      if (!match || !value || !this.#confirmed.scenario.presumes) return [];
      const what = condition.slice(0, match.index);
      const [, field, inner = ''] = /^this\.([\w$]+)((?:\.[\w$]+)*)$/.exec(what) ?? [];
      const object = this.#objects.at(-1)?.name;
      if (field === undefined || object === undefined || !condition.endsWith(' is set')) throw new NoTest(`it takes for granted that ${condition}, which a test cannot bring about from outside`);
      return [{ target: `${this.#fieldOf(object, field)}${inner}`, value: this.#supposed(what) }];
    });
  }

  #steps(): Step[] {
    const { scenario, witness } = this.#confirmed;
    const ids = scenario.tasks.map(({ id }) => id);
    return witness.schedule.events.flatMap(({ id, label }): Step[] => {
      if (id === jointStart(scenario.tasks)) return ids.map((_, task) => ({ kind: 'start', task }));
      if (ids.includes(id)) return [{ kind: 'start', task: ids.indexOf(id) }];
      const pending = this.#values.pending.get(id);
      if (pending) return [{ kind: 'settle', pending: pending.name, value: pending.value, about: pending.about, ...(pending.isFailure && { isFailure: true }) }];
      // A plain value that is waited for is there at once.
      if (this.#uses.waitAt(id)) return [];
      const timer = /^(timer|interval) of (\d+) ms fires$/.exec(label);
      if (timer) return [{ kind: 'timer', milliseconds: Number(timer[2]), isInterval: timer[1] === 'interval' }];
      if (/^import of .* completes$/.test(label)) return [{ kind: 'import', about: label }];
      throw new NoTest(`its order hangs on “${label}”, which a test cannot decide`);
    });
  }

  #observers(): Observer[] {
    const { finding, scenario } = this.#confirmed;
    if (scenario.oracle === 'stuck' || scenario.oracle === 'held') return [{ kind: 'finished' }];
    const counts = this.#workingStubs().map((stub): Observer => ({ kind: 'calls', stub }));
    const states = this.#states();
    const limits = finding.region.dependence === 'cap' ? this.#values.stubs.filter(({ calls }) => calls.some(({ pending }) => pending !== undefined)).map((stub): Observer => ({ kind: 'most', stub })) : [];
    if (limits.length > 0) for (const one of limits) if (one.kind === 'most') one.stub.isWatched = true;
    const ownStates = states.filter((state) => state.kind === 'state' && state.isLocation);
    const others = states.filter((state) => !ownStates.includes(state));
    const isWork = finding.rule === 'double-initialization';
    return [...(isWork ? counts : []), ...limits, ...ownStates, ...(isWork ? [] : counts), { kind: 'statuses' }, ...scenario.tasks.map((_, task): Observer => ({ kind: 'result', task })), { kind: 'results' }, ...others, ...this.#toldStubs().map((stub): Observer => ({ kind: 'arguments', stub }))];
  }

  /** Stubs that were called another number of times than in any expected execution, and whose calls are what the finding is about; first those that are to be called the least, which says most, and of these those that are waited for. */
  #workingStubs(): Stub[] {
    const { finding, witness: { outcome, expectedOutcomes } } = this.#confirmed;
    const labels = Object.entries(outcome.effects).filter(([label, count]) => expectedOutcomes.every(({ effects }) => effects[label] !== count) && (finding.rule === 'double-initialization' || this.#isAct(label)));
    const wanted = new Map<Stub, number>();
    for (const [label] of labels) {
      const stub = this.#values.stub(this.#uses.calleeOf(label) ?? '');
      if (stub) wanted.set(stub, (wanted.get(stub) ?? 0) + Math.max(...expectedOutcomes.map(({ effects }) => effects[label] ?? 0)));
    }
    const isWaitedFor = ({ calls }: Stub): boolean => calls.some(({ pending }) => pending !== undefined);
    return [...wanted].sort(([one, a], [other, b]) => a - b || Number(isWaitedFor(other)) - Number(isWaitedFor(one))).map(([stub]) => stub);
  }

  /** Stubs that were told something that no expected execution tells them, if that is what the finding is about: a cure may ask the others as before. */
  #toldStubs(): Stub[] {
    const { finding, witness: { outcome, expectedOutcomes } } = this.#confirmed;
    const labels = new Set([outcome, ...expectedOutcomes].flatMap(({ effects }) => Object.keys(effects)).filter((label) => finding.rule === 'unstable-iteration' || this.#isAct(label)));
    const differing = [...labels].filter((label) => expectedOutcomes.every(({ effects }) => effects[label] !== outcome.effects[label]));
    return [...new Set(differing.flatMap((label) => this.#values.stub(this.#uses.calleeOf(label) ?? '') ?? []))];
  }

  /** The call is the act that closes a region. */
  #isAct(label: string): boolean {
    const { finding: { region }, witness: { trace } } = this.#confirmed;
    const isThere = ({ file, start }: SourceRange, step: SourceRange): boolean => file === step.file && comparePositions(start, step.start) === 0;
    return trace.steps.some((step) => step.kind === 'call' && step.text === `calls ${label}` && region.acts.some((act) => isThere(act, step)));
  }

  /** Where nothing shows what the finding is about. */
  #remedy(observers: readonly Observer[]): { readonly remedy?: string } {
    if (observers.some((observer) => observer.kind === 'state' && observer.isLocation)) return {};
    const location = this.#confirmed.finding.location.replace(/\[.*$/, '');
    const [owner, name] = location.split(/[#.]+/);
    if (name !== undefined && owner !== '') return { remedy: `a getter for ${location.replace(/^\w+\./, '')} would let a test see it` };
    return /^[\w$]+$/.test(location) ? { remedy: `an exported function that returns ${location} would let a test see it` } : {};
  }

  #states(): Observer[] {
    const { finding, witness, scenario } = this.#confirmed;
    const wanted = new Set([finding.region.location, finding.location, ...Object.keys(witness.outcome.state)].flatMap((location) => namesIn(location)));
    const isWanted = ({ looksAt }: Reader): boolean => [...looksAt].some((name) => wanted.has(name.replace(/^#/, '')));
    const ofObjects = scenario.tasks.slice(0, 1).flatMap(({ path }) => {
      const object = this.#made.get(pathKey(path, 1));
      if (object === undefined) return [];
      return this.#outline.readersOf(path).map((reader): Observer => ({ kind: 'state', name: reader.name, expression: this.#readingOf(object, reader), isLocation: isWanted(reader) }));
    });
    const ofModule = this.#outline.readers.filter((reader) => isWanted(reader) && this.#isOtherThanTask(reader.name)).map((reader): Observer => {
      this.#imports.add(reader.name);
      return { kind: 'state', name: reader.name, expression: reader.kind === 'function' ? `${reader.name}()` : reader.name, isLocation: true };
    });
    return [...ofObjects, ...this.#inherited(ofObjects), ...ofModule].sort((a, b) => rank(a) - rank(b));
  }

  /** The field that the finding is about, where no constructor of this file declares it, or what of it the finding is about; TypeScript hides it from nobody who writes brackets. */
  #inherited(known: readonly Observer[]): Observer[] {
    const { finding: { region }, scenario: { tasks } } = this.#confirmed;
    const [, name, inner = ''] = /^[\w$]+#([\w$]+)((?:\.[\w$]+)*)/.exec(region.location) ?? [];
    const path = tasks[0]?.path;
    const object = path?.steps[0]?.kind === 'construct' ? this.#made.get(pathKey(path, 1)) : undefined;
    if (name === undefined || object === undefined || (inner === '' && known.some((observer) => observer.kind === 'state' && observer.name === name))) return [];
    return [{ kind: 'state', name, expression: `${this.#fieldOf(object, name)}${inner}`, isLocation: true }];
  }

  #isOtherThanTask(name: string): boolean {
    return !this.#confirmed.scenario.tasks.some(({ path }) => path.root === name && path.steps.length === 0);
  }

  #readingOf(object: string, { name, kind }: Reader): string {
    if (kind === 'method') return `${object}.${name}()`;
    return kind === 'hidden-field' ? this.#fieldOf(object, name) : `${object}.${name}`;
  }

  /** TypeScript lets brackets through to what is private. */
  #fieldOf(object: string, name: string): string {
    const isTypeScript = /\.[cm]?tsx?$/.test(this.#confirmed.source.file);
    return isTypeScript ? `${object}['${name}']` : `${object}.${name}`;
  }
}

/** What the witness takes for granted goes before what others do. */
function assumptionsOf(ofWitness: readonly Assumption[], ofAll: readonly Assumption[]): Assumption[] {
  return [...ofWitness, ...ofAll.filter(({ condition }) => !ofWitness.some((known) => known.condition === condition))];
}

/** What is public is read first. */
function rank(observer: Observer): number {
  if (observer.kind !== 'state') return 9;
  return (observer.isLocation ? 0 : 4) + (observer.expression.includes("['") ? 1 : 0);
}

/** `Account.#balance` -> Account, balance; `viewsByPage[page]` -> viewsByPage. */
function namesIn(location: string): string[] {
  return location.replace(/\[.*$/, '').split(/[.#]+/).filter((name) => name !== '' && !/^[A-Z]/.test(name));
}

function memberOf(object: string, name: string): string {
  return /^[\w$]+$/.test(name) ? `${object}.${name}` : `${object}[${JSON.stringify(name)}]`;
}

function lowerFirst(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}
