const TEST = /(?:^|\/)(?:__tests__|tests?|specs?|e2e)\/|[._-](?:test|spec|e2e)\.[cm]?[jt]sx?$/;

/** Tests run one after the other, each with what it made itself: what they import is no part of their own races. */
export function isTest(file: string): boolean {
  return TEST.test(file);
}

const TEST_HELPER = /(?:^|\/)(?:testing|[\w-]*test-utils?)\/|(?:^|\/)test(?:ing)?(?:[-_]?(?:utils?|helpers?)|Utils?|Helpers?)\.[cm]?[jt]sx?$/;

/** True of a file that by its name, or that of a folder, helps tests: `test-utils.ts`, `testing/session.ts`. Its functions are called by one test at a time. */
export function isTestHelper(file: string): boolean {
  return TEST_HELPER.test(file);
}
