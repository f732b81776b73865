/** As little of a test runner as the extension host and the browser need: titles, failures, a count. */
interface Test {
  readonly title: string;
  readonly run: () => Promise<void> | void;
}

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

const tests: Test[] = [];
const titles: string[] = [];

export function describe(title: string, declare: () => void): void {
  titles.push(title);
  declare();
  titles.pop();
}

export function it(title: string, run: Test['run']): void {
  tests.push({ title: [...titles, title].join(' > '), run });
}

interface RunOptions {
  readonly print?: (line: string) => void;
  readonly afterEach?: () => Promise<void>;
  readonly onFailure?: (title: string) => Promise<void>;
  /** Only tests with this in their title. */
  readonly filter?: string;
}

/** Runs what was declared, in order; `afterEach` puts the editor back in order, and `onFailure` may keep evidence. */
export async function runTests({ print = console.log, filter = '', afterEach, onFailure }: RunOptions = {}): Promise<Counts> {
  let failed = 0;
  const chosen = tests.filter(({ title }) => title.includes(filter));
  for (const { title, run } of chosen) {
    try {
      await run();
      print(`  ok    ${title}`);
    } catch (error) {
      failed++;
      print(`  FAIL  ${title}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      await onFailure?.(title);
    }
    await afterEach?.();
  }
  return { passed: chosen.length - failed, failed };
}

/** Asks again until the answer is there; `what` names it when it never is. */
export async function eventually<T>(what: string, ask: () => T | undefined | false | Promise<T | undefined | false>, limit = 20_000): Promise<T> {
  const end = Date.now() + limit;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`never happened: ${what}`);
    await new Promise((resume) => setTimeout(resume, 50));
  }
}
