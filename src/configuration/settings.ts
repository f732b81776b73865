import type { Node } from 'jsonc-parser';
import { globToRegExp } from '../model/index.js';
import type { EntryPointPatterns, Level, LockDescription } from '../model/index.js';
import { fieldsOf, oneOf, stringsIn } from './reading.js';
import type { Reading } from './reading.js';

const levels = ['error', 'warning', 'information', 'off'] as const satisfies readonly Level[];

export function levelIn(reading: Reading, node: Node, what: string): Level | undefined {
  return oneOf(reading, node, what, levels);
}

export function readPatterns(reading: Reading, node: Node, what: string): string[] {
  return patternsIn(reading, node, what, whyNoPattern);
}

export function readEntryPoints(reading: Reading, node: Node): EntryPointPatterns {
  const found = { overlapping: [] as string[], once: [] as string[] };
  fieldsOf(reading, node, '`entryPoints`', {
    overlapping: (value) => (found.overlapping = patternsIn(reading, value, 'overlapping', whyNoEntry)),
    once: (value) => (found.once = patternsIn(reading, value, 'once', whyNoEntry)),
  });
  return found;
}

export function readLocks(reading: Reading, node: Node): LockDescription[] {
  if (node.type !== 'array') {
    reading.tell(node, '`locks` must be a list of objects: [{ "modules": ["…"], … }].');
    return [];
  }
  return (node.children ?? []).flatMap((child) => readLock(reading, child) ?? []);
}

function readLock(reading: Reading, node: Node): LockDescription | undefined {
  const lock: { -readonly [K in keyof LockDescription]: LockDescription[K] } = { modules: [], makers: [], acquire: [], release: [], run: [] };
  const names = (field: 'modules' | 'makers' | 'wrappers' | 'acquire' | 'release' | 'run') => (value: Node): void => void (lock[field] = stringsIn(reading, value, field).map(({ text }) => text));
  const problems = reading.problems.length;
  fieldsOf(reading, node, 'A lock', {
    modules: names('modules'),
    makers: names('makers'),
    wrappers: names('wrappers'),
    acquire: names('acquire'),
    release: names('release'),
    run: names('run'),
    callable: (value) => {
      const callable = oneOf(reading, value, 'callable', ['run', 'acquire']);
      if (callable) lock.callable = callable;
    },
    capacity: (value) => {
      const capacity = readCapacity(reading, value);
      if (capacity) lock.capacity = capacity;
    },
  });
  if (reading.problems.length > problems) return undefined;
  if (lock.modules.length === 0) reading.tell(node, 'A lock needs `modules`: the packages or files that it is imported from.');
  else if (lock.acquire.length + lock.run.length === 0 && !lock.callable) reading.tell(node, 'A lock needs `acquire`, `run` or `callable`: what takes it.');
  return reading.problems.length > problems ? undefined : lock;
}

function readCapacity(reading: Reading, node: Node): LockDescription['capacity'] {
  let argument: number | undefined;
  let option: string | undefined;
  fieldsOf(reading, node, '`capacity`', {
    argument: (value) => {
      if (Number.isInteger(value.value) && Number(value.value) >= 0) argument = Number(value.value);
      else reading.tell(value, '`argument` must be the index of an argument: 0 is the first.');
    },
    option: (value) => {
      if (typeof value.value === 'string' && value.value !== '') option = value.value;
      else reading.tell(value, '`option` must be the name of a property of the argument.');
    },
  });
  if (argument === undefined) {
    if (node.type === 'object') reading.tell(node, '`capacity` needs `argument`: the index of the argument that says how many may hold the lock.');
    return undefined;
  }
  return { argument, ...(option !== undefined ? { option } : {}) };
}

function patternsIn(reading: Reading, node: Node, what: string, whyNone: (text: string) => string | undefined): string[] {
  return stringsIn(reading, node, what).flatMap(({ text, node: at }) => {
    const why = whyNone(text);
    if (why !== undefined) reading.tell(at, why);
    return why === undefined ? [text] : [];
  });
}

function whyNoPattern(text: string): string | undefined {
  if (text.startsWith('/') || /^[a-z]:/i.test(text)) return 'Patterns are relative to the folder of this file; remove what leads to it.';
  if (/^(?:\.\.)(?:\/|$)/.test(text)) return 'Patterns cannot leave the folder of this file; move the file up, or the pattern into another one.';
  if (text.includes('\\')) return 'Write `/` between folders, on every system.';
  if (text.startsWith('!')) return 'There are no patterns with `!`; write what is left out into `exclude`.';
  return isExpression(text) ? undefined : 'A `{` of this pattern is not closed; write {a,b} for one of several.';
}

/** `src/jobs/**`, `#Account.withdraw`, `src/api/*#handle`. */
function whyNoEntry(text: string): string | undefined {
  const [file, name, more] = text.split('#');
  if (more !== undefined || name === '') return 'Write a file pattern, `#function` or `file#function`; a method is `#Class.method`.';
  if (name !== undefined && !isExpression(name)) return 'A `{` of this name is not closed; write {a,b} for one of several.';
  return file === '' || file === undefined ? undefined : whyNoPattern(file);
}

function isExpression(pattern: string): boolean {
  try {
    globToRegExp(pattern);
    return true;
  } catch {
    return false;
  }
}
