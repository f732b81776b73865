import ts from 'typescript';
import type { ReadModule } from '../resolve.js';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** The object in a JSON file, comments and trailing commas allowed; undefined if there is none. */
export function readObject(file: string, read: ReadModule): JsonObject | undefined {
  const found = read(file);
  if (found?.kind !== 'file') return undefined;
  const { config } = ts.parseConfigFileTextToJson(file, found.text) as { config?: Json };
  return objectOf(config);
}

export function objectOf(value: Json | undefined): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

export function textsOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : typeof value === 'string' ? [value] : [];
}
