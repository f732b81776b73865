import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkModule, compile, CompileError } from '../../../src/language/index.js';
import type { Piece, Realm, RealmRun } from './realm.js';
import type { TestFile } from './test-file.js';

/** Compiles tests, and each file of the harness once. */
export class Compiler {
  readonly #root: string;
  readonly #harness = new Map<string, Piece>();

  constructor(root: string) {
    this.#root = root;
  }

  /** The programs that make up a test, or why it cannot be compiled. */
  piecesOf(test: TestFile): Piece[] | string {
    // `assert.js` throws what `sta.js` declares; each file is a program of its own here.
    const includes = ['sta.js', 'assert.js', ...(test.flags.includes('async') ? ['doneprintHandle.js'] : []), ...test.includes];
    const harness = [...new Set(includes)].map((name) => this.#include(name));
    try {
      return [...harness, pieceOf(test.path, test.text)];
    } catch (error) {
      if (!(error instanceof CompileError)) throw error;
      return `not compiled: ${error.message}`;
    }
  }

  #include(name: string): Piece {
    let piece = this.#harness.get(name);
    if (!piece) this.#harness.set(name, (piece = pieceOf(name, readFileSync(join(this.#root, 'harness', name), 'utf8'))));
    return piece;
  }
}

function pieceOf(file: string, text: string): Piece {
  const { code, names } = compile(checkModule({ file, text }));
  return { code, names };
}

/** What went wrong; undefined if the test passes. */
export function failureOf(test: TestFile, pieces: readonly Piece[], realm: Realm): string | undefined {
  try {
    return judge(test, realm(pieces));
  } catch (error) {
    return `the simulator failed: ${String(error)}`;
  }
}

function judge({ negative, flags }: TestFile, { thrown, printed }: RealmRun): string | undefined {
  if (negative) return thrown?.name === negative.type ? undefined : `expected ${negative.type}, ${thrown ? `got ${thrown.name}` : 'but nothing was thrown'}`;
  if (thrown) return `${thrown.name}: ${thrown.message}`;
  if (!flags.includes('async')) return undefined;
  return printed.length === 1 && printed[0] === 'Test262:AsyncTestComplete' ? undefined : printed.join('; ') || 'never done';
}
