import { openSync, closeSync, fstatSync, readFileSync } from 'node:fs';
import { countLineFeeds } from '../language/index.js';
import type { Candidate } from './discover.js';
import { explainError } from './problem.js';

export type Reading =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'problem'; readonly message: string }
  /** No program of a person: a video that is called .ts, a bundle on one line. */
  | { readonly kind: 'left-out' };

const mostBytes = 5 * 1024 * 1024;
const longLine = 1000;
/** A person may write one long line. */
const fewCharacters = 2000;

/** The text of a source file: UTF-8, or UTF-16 where its mark says so. */
export function readSource({ path, isNamed }: Candidate): Reading {
  try {
    const bytes = readAtMost(path);
    if (bytes === undefined) return { kind: 'problem', message: `it is larger than ${mostBytes / 1024 / 1024} MB; a source file of that size is generated: leave it out.` };
    const text = decode(bytes);
    if (text === undefined) return isNamed ? { kind: 'problem', message: 'it is binary, not text; name a TypeScript or JavaScript file.' } : { kind: 'left-out' };
    return !isNamed && isMinified(text) ? { kind: 'left-out' } : { kind: 'text', text };
  } catch (error) {
    return { kind: 'problem', message: explainError(error) };
  }
}

function readAtMost(path: string): Buffer | undefined {
  const descriptor = openSync(path, 'r');
  try {
    return fstatSync(descriptor).size > mostBytes ? undefined : readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function decode(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return bytes.includes(0) ? undefined : new TextDecoder().decode(bytes);
}

/** People break their lines. */
function isMinified(text: string): boolean {
  return text.length > fewCharacters && text.length / (countLineFeeds(text) + 1) > longLine / 2;
}
