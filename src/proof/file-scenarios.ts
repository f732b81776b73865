import type { Scenario, SourceRange } from '../model/index.js';
import type { CompiledSubject } from '../language/index.js';
import { apartChoices, type Choice } from './arguments.js';

/** Texts that each scenario is tried with. */
const mostTexts = 4;

const listed = /\.(\w+)(?:\s*\?\?\s*\[\])?\)?\??\.(?:push|unshift|splice|filter|map|find|findIndex|some|every|includes|concat|forEach)\b/g;
const keyed = /\.(\w+)\??\.?\[/g;

/**
 * What the files that a finding is about may hold from the start, likeliest first: for code that parses JSON an object with the lists and tables that it asks for, as far as its text tells; for other
 * code the words that tasks are given, each in a line of its own, or a number.
 */
export function fileTexts(scenario: Scenario, code: string): string[] {
  const words = [...new Set(scenario.tasks.flatMap((task) => task.arguments.flatMap((plan) => (plan.kind === 'json' ? stringsIn(JSON.parse(plan.text)) : []))))].filter((word) => scenario.tasks.some((task) => !JSON.stringify(task.arguments).includes(word)));
  const fields = { ...namesIn(code, keyed, {}), ...namesIn(code, listed, []) };
  const objects = [...(Object.keys(fields).length > 0 ? [JSON.stringify(fields)] : []), '{}', '[]'];
  const plain = [words.join('\n'), '1', ''];
  return [...new Set(/\bJSON\.parse\b|\bjson/i.test(code) ? [...objects, ...plain] : [...plain, ...objects])].slice(0, mostTexts);
}

function namesIn<T>(code: string, pattern: RegExp, value: T): Record<string, T> {
  return Object.fromEntries([...code.matchAll(pattern)].map(([, name]) => [name!, value]));
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

/** The scenarios of a finding about a file: tasks that change different parts of the same one, which holds this or that from the start. */
export function fileScenarios(made: (choice: Choice) => readonly Scenario[], numbers: readonly number[], code: string): Scenario[] {
  return apartChoices(numbers).flatMap(made).flatMap((scenario) => fileTexts(scenario, code).map((files) => ({ ...scenario, files })));
}

/** The text of the functions that tasks run. */
export function codeOf({ module }: Pick<CompiledSubject, 'module'>, ranges: readonly SourceRange[]): string {
  const lines = module.source.text.split('\n');
  return [...new Set(ranges.filter(({ file }) => file === module.file).map(({ start, end }) => lines.slice(start.line - 1, end.line).join('\n')))].join('\n');
}
