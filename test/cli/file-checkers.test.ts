import { EventEmitter } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import type { CheckedFile, FileTask } from '../../src/cli/check-file.js';
import { checkFiles } from '../../src/cli/file-checkers.js';
import { noConfiguration } from '../../src/model/index.js';
import { checkShare, type ShareTasks } from '../../src/cli/share.js';

const names = Array.from({ length: 64 }, (_, index) => `${index}.ts`);
const tasks: FileTask[] = names.map((file) => ({ candidate: { file, path: `/project/${file}`, isNamed: false }, rules: [], configuration: noConfiguration }));
const leftOut: CheckedFile = { kind: 'left-out' };

/** A thread that checks as a real one does, until it comes to a file that ends it. */
class Thread extends EventEmitter {
  readonly threadId = 1;
  readonly #endsAt: (file: string) => 'dies' | 'hangs' | undefined;

  constructor(endsAt: (file: string) => 'dies' | 'hangs' | undefined) {
    super();
    this.#endsAt = endsAt;
  }

  async postMessage(share: ShareTasks): Promise<void> {
    await setImmediate();
    try {
      checkShare(share, ({ candidate }) => this.#check(candidate.file), (reply) => this.emit('message', reply));
    } catch (end) {
      if (end === 'dies') this.emit('exit', 7);
    }
  }

  terminate(): Promise<number> {
    return Promise.resolve(0);
  }

  #check(file: string): CheckedFile {
    const end = this.#endsAt(file);
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- no error of the check: it stands for the end of a thread
    if (end) throw end;
    return leftOut;
  }
}

async function told(endsAt: (file: string) => 'dies' | 'hangs' | undefined): Promise<{ readonly problems: string[]; readonly counts: number[]; readonly threads: number }> {
  const counts = names.map(() => 0);
  const problems: string[] = [];
  let threads = 0;
  const start = (): Worker => {
    threads += 1;
    return new Thread(endsAt) as unknown as Worker;
  };
  const tell = (index: number, checked: CheckedFile): void => {
    counts[index]! += 1;
    if (checked.kind === 'problem') problems.push(`${checked.problem.place}: ${checked.problem.message}`);
  };
  await checkFiles(tasks, '/project', 1, tell, { limits: { milliseconds: 1, megabytes: 64 }, start });
  return { problems, counts, threads };
}

describe('a thread that checks files', () => {
  it('tells of each file once', async () => {
    expect(await told(() => undefined)).toEqual({ problems: [], counts: names.map(() => 1), threads: 1 });
  });

  it('dies under two files: those are problems, each named, and all others are checked', async () => {
    const { problems, counts } = await told((file) => (file === '5.ts' || file === '7.ts' ? 'dies' : undefined));
    expect(problems).toEqual(['5.ts: checking it ended the thread with code 7. The file was not checked.', '7.ts: checking it ended the thread with code 7. The file was not checked.']);
    expect(counts).toEqual(names.map(() => 1));
  });

  it('hangs at a file: that one is a problem, also where it is the last of its batch', async () => {
    expect((await told((file) => (file === '0.ts' || file === '15.ts' ? 'hangs' : undefined))).problems.map((problem) => problem.slice(0, problem.indexOf(' took')))).toEqual(['0.ts: checking it', '15.ts: checking it']);
  });

  it('dies once: the file is checked in a new thread', async () => {
    let deaths = 0;
    expect(await told((file) => (file === '9.ts' && deaths++ === 0 ? 'dies' : undefined))).toEqual({ problems: [], counts: names.map(() => 1), threads: 2 });
  });
});

describe('replies', () => {
  it('tell of several files at once where these take little time, and of all in the end', () => {
    let time = 0;
    const replies: number[] = [];
    const underWay = new Int32Array(new SharedArrayBuffer(4));
    const check = (): CheckedFile => {
      time += Atomics.load(underWay, 0) === 3 ? 60 : 1;
      return leftOut;
    };
    checkShare({ tasks: tasks.slice(0, 10), underWay }, check, (reply) => replies.push(reply.length), () => time);
    expect(replies).toEqual([4, 6]);
    expect(Atomics.load(underWay, 0)).toBe(9);
  });
});
