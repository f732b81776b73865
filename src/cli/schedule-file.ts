import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Schedule } from '../model/index.js';
import { explainError } from './problem.js';
import { UsageError } from './usage.js';

/** The schedule in a file: as it is, or inside what `--export json` or `--format json` printed. */
export function readSchedule(path: string, cwd: string): Schedule {
  const document = parseJson(path, readText(path, cwd));
  const schedule = [document, field(document, 'schedule'), field(field(document, 'witness'), 'schedule')].find(isSchedule);
  if (!schedule) throw new UsageError(`--schedule ${path}: it holds no schedule; make one with: raceproof simulate FILE:LINE --export json`);
  return { version: 1, events: schedule.events };
}

function readText(path: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, path), 'utf8');
  } catch (error) {
    throw new UsageError(`--schedule ${path}: ${explainError(error)}`);
  }
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`--schedule ${path}: it is no JSON (${error instanceof Error ? error.message : String(error)}).`);
  }
}

function isSchedule(value: unknown): value is Schedule {
  const events = field(value, 'events');
  return field(value, 'version') === 1 && Array.isArray(events) && events.every((event) => ['id', 'task', 'label'].every((name) => typeof field(event, name) === 'string'));
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}
