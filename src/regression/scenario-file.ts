import type { FunctionSubject } from '../analysis/index.js';
import { ModuleOutline, type ReadModule, type SourceText } from '../language/index.js';
import { pathKey, type ArgumentPlan, type Assumption, type EntryPath, type Finding, type Proof, type Scenario, type TaskPlan } from '../model/index.js';
import { likelyScenario } from '../proof/index.js';
import type { Simulator } from '../simulator/index.js';
import { Names } from './names.js';
import { commented } from './comment.js';

/** What a scenario is to be written about. */
export interface Open {
  readonly subject: Finding | FunctionSubject;
  readonly source: SourceText;
  readonly proof: Proof & { readonly scenario?: Scenario };
  readonly read?: ReadModule;
}

/** A scenario file (docs/scenario-files.md) that a person goes on with. */
export interface ScenarioFile {
  readonly text: string;
  /** Beside the file it is about, named as `SourceText.file` is. */
  readonly file: string;
}

/**
 * Writes what a proof would try first as a scenario file: the subject imported, the tasks named, what comes from outside declared, what is taken for granted as values
 * to change. It type-checks and runs as it is. What could not be closed is said in it.
 */
export async function writeScenarioFile({ subject, source, proof, read }: Open, simulator: Simulator, signal?: AbortSignal): Promise<ScenarioFile> {
  const scenario = proof.scenario ?? likelyScenario(subject, source, read);
  const assumptions = proof.witness?.assumptions ?? (scenario ? await assumptionsIn(scenario, simulator, signal) : []);
  const file = source.file.replace(/\.([cm]?[jt]s)x?$/, '.race.$1');
  return { text: new ScenarioWriter({ subject, source, proof, ...(read && { read }) }, scenario, assumptions).text(), file };
}

/** What the tasks take for granted one after the other. */
async function assumptionsIn(scenario: Scenario, simulator: Simulator, signal?: AbortSignal): Promise<readonly Assumption[]> {
  try {
    return (await simulator.study(scenario, { version: 1, events: [] }, signal)).assumptions;
  } catch (error) {
    if (signal?.aborted) throw error;
    // It cannot even be set up: then nothing was asked.
    return [];
  }
}

class ScenarioWriter {
  readonly #open: Open;
  readonly #scenario: Scenario | undefined;
  readonly #assumptions: readonly Assumption[];
  readonly #isTypeScript: boolean;
  readonly #names = new Names();
  readonly #exported: ReadonlyMap<string, string>;
  readonly #imports = new Set<string>();
  /** Values from outside, with their types. */
  readonly #declared = new Map<string, string>();
  readonly #objects = new Map<string, { readonly name: string; readonly text: string; readonly isAwaited: boolean }>();

  constructor(open: Open, scenario: Scenario | undefined, assumptions: readonly Assumption[]) {
    this.#open = open;
    this.#scenario = scenario;
    this.#assumptions = assumptions;
    this.#isTypeScript = /\.[cm]?tsx?$/.test(open.source.file);
    this.#exported = new ModuleOutline(open.source, open.read).exported.byLocal;
    for (const name of ['scenario', ...this.#exported.keys()]) this.#names.take(nameOf(name));
  }

  text(): string {
    const missing = this.#missing();
    const tasks = missing === undefined ? this.#scenario!.tasks.map((task) => `${task.id}: ${this.#task(task)}`) : ['first: () => undefined', 'second: () => undefined'];
    const head = ["import { scenario } from 'raceproof';", ...this.#importLines()];
    const declared = [...this.#declared].map(([name, type]) => (this.#isTypeScript ? `declare const ${name}: ${type};` : `/* global ${name} */`));
    const { reason, verdict } = this.#open.proof;
    return [
      ...head, '',
      commented(`${this.#message()} It is ${verdict}: ${reason}.`),
      ...(missing === undefined ? [] : [commented(`What is missing: ${missing}.`)]), '',
      ...(declared.length === 0 ? [] : ['// From outside: may be anything, and each call of it ends at any time. Put a value of your own in the place of what has to be something.', ...declared, '']),
      'export default scenario(', '  () => {',
      ...[...this.#objects.values()].map(({ name, text }) => `    const ${name} = ${text};`),
      '    return {', '      tasks: {', ...tasks.map((task) => `        ${task},`), '      },',
      '      // What has to hold in the end, if the regions that are watched do not say it: invariant: () => …,', '    };', '  },',
      ...this.#assumed(), ');', '',
    ].join('\n');
  }

  #message(): string {
    const { subject } = this.#open;
    return 'rule' in subject ? `${subject.rule}: ${subject.message}` : `Two calls of \`${subject.entry.name}\` that overlap.`;
  }

  #missing(): string | undefined {
    if (!this.#scenario) return 'a way to start the two tasks from outside the module; import what starts them, and call it here';
    const roots = this.#scenario.tasks.filter(({ path: { root, steps } }) => root === '<module>' || steps.some(({ kind }) => kind === 'closure'));
    if (roots[0]) return `a name for what runs (${roots[0].name}): the module hands it to others. Export it, and call it here`;
    const hidden = this.#scenario.tasks.find(({ path: { root } }) => !this.#exported.has(root));
    return hidden && `an export of ${hidden.path.root}; export it, and call it here`;
  }

  #importLines(): string[] {
    const base = this.#open.source.file.replace(/^.*\//, '');
    const specifier = this.#isTypeScript ? `./${base.replace(/\.tsx?$/, '').replace(/\.([cm])ts$/, '.$1js')}` : `./${base}`;
    const entries = [...this.#imports].map((local) => [local, this.#exported.get(local)!] as const);
    const whole = entries.find(([, exported]) => exported === 'default' || exported === 'module');
    const named = entries.filter((entry) => entry !== whole).map(([local, exported]) => (local === exported ? local : `${exported} as ${local}`));
    const parts = [...(whole ? [nameOf(whole[0])] : []), ...(named.length > 0 ? [`{ ${named.join(', ')} }`] : [])];
    return parts.length === 0 ? [] : [`import ${parts.join(', ')} from '${specifier}';`];
  }

  #task({ path, arguments: plans }: TaskPlan): string {
    const { text, type, isAwaited } = this.#along(path);
    return `${isAwaited ? 'async ' : ''}() => ${text}(${this.#given(plans, `Parameters<${type}>`, isHidden(this.#open.subject, path))})`;
  }

  /** What a path leads to, as an expression and as a type. */
  #along(path: EntryPath): { readonly text: string; readonly type: string; readonly isAwaited: boolean } {
    this.#imports.add(path.root);
    let text = nameOf(path.root);
    let type = `typeof ${text}`;
    let isAwaited = false;
    path.steps.forEach((step, index) => {
      if (step.kind === 'member') {
        text = /^[\w$]+$/.test(step.name) && !isHidden(this.#open.subject, path) ? `${text}.${step.name}` : `${text}[${JSON.stringify(step.name).replaceAll('"', "'")}]`;
        type = `${type}['${step.name}']`;
      } else if (step.kind !== 'closure') {
        const made = this.#object(path, index, text, type, step.kind === 'construct');
        isAwaited ||= made.isAwaited;
        text = made.isAwaited ? `(await ${made.name})` : made.name;
        type = step.kind === 'construct' ? `InstanceType<${type}>` : `Awaited<ReturnType<${type}>>`;
      }
    });
    return { text, type, isAwaited };
  }

  #object(path: EntryPath, index: number, callee: string, type: string, isNew: boolean): { readonly name: string; readonly isAwaited: boolean } {
    const key = pathKey(path, index + 1);
    const known = this.#objects.get(key);
    if (known) return known;
    const given = this.#given(this.#scenario!.setup[key] ?? [], isNew ? `ConstructorParameters<${type}>` : `Parameters<${type}>`, false);
    const base = path.root === 'default' ? 'subject' : path.root.replace(/^(?:create|make|build|new|get|use)(?=[A-Z])/, '');
    const isAwaited = !isNew && new RegExp(`async\\s+function\\s+${path.root}\\b|\\b${path.root}\\s*=\\s*async\\b`).test(this.#open.source.text);
    const made = { name: this.#names.of(base.slice(0, 1).toLowerCase() + base.slice(1)), text: `${isNew ? 'new ' : ''}${callee}(${given})`, isAwaited };
    this.#objects.set(key, made);
    return made;
  }

  /** Arguments; what has no value is declared with the type that the parameter has. */
  #given(plans: readonly ArgumentPlan[], types: string, isHiddenOne: boolean): string {
    return plans.map((plan, index) => {
      if (plan.kind === 'json') return literal(plan.text);
      if (plan.kind === 'undefined') return 'undefined';
      const name = [...this.#declared.keys()].find((known) => known === plan.name) ?? this.#names.of(plan.name);
      if (!this.#declared.has(name)) this.#declared.set(name, isHiddenOne ? 'any' : `${types}[${index}]`);
      return name;
    }).join(', ');
  }

  #assumed(): string[] {
    if (this.#assumptions.length === 0) return [];
    return ['  {', '    // What is taken for granted of values from outside: change a value to see the other case.', '    assume: {', ...this.#assumptions.map(({ condition, value }) => `      ${literal(JSON.stringify(condition))}: ${value},`), '    },', '  },'];
  }
}

function nameOf(root: string): string {
  return root === 'default' ? 'subject' : root;
}

/** It is not for outside callers, so TypeScript lets only brackets through. */
function isHidden(subject: Finding | FunctionSubject, path: EntryPath): boolean {
  const entries = 'rule' in subject ? subject.overlaps.flat() : [subject.entry, ...subject.partners];
  return entries.find((entry) => entry.path && pathKey(entry.path, entry.path.steps.length) === pathKey(path, path.steps.length))?.isPublic === false;
}

/** JSON as a person writes it. */
function literal(json: string): string {
  return written(JSON.parse(json));
}

function written(value: unknown): string {
  if (typeof value === 'string') return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `{ ${Object.entries(value).map(([key, item]) => `${/^[A-Za-z_$][\w$]*$/.test(key) ? key : written(key)}: ${written(item)}`).join(', ')} }`;
}
